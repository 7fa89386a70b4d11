import Foundation

/// The command as a whole process, started cold.
enum CommandBenchmarks {
  static func run(_ path: String) async throws -> [Measurement] {
    let command = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("fitlaws")
    func measure(_ name: String, target: Double, _ arguments: [String]) async throws -> Measurement
    {
      try await Measurement(name, runs: 31, unit: "ms", scale: 1e3, target: target) {
        let process = Process()
        process.executableURL = command
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
      }
    }
    let fit = FileManager.default.temporaryDirectory.appendingPathComponent(
      "fitlaws-benchmark-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: fit) }
    let fitting = Process()
    fitting.executableURL = command
    fitting.arguments = ["fit", path, "--where", "excluded_in_fit == 0", "--output", fit.path]
    fitting.standardOutput = FileHandle.nullDevice
    fitting.standardError = FileHandle.nullDevice
    try fitting.run()
    fitting.waitUntilExit()
    return [
      try await measure("command: fitlaws --version", target: 15, ["--version"]),
      try await measure(
        "command: fitlaws fit, 240 rows, no bootstrap", target: 30,
        ["fit", path, "--where", "excluded_in_fit == 0"]),
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
}
