import Foundation
import RunStore
import Tables
import Testing

extension Workbench {
  /// A store of runs here as `lab`: a grid of fifteen that finished, one that was killed, one
  /// that is excluded, and one that diverged.
  ///
  /// The losses are a law's with a small wave on top; identifiers and times are fixed.
  @discardableResult func addLab() throws -> RunStore {
    let store = try RunStore.create(at: path("lab"))
    var number = 0
    for params in [1e8, 2e8, 4e8, 8e8, 1.6e9] {
      for tokens in [2e9, 8e9, 32e9] {
        let ids = ["01kav7", "01kaw3"]
        try add(
          number < ids.count ? ids[number] : "01kb\(number + 10)", params, tokens, number, to: store
        )
        number += 1
      }
    }
    try add("01kc01", 5e7, 1e9, 90, to: store, status: .killed)
    try add(
      "01kc02", 5e7, 1e9, 91, to: store,
      labels: RunLabels(exclusion: .init(reason: "wrong tokenizer")))
    return store
  }

  /// Adds one run.
  func add(
    _ id: String, _ params: Double, _ tokens: Double, _ number: Int, to store: RunStore,
    status: RunState.Status = .finished, labels: RunLabels? = nil
  ) throws {
    var record = RunRecord(
      id: try #require(RunID(id)), name: "\(Int(params / 1e6))M-\(Int(tokens / 1e9))B",
      created: UTCTime(milliseconds: 1_790_000_000_000 + Int64(number) * 60_000))
    record.model.params = Int(params)
    record.data.plannedTokens = Int(tokens)
    record.config = ["lr": 0.0003, "schedule": number % 2 == 0 ? "cosine" : "linear"]
    _ = try store.add(
      record, state: RunState(status: status, tokensSeen: Int(tokens)), labels: labels,
      rows: (1...10).map { step in
        let seen = tokens * Double(step) / 10
        let loss = 1.8 + 480 / pow(params, 0.35) + 2100 / pow(seen, 0.37)
        let wave = 0.003 * sin(17.3 * Double(step * (number + 1)))
        return MetricRow(
          step: step * 100, ["loss": loss + wave, "val/loss": loss + 0.01, "tokens": seen])
      })
  }

  /// The segment of a run of the lab.
  func segment(_ id: String) throws -> String {
    let folder = path("lab/runs/\(id.suffix(2))/\(id)")
    let name = try FileManager.default.contentsOfDirectory(atPath: folder)
      .first { $0.hasPrefix("log-") }
    return "lab/runs/\(id.suffix(2))/\(id)/" + (try #require(name))
  }

  /// Replaces a text in a file.
  func edit(_ name: String, _ old: String, _ new: String) throws {
    let text = try read(name)
    try #require(text.contains(old), "\(old) is not in \(name)")
    try write(text.replacingOccurrences(of: old, with: new), to: name)
  }
}
