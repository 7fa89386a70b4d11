import Foundation
import Testing

/// The helper executable `store-crash`.
struct CrashProcess {
  private let process = Process()
  private let output = Pipe()

  init(_ arguments: [String]) throws {
    // Beside the bundle of the tests.
    var directory = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    if let bundle = Bundle.allBundles.first(where: { $0.bundlePath.hasSuffix(".xctest") }) {
      directory = bundle.bundleURL.deletingLastPathComponent()
    }
    process.executableURL = directory.appending(path: "store-crash")
    process.arguments = arguments
    process.standardOutput = output
    try process.run()
  }

  /// What it said, once it has ended.
  func lines() -> [String] {
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Kills it after it said so much, and gives what it said; the last line may be cut short.
  func kill(afterBytes count: Int) -> [String] {
    var data = Data()
    while data.count < count {
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { break }
      data += more
    }
    Foundation.kill(process.processIdentifier, SIGKILL)
    data += output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  var endedWell: Bool { process.terminationReason == .exit && process.terminationStatus == 0 }
}
