internal import Synchronization

/// One line of progress on the error stream, after half a second of work, only on a terminal.
final class ProgressLine: Sendable {
  private struct State {
    let started = ContinuousClock.now
    var last: ContinuousClock.Instant?
  }

  private let what: String
  private let console = Console.current
  private let state = Mutex(State())

  init(_ what: String) { self.what = what }

  /// Shows a fraction of the work, at most ten times a second.
  func show(_ fraction: Double) {
    guard console.showsProgress else { return }
    let isDue = state.withLock { state in
      let now = ContinuousClock.now
      guard now - state.started > .milliseconds(500) else { return false }
      if let last = state.last, now - last < .milliseconds(100) { return false }
      state.last = now
      return true
    }
    if isDue { console.error("\r\(Int(100 * fraction)) % of the \(what)") }
  }

  /// Clears the line.
  func end() {
    if state.withLock({ $0.last != nil }) { console.error("\r\u{1B}[K") }
  }
}
