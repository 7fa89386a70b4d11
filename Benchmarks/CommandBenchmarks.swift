import Foundation
import Subprocess

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// The command as a whole process, started cold.
enum CommandBenchmarks {
  /// Runs a command line as a process, and waits.
  ///
  /// Not through Foundation's Process, which notices an end up to 50 ms late.
  static func run(_ arguments: [String]) async throws {
    let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("fitlaws")
    let result = try await Subprocess.run(
      .path(FilePath(program.path)), arguments: Arguments(arguments), input: .none,
      output: .discarded, error: .discarded)
    guard result.terminationStatus.isSuccess else { throw CocoaError(.executableLoad) }
  }

  static func run(_ path: String) async throws -> [Measurement] {
    func measure(_ name: String, target: Double, _ arguments: [String]) async throws -> Measurement
    {
      try await Measurement(name, runs: 31, unit: "ms", scale: 1e3, target: target) {
        try await run(arguments)
      }
    }
    let refits = ["fit", path, "--where", "excluded_in_fit == 0", "--bootstrap", "4000"]
    let fit = FileManager.default.temporaryDirectory.appendingPathComponent(
      "fitlaws-benchmark-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: fit) }
    try await run(["fit", path, "--where", "excluded_in_fit == 0", "--output", fit.path])
    return [
      try await measure("command: fitlaws --version", target: 15, ["--version"]),
      try await measure(
        "command: fitlaws fit, 240 rows, no bootstrap", target: 30,
        ["fit", path, "--where", "excluded_in_fit == 0"]),
      try await measure("command: fitlaws fit --bootstrap 4000", target: 500, refits),
      Measurement(
        "command: largest resident set of the last", [try await resident(refits)], unit: "MiB",
        target: 40, isLowerBetter: true),
      try await measure(
        "command: fitlaws memory, with what would make it fit", target: 15,
        ["memory", "--model", "llama2-7b", "--gpu", "a100-80gb", "--gpus", "8"]),
      try await measure(
        "command: fitlaws plan, five limits and serving, 1,000 draws", target: 200,
        [
          "plan", fit.path, "--flops", "1e22", "--unique-tokens", "25e9", "--gpu", "h100-80gb",
          "--gpus", "64", "--days", "2", "--dollars", "9e3", "--inference-tokens", "2e11",
        ]),
    ]
  }

  /// The most memory a command has had, in MiB.
  ///
  /// A process inherits the record of the one that starts it, here of hundreds of megabytes: so it
  /// is started, and looked at, by a new one of 22 MiB, below which nothing can be seen.
  private static func resident(_ arguments: [String]) async throws -> Double {
    let result = try await Subprocess.run(
      .path(FilePath(CommandLine.arguments[0])), arguments: Arguments(["resident"] + arguments),
      input: .none, output: .string(limit: 100), error: .discarded)
    guard let megabytes = Double(result.standardOutput) else {
      throw CocoaError(.executableLoad)
    }
    return megabytes
  }

  /// `benchmarks resident ARGUMENTS`: runs the command and prints what it needed, in MiB.
  static func printResident(_ arguments: [String]) async throws {
    try await run(arguments)
    print(largestChild(), terminator: "")
  }

  /// The most memory any child process has had, in MiB.
  private static func largestChild() -> Double {
    var usage = rusage()
    #if canImport(Glibc)
      guard unsafe getrusage(Int32(RUSAGE_CHILDREN.rawValue), &usage) == 0 else { return .nan }
      return Double(usage.ru_maxrss) / 1024
    #else
      guard unsafe getrusage(RUSAGE_CHILDREN, &usage) == 0 else { return .nan }
      // In bytes here.
      return Double(usage.ru_maxrss) / 1_048_576
    #endif
  }
}
