import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One system call that is made to fail, or to be the process's last: how the tests see what a
/// crash leaves behind, on any machine.
///
/// Off unless a test asks; it then costs each system call one load from memory.
package enum FaultInjection {
  /// What becomes of the call.
  package enum Fault: Sendable {
    /// The process is killed before it.
    case kill
    /// If it is a write, half of it is made; the process is killed.
    case tear
    /// It fails with an `errno`.
    case fail(Int32)
  }

  private static let remaining = Atomic<Int>(0)
  private static let number = Atomic<Int32>(0)
  private static let passed = Atomic<Int>(0)
  private static let skipsReads = Atomic<Bool>(false)
  private static let killing: Int32 = -1
  private static let tearing: Int32 = -2

  /// Strikes the call of a number, counted from 1 from now on.
  ///
  /// - Parameters:
  ///   - fault: what becomes of the call.
  ///   - call: the number.
  ///   - onlyChanges: whether calls that leave every file and name as they were are not counted.
  ///     The death of a process before one of those leaves what its death after it leaves.
  package static func strike(_ fault: Fault, atCall call: Int, onlyChanges: Bool = false) {
    skipsReads.store(onlyChanges, ordering: .relaxed)
    let struck =
      switch fault {
      case .kill: killing
      case .tear: tearing
      case .fail(let number): number
      }
    number.store(struck, ordering: .relaxed)
    passed.store(0, ordering: .relaxed)
    remaining.store(call, ordering: .sequentiallyConsistent)
  }

  /// How many calls were made since the last ``strike(_:atCall:)``.
  package static var calls: Int { passed.load(ordering: .relaxed) }

  /// Lets a call pass, or strikes.
  @inline(__always)
  static func pass(isChange: Bool) throws(SystemCalls.Failure) {
    if remaining.load(ordering: .relaxed) > 0 { try count(isChange) }
  }

  @inline(never)
  private static func count(_ isChange: Bool) throws(SystemCalls.Failure) {
    guard isChange || !skipsReads.load(ordering: .relaxed) else { return }
    passed.add(1, ordering: .relaxed)
    guard remaining.subtract(1, ordering: .relaxed).newValue == 0 else { return }
    let number = number.load(ordering: .relaxed)
    if number < 0 { die() }
    throw SystemCalls.Failure(number: number)
  }

  /// Whether the write about to be made is to be cut in half.
  @inline(__always)
  static func isTornWrite() -> Bool {
    guard remaining.load(ordering: .relaxed) == 1, number.load(ordering: .relaxed) == tearing
    else { return false }
    remaining.store(-1, ordering: .relaxed)
    return true
  }

  /// The end of the process after half a write.
  @inline(__always)
  static func dieIfTorn() {
    if remaining.load(ordering: .relaxed) < 0 { die() }
  }

  private static func die() -> Never {
    _ = kill(getpid(), SIGKILL)
    while true { _ = pause() }
  }
}
