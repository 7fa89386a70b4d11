import Foundation
import TestSupport
import Testing

/// `fitlaws isoflop`.
@Suite struct IsoflopTests {
  private static let llama3 = [
    "isoflop", Checkout.dataset("llama3_isoflop/isoflops.csv"), "--axis", "tokens", "--unweighted",
    "--loss", "squares", "--residuals", "raw",
  ]

  private func rows(_ text: String) -> [[String: String]] {
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
  }

  private func number(_ row: [String: String], _ name: String) throws -> Double {
    try #require(row[name].flatMap { Double($0) }, "\(name) of \(row)")
  }

  /// Published by parabolas: 1.61e13 tokens at 3.8e25 FLOP; 6.25 % of it wasted if the joint law is
  /// true.
  @Test func csvHasARowPerApproachAndBudget() async throws {
    let result = try await CommandLine.succeed(
      Self.llama3 + ["--flops", "1e23,3.8e25", "--format", "csv"])
    let rows = rows(result.output)
    #expect(
      rows.map { $0["approach"] } == [
        "envelope", "envelope", "isoFLOP", "isoFLOP", "jointLaw", "jointLaw",
      ])
    #expect(rows.map { $0["flops"] } == ["1e23", "3.8e25", "1e23", "3.8e25", "1e23", "3.8e25"])
    #expect(abs(try number(rows[3], "b") - 0.5368) < 5e-5)
    #expect(abs(try number(rows[3], "tokens") / 1.610e13 - 1) < 5e-4)
    #expect(try number(rows[3], "tokens_lower") < 1.610e13)
    #expect(try number(rows[3], "tokens_upper") > 1.610e13)
    #expect(abs(try number(rows[3], "deadweight") - 0.0625) < 0.001)
    #expect(abs(try number(rows[5], "tokens") / 1.019e13 - 1) < 5e-4)
    #expect(rows[5]["method_b"] == "")
    #expect(result.errors.contains("3800 times the largest budget"))
  }

  @Test func budgetsAreATableOfTheirOwn() async throws {
    let result = try await CommandLine.succeed(
      Self.llama3 + ["--table", "budgets", "--format", "csv"])
    let rows = rows(result.output)
    #expect(rows.count == 10)
    #expect(rows.map { $0["runs"] } == ["16", "17", "16", "16", "18", "14", "12", "12", "6", "6"])
    for row in rows {
      let product = 6 * (try number(row, "params")) * (try number(row, "tokens"))
      #expect(abs(product / (try number(row, "flops")) - 1) < 1e-9)
      #expect(row["refused"] == "")
    }
  }

  @Test func textNamesApproachesMethodAndBudgets() async throws {
    let bench = try Workbench()
    let result = try await CommandLine.succeed(
      bench.words(["isoflop", "@runs.csv", "--where", publishedRows, "--flops", "5.76e23"]))
    let text = result.output
    for words in [
      "1 envelope", "2 isoFLOP", "3 joint law", "at 5.76e23 FLOP", "of that, method",
      "If the joint law is true, training what approach 2 says wastes",
      "the parabola opens downwards", "the optimum is not between the runs",
      "lower --tolerance to divide it",
      "Not used for fewer than three runs: 1.397e18 (1), 1.766e18 (1)",
    ] {
      #expect(text.contains(words), "\(words)")
    }
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 140 })
    let markdown = try await CommandLine.succeed(
      bench.words([
        "isoflop", "@runs.csv", "--where", publishedRows, "--format", "markdown",
      ]))
    #expect(markdown.output.contains("| approach | a | b |"))
  }

  @Test func jsonHasTheSchema() async throws {
    let result = try await CommandLine.succeed(Self.llama3 + ["--format", "json"])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(object["schema"] as? String == "fitlaws.isoflop/1")
    #expect((object["budgets"] as? [Any])?.count == 10)
    let approaches = try #require(object["approaches"] as? [[String: Any]])
    #expect(approaches.map { $0["name"] as? String } == ["envelope", "isoFLOP", "jointLaw"])
    let b = try #require(approaches[1]["b"] as? [String: Double])
    #expect(abs(try #require(b["value"]) - 0.5368) < 5e-5)
    let joint = try #require(object["jointLaw"] as? [String: Any])
    #expect(joint["schema"] as? String == "fitlaws.fit/1")
    #expect(object["methodBias"] != nil)
    // Not asked for, the budget is ten times the largest.
    let deadweight = try #require(object["deadweight"] as? [[String: Double]])
    #expect(deadweight.map { $0["flops"] } == [1e23])
  }

  private static let usageFaults: [([String], String)] = [
    (["--axis", "depth"], "--axis takes params or tokens"),
    (["--curve", "spline"], "--curve takes parabola, cubic or akima"),
    (["--noise", "0.01"], "--noise belongs to --curve akima"),
    (["--residuals", "square"], "--residuals takes"),
    (["--table", "rows"], "--table"),
  ]

  @Test(arguments: usageFaults)
  func wrongUsage(_ words: [String], _ message: String) async throws {
    let bench = try Workbench()
    let result = await CommandLine.run(bench.words(["isoflop", "@runs.csv"]) + words)
    #expect(result.code == 64)
    #expect(result.errorLines.count == 1)
    #expect(result.errors.contains(message), "\(result.errors)")
  }

  private static let inputFaults: [([String], String)] = [
    (["--flops", "1e21,zero"], "'zero' is no number"),
    (["--flops", "0"], "a budget is positive"),
    (["--level", "95"], "a level lies between 0 and 1"),
    (["--tolerance", "2"], "the gap between budgets"),
    (["--where", "flops > 1e21 && flops < 1.9e21"], "three are needed"),
    (["--columns", "N=size"], "size"),
  ]

  @Test(arguments: inputFaults)
  func badInput(_ words: [String], _ message: String) async throws {
    let bench = try Workbench()
    let result = await CommandLine.run(bench.words(["isoflop", "@runs.csv"]) + words)
    #expect(result.code == 1)
    #expect(result.output.isEmpty)
    #expect(result.errorLines.count == 1)
    #expect(result.errors.contains(message), "\(result.errors)")
  }
}
