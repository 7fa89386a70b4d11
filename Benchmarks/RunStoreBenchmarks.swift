import Formulas
import Foundation
import RunStore
import Tables

/// Logging and reading rows, and queries as cold processes.
enum RunStoreBenchmarks {
  static func run() async throws -> [Measurement] {
    // In memory where there is such a disk, so that the disk is not what is timed.
    let memory = "/dev/shm"
    let parent =
      FileManager.default.isWritableFile(atPath: memory)
      ? URL(filePath: memory) : FileManager.default.temporaryDirectory
    let directory = parent.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let store = try RunStore.create(at: directory.path + "/rows")
    var results = try rows(store)
    results.append(try diskSize())
    for (count, targets) in [
      (10_000, [0.15, 0.4]), (100_000, [1.2, 3]),
    ] {
      results += try await queries(directory.path + "/\(count)", count, targets)
    }
    return results
  }

  // MARK: - Rows

  private static func rows(_ store: RunStore) throws -> [Measurement] {
    let count = 1_000_000
    var results: [Measurement] = []
    func append(
      _ name: String, _ durability: Durability, unit: String, scale: Double, target: Double,
      _ row: (Int) -> [String: Double]
    ) throws -> RunID {
      var last = RunID(new: .now)
      let figures = try (0..<3).map { _ in
        let run = try store.start(RunRecord(), durability: durability)
        let start = processorSeconds()
        for step in 0..<count { try run.log(step: step, row(step)) }
        try run.flush()
        let seconds = processorSeconds() - start
        try run.finish()
        last = run.id
        return seconds * scale
      }
      results.append(
        Measurement(name, figures, unit: unit, target: target, isLowerBetter: true))
      return last
    }
    _ = try append(
      "append, safe from kill -9, a row of three metrics", .process, unit: "us CPU a row",
      scale: 1e6 / Double(count), target: 2
    ) { ["train/loss": 2 + 1 / Double($0 + 1), "lr": 6e-4, "grad_norm": 0.125 * Double($0 % 97)] }
    let id = try append(
      "append 1e6 rows, held back", .buffered, unit: "s CPU", scale: 1, target: 0.5
    ) { ["train/loss": 2 + 1 / Double($0 + 1)] }
    var sum = 0.0
    let figures = try (0..<5).map { _ in
      let start = processorSeconds()
      sum += try store.curves(of: id)["train/loss"]?.values.last ?? 0
      return processorSeconds() - start
    }
    precondition(sum > 10, "every row was read")
    results.append(
      Measurement(
        "read and verify a curve of 1e6 rows", figures, unit: "s CPU", target: 0.35,
        isLowerBetter: true))
    return results
  }

  // MARK: - Runs

  /// A run as it is imported: twelve settings, three metrics, twenty steps.
  private static func add(_ number: Int, to store: RunStore) throws {
    var record = RunRecord(
      id: RunID(imported: "benchmark", source: "", run: "\(number)"), name: "run \(number)")
    record.model.params = 1_000_000 * (number % 5000 + 1)
    record.data.plannedTokens = 20_000_000 * (number % 5000 + 1)
    record.compute.flops = 6e6 * Double(number % 5000 + 1) * 2e7 * Double(number % 5000 + 1)
    for key in ["lr", "beta1", "beta2", "decay", "warmup", "clip", "width", "depth"] {
      record.config[key] = JSONValue(Double(number % 13 + key.utf8.count) / 7)
    }
    for key in ["schedule", "optimizer", "dataset", "tokenizer"] {
      record.config[key] = .string("\(key) \(number % 3)")
    }
    _ = try store.add(
      record, state: RunState(status: .finished),
      rows: (0..<20).map { step in
        let loss = 2 + 1 / Double(step + number % 100 + 1)
        return MetricRow(step: step * 100, ["loss": loss, "val": loss + 0.01, "lr": 6e-4])
      })
  }

  private static func diskSize() throws -> Measurement {
    let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: directory) }
    let store = try RunStore.create(at: directory.path)
    let count = 20
    for number in 0..<count { try add(number, to: store) }
    var bytes = 0
    for id in try store.runIDs() {
      let run = URL(filePath: "\(store.root)/runs/\(id.text.suffix(2))/\(id)")
      for file in try FileManager.default.contentsOfDirectory(
        at: run, includingPropertiesForKeys: nil)
      {
        let size = try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int ?? 0
        // Disks hand out blocks of 4 KiB.
        bytes += (size + 4095) / 4096 * 4096
      }
    }
    return Measurement(
      "disk, a run of twenty rows", [Double(bytes) / 1024 / Double(count)], unit: "KiB", target: 13,
      isLowerBetter: true)
  }

  private static func queries(
    _ root: String, _ count: Int, _ targets: [Double]
  ) async throws -> [Measurement] {
    let store = try RunStore.create(at: root)
    for number in 0..<count { try add(number, to: store) }
    // The index trusts nothing that changed in the two seconds before it was made.
    try await Task.sleep(for: .seconds(3))
    _ = try child([root])
    var results: [Measurement] = []
    for (name, arguments, target) in [
      ("index", [], targets[0]), ("no index", ["--no-index"], targets[1]),
    ] {
      let runs = try (0..<(count > 20_000 ? 5 : 15)).map { _ in try child([root] + arguments) }
      results.append(
        Measurement(
          "filter \(count) runs, cold process, \(name)", runs.map(\.seconds), unit: "s CPU",
          target: target, isLowerBetter: true))
      results.append(
        Measurement(
          "the same, peak memory", runs.map(\.megabytes), unit: "MB",
          target: count > 20_000 ? 250 : nil, isLowerBetter: true))
    }
    for (name, arguments, target) in [
      ("index", [], targets[0]), ("no index", ["--no-index"], targets[1]),
    ] {
      let words = ["runs", "list", "--store", root, "--where", "params > 1e9 && config.lr < 1"]
      results.append(
        try await Measurement(
          "fitlaws runs list, \(count) runs, cold process, \(name)", runs: 5, unit: "s", scale: 1,
          target: target
        ) { try await CommandBenchmarks.run(words + arguments) })
    }
    return results
  }

  /// Runs a query as a process of its own: the processor time and memory of the whole of it.
  private static func child(
    _ arguments: [String]
  ) throws -> (seconds: Double, megabytes: Double) {
    let process = Process()
    process.executableURL = URL(filePath: CommandLine.arguments[0])
    process.arguments = ["runs-query"] + arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let figures = String(decoding: data, as: UTF8.self).split(separator: " ").compactMap {
      Double($0)
    }
    guard process.terminationStatus == 0, figures.count == 2 else {
      throw CocoaError(.executableLoad)
    }
    return (figures[0], figures[1])
  }

  /// `benchmarks runs-query ROOT [--no-index]`: what the processes that are timed do.
  static func query(_ arguments: [String]) throws {
    let filter = try RowFilter("params > 1e9 && config.schedule == \"schedule 1\" && config.lr < 1")
    let answer = try RunStore(at: arguments[0]).table(
      RunQuery(
        filter: filter, columns: ["id", "name", "status", "params", "tokens", "config.lr"],
        metrics: [.init("loss")], usesIndex: !arguments.contains("--no-index")))
    precondition(answer.table.rowCount > 0 && answer.problems.isEmpty)
    var usage = rusage()
    #if canImport(Glibc)
      _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      let kilobytes = Double(usage.ru_maxrss)
    #else
      _ = unsafe getrusage(RUSAGE_SELF, &usage)
      let kilobytes = Double(usage.ru_maxrss) / 1024
    #endif
    print("\(processorSeconds()) \(kilobytes / 1024)", terminator: "")
  }

  private static func processorSeconds() -> Double {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
