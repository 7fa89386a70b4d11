import Foundation
import Tables
import Testing

@testable import RunStore

/// The real clients of other trackers, installed by `Scripts/install-clients`.
enum Clients {
  private static let checkout = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    .dropLast(4).joined(separator: "/")
  private static let programs = checkout + "/.build/clients/bin"

  static let areInstalled = FileManager.default.fileExists(
    atPath: checkout + "/.build/clients/installed")
  static let comment: Comment =
    "the real clients are not installed; run Scripts/install-clients where PyPI can be reached"

  /// What a script beside this file prints, which is JSON as Python writes it.
  static func run(_ script: String, _ arguments: String...) throws -> JSONValue {
    let path = "\(checkout)/Tests/RunStoreTests/Exchange/Clients/\(script)"
    let (status, output, errors) = try launch("python", [path] + arguments)
    try #require(status == 0, "\(script): \(errors)")
    return try JSONValue(parsing: PythonNumbers.quoted(output[...]), source: script)
  }

  /// Exit code, output and errors of a program.
  static func launch(
    _ program: String, _ arguments: [String]
  ) throws -> (status: Int32, output: [UInt8], errors: String) {
    // Output by way of a file: a pipe that nobody empties would stop the program.
    let place = try SourceFiles(["out": "", "err": ""])
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "\(programs)/\(program)")
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: place.root)
    var environment = ProcessInfo.processInfo.environment
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    environment["DVC_NO_ANALYTICS"] = "1"
    environment["MLFLOW_DISABLE_TELEMETRY"] = "true"
    process.environment = environment
    process.standardOutput = try FileHandle(
      forWritingTo: URL(fileURLWithPath: place.path("out")))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: place.path("err")))
    try process.run()
    process.waitUntilExit()
    let output = try Data(contentsOf: URL(fileURLWithPath: place.path("out")))
    return (process.terminationStatus, Array(output), try place.text("err"))
  }
}
