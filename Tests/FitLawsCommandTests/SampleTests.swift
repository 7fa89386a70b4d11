import Foundation
import Testing

/// Coverage and the spending of samples, from the command line.
@Suite struct SampleTests {
  private func values(
    _ csv: String, _ what: String, of name: String? = nil
  ) -> [(of: String, value: Double)] {
    csv.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    .filter { $0[1] == what && (name == nil || $0[2] == name) }
    .compactMap { row in Double(row[4]).map { (row[2], $0) } }
  }

  /// The samples given add up, and the hopeless get none while they are scarce.
  @Test func budgetIsSpent() async throws {
    let bench = try Workbench()
    try bench.addAttempts()
    let result = try await CommandLine.succeed(
      bench.words([
        "sample", "@attempts.csv", "--budget", "60", "--bootstrap", "0", "--format", "csv",
      ]))
    let given = values(result.output, "samples given")
    #expect(given.count == 40)
    #expect(given.reduce(0) { $0 + $1.value } == 60)
    #expect(given[0].of == "p1" && given[0].value == 0)
    #expect(values(result.output, "coverage", of: "observed").count == 2)
  }

  /// pass@k of one problem of ten samples and three correct, and another without.
  @Test func coverageIsTheMeanOfPassAtK() async throws {
    let bench = try Workbench()
    try bench.write("n,c\n10,3\n10,0\n", to: "a.csv")
    let result = try await CommandLine.succeed(
      bench.words([
        "sample", "@a.csv", "--samples", "1,5", "--bootstrap", "0", "--format", "csv",
      ]))
    let observed = values(result.output, "coverage", of: "observed").map(\.value)
    #expect(observed.count == 2 && abs(observed[0] - 0.15) <= 1e-15)
    #expect(abs(observed[1] - 0.916667 / 2) <= 3e-7)
  }

  /// The same seed gives the same bytes.
  @Test func intervalsAreReproducible() async throws {
    let bench = try Workbench()
    try bench.addAttempts()
    func run(_ seed: String) async throws -> String {
      try await CommandLine.succeed(
        bench.words([
          "sample", "@attempts.csv", "--bootstrap", "50", "--seed", seed, "--format", "json",
        ])
      ).output
    }
    let first = try await run("1")
    #expect(try await run("1") == first)
    #expect(try await run("2") != first)
  }

  /// A group of fits gets an answer each.
  @Test func stopOfGroups() async throws {
    let bench = try Workbench()
    try bench.addRecipes()
    _ = try await CommandLine.succeed(
      bench.words([
        "fit", "@recipes.csv", "--group", "corpus", "--law", "chinchilla-tied", "--output",
        "@fits.json",
      ]))
    let result = try await CommandLine.succeed(
      bench.words(["stop", "@fits.json", "--nats-per-flop", "1e-22", "--format", "csv"]))
    let lines = result.output.split(separator: "\n")
    #expect(lines[0].hasPrefix("group,what,flops"))
    #expect(lines.count > 2 && lines.dropFirst().allSatisfy { $0.contains(",stop,") })
  }
}
