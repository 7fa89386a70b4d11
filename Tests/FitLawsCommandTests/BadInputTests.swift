import FitLawsCommand
import Foundation
import Synchronization
import Testing

/// A command line at fault: what files it meets, and what its one line must say.
struct Fault: Sendable, CustomTestStringConvertible {
  var name: String
  var files: [String: String] = [:]
  var arguments: [String]
  var code: Int32 = 1
  var says: [String]

  var testDescription: String { name }

  init(
    _ name: String, _ arguments: [String], code: Int32 = 1, files: [String: String] = [:],
    says: [String]
  ) {
    self.name = name
    self.files = files
    self.arguments = arguments
    self.code = code
    self.says = says
  }

  /// A table that is fitted with the defaults.
  static func table(
    _ name: String, _ csv: String, _ options: [String] = [], says: [String]
  ) -> Fault {
    Fault(name, ["fit", "@table.csv"] + options, files: ["table.csv": csv], says: says)
  }
}

/// Every fault ends in one line that says where and what to do; nothing is written.
@Suite struct BadInputTests {
  @Test(
    arguments: tables + columns + filters + formulas + settings + files + decisions + usage
      + planning + plans)
  func faultIsOneLineAndNothingIsWritten(_ fault: Fault) async throws {
    let bench = try Workbench()
    for (name, text) in fault.files { try bench.write(text, to: name) }
    try bench.write("kept", to: "result.json")
    let before = try bench.names()
    let result = await CommandLine.run(
      bench.words(fault.arguments) + ["--output", bench.path("result.json")])
    #expect(result.code == fault.code, "\(result.errors)")
    #expect(result.output.isEmpty)
    #expect(result.errorLines.count == 1, "\(result.errors)")
    #expect(result.errors.hasSuffix("\n"))
    let line = bench.portable(result.errors)
    for part in fault.says { #expect(line.contains(part), "'\(part)' is missing in: \(line)") }
    #expect(try bench.names() == before)
    #expect(try bench.read("result.json") == "kept")
  }
}

/// Where a result cannot be written, the fault names the file and nothing is shown as done.
@Suite struct OutputFaultTests {
  @Test func missingDirectory() async throws {
    let bench = try Workbench()
    let result = await CommandLine.run(
      bench.words(["fit", "@runs.csv", "--output", "@none/fit.json"]))
    #expect(result.code == 1)
    #expect(result.output.isEmpty)
    #expect(result.errorLines.count == 1)
    #expect(bench.portable(result.errors).contains("none/fit.json: cannot write"))
    #expect(result.errors.contains("create the directory"))
    #expect(try bench.names() == ["runs.csv"])
  }

  @Test func fullDisk() async throws {
    struct Full: Error, CustomStringConvertible { var description: String { "no space" } }
    let errors = Mutex("")
    let console = Console(
      write: { _ in throw Full() }, error: { text in errors.withLock { $0 += text } })
    #expect(await FitLawsTool.run(["laws"], console: console) == 1)
    #expect(errors.withLock { $0 } == "fitlaws: no space\n")
  }

  @Test func directoryInTheWay() async throws {
    let bench = try Workbench()
    let result = await CommandLine.run(bench.words(["fit", "@runs.csv", "--output", "@."]))
    #expect(result.code == 1)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("Is a directory"))
  }

  /// A superuser may write anywhere, so there the read-only folder is one of the kernel's.
  @Test func readOnlyDirectory() async throws {
    let bench = try Workbench()
    let folder = bench.path("closed")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder)
    let isSuperuser = FileManager.default.isWritableFile(atPath: folder)
    let target = isSuperuser ? "/proc/fit.json" : folder + "/fit.json"
    let result = await CommandLine.run([
      "fit", bench.path("runs.csv"), "--output", target,
    ])
    #expect(result.code == 1)
    #expect(result.output.isEmpty)
    #expect(result.errorLines.count == 1)
    #expect(result.errors.contains("\(target): cannot write"))
  }

  @Test(arguments: [["fit", "@runs.csv"], ["predict", "--law", "chinchilla", "@runs.csv"]])
  func outputNeverReplacesTheInput(_ arguments: [String]) async throws {
    let bench = try Workbench()
    let before = try bench.read("runs.csv")
    let result = await CommandLine.run(bench.words(arguments + ["--output", "@runs.csv"]))
    #expect(result.code == 1)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("another file"))
    #expect(try bench.read("runs.csv") == before)
  }
}
