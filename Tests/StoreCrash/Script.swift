import RunStore

/// Every operation of a store once; one that throws is said to have failed, and the rest goes on.
struct Script {
  let root: String
  static let first = "aaa"
  static let second = "bbb"

  func run() {
    guard let store = attempt("create", { try RunStore.create(at: root) }) else { return }
    guard let id = RunID(Self.first), let other = RunID(Self.second) else { return }
    if let run = attempt("start", { try store.start(RunRecord(id: id)) }) {
      for step in 0..<3 { log(run, id, step) }
      attempt("label a") { try store.updateLabels(of: id) { $0.tags["a"] = "1" } }
      attempt("query") { try store.table(RunQuery(columns: ["id", "status"])) }
      finish(run, id, orLog: 8)
    }
    attempt("label b") { try store.updateLabels(of: id) { $0.tags["b"] = "1" } }
    if let run = attempt("resume", { try store.resume(id, durability: .power(every: 2)) }) {
      for step in 3..<8 { log(run, id, step) }
      finish(run, id, orLog: 9)
    }
    attempt("add") {
      try store.add(
        RunRecord(id: other), labels: RunLabels(notes: "n"),
        rows: (0..<5).map { MetricRow(step: $0, ["loss": Double($0)]) })
    }
    attempt("query") { try store.table(RunQuery(columns: ["id", "status"])) }
    attempt("checksums") { try store.writeChecksums() }
    attempt("check") { try store.check(isRepairing: true, leftoverAge: 0) }
  }

  /// Goes on if the run could not be ended, and ends it then.
  private func finish(_ run: RunWriter, _ id: RunID, orLog step: Int) {
    if attempt("finish", { try run.finish() }) != nil { return }
    log(run, id, step)
    attempt("finish") { try run.finish() }
  }

  private func log(_ run: RunWriter, _ id: RunID, _ step: Int) {
    attempt("row \(step)") { try run.log(step: step, ["loss": Double(step) + 0.5]) }
  }

  @discardableResult
  private func attempt<Value>(_ name: String, _ work: () throws -> Value) -> Value? {
    do {
      let value = try work()
      StoreCrashMain.say("done \(name)")
      return value
    } catch {
      StoreCrashMain.say("failed \(name): \(error)")
      return nil
    }
  }
}
