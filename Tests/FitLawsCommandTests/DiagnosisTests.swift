import Foundation
import ScalingLaws
import Testing

/// `fitlaws fit --sensitivity` and `--design`.
@Suite struct DiagnosisTests {
  private let bench: Workbench

  init() throws { bench = try Workbench() }

  private func output(_ options: [String], table: String = "@runs.csv") async throws -> String {
    let result = try await CommandLine.succeed(
      bench.words(["fit", table, "--where", publishedRows] + options))
    return bench.portable(result.output)
  }

  /// Runs of twenty tokens per parameter.
  private func ratioTable() throws -> String {
    var csv = "params,tokens,loss,excluded_in_fit\n"
    for place in 0..<24 {
      let params = 1e7 * pow(10, Double(place) / 8)
      let tokens = 20 * params
      let loss = 1.8 + 400 / pow(params, 0.34) + 1500 / pow(tokens, 0.36)
      csv += "\(params),\(tokens),\(loss * (1 + 0.004 * sin(Double(7 * place)))),0\n"
    }
    try bench.write(csv, to: "ratio.csv")
    return "@ratio.csv"
  }

  @Test(arguments: ["text", "markdown", "csv", "json"])
  func tablesAreAsRecorded(_ format: String) async throws {
    let text = try await output(
      ["--sensitivity", "--design", "--flops", "1e24", "--format", format])
    let isForPeople = format == "text" || format == "markdown"
    try GoldenFile.expect(
      text, matches: "fit-diagnosis-\(format)", isForPeople ? .exact : .numbers)
    if isForPeople { #expect(!text.split(separator: "\n").contains { $0.last == " " }) }
  }

  @Test func fixedRatioIsExplained() async throws {
    let text = try await output(["--design"], table: ratioTable())
    try GoldenFile.expect(text, matches: "fit-diagnosis-ratio-text", .exact)
    #expect(text.contains("not identified: only a combination of"))
  }

  @Test func neitherIsShownUnasked() async throws {
    let json = try await output(["--format", "json"])
    #expect(!json.contains("\"sensitivity\"") && !json.contains("\"design\""))
    let text = try await output([])
    #expect(!text.contains("sensitivity:") && !text.contains("design:"))
    let csv = try await output(["--format", "csv"])
    #expect(!csv.contains("variant"))
  }

  @Test func eachIsShownByItself() async throws {
    let sensitivity = try LawFit.read(
      Array(try await output(["--sensitivity", "--format", "json"]).utf8))
    #expect(sensitivity.first?.sensitivity?.count == 9)
    #expect(sensitivity.first?.design == nil)
    let design = try LawFit.read(Array(try await output(["--design", "--format", "json"]).utf8))
    #expect(design.first?.sensitivity == nil)
    #expect(design.first?.design?.isIdentified == true)
  }

  @Test func withoutBudgetsTenTimesTheLargestIsTaken() async throws {
    let text = try await output(["--sensitivity"])
    #expect(text.contains("N* at 1e23"))
    // Nothing else of the optimum is shown unasked.
    #expect(!text.contains("loss at"))
  }

  @Test func groupsEachHaveTheirOwn() async throws {
    try bench.write(
      try bench.read("runs.csv").split(separator: "\n").enumerated()
        .map { "\($1),\($0 == 0 ? "half" : $0 % 2 == 0 ? "even" : "odd")\n" }.joined(),
      to: "halves.csv")
    let csv = try await output(
      ["--sensitivity", "--group", "half", "--format", "csv"], table: "@halves.csv")
    let lines = csv.split(separator: "\n")
    #expect(lines.first?.hasPrefix("group,parameter,") == true)
    #expect(lines.first?.hasSuffix(",variant,rows") == true)
    for group in ["even", "odd"] {
      #expect(lines.contains { $0.hasPrefix("\(group),alpha,") && $0.contains("squares on raw") })
    }
  }

  @Test func tasksDoNotMatter() async throws {
    let options = ["--sensitivity", "--design", "--format", "json"]
    let one = try await output(options + ["--tasks", "1"])
    let two = try await output(options + ["--tasks", "2"])
    #expect(one == two)
  }
}
