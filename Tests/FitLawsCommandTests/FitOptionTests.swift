import Foundation
import ScalingLaws
import TestSupport
import Testing

/// The options of `fitlaws fit`, each by what it does to the result.
@Suite struct FitOptionTests {
  private let bench: Workbench

  init() throws { bench = try Workbench() }

  private func fits(_ options: [String], table: String = "@runs.csv") async throws -> [LawFit] {
    let result = try await CommandLine.succeed(
      bench.words(["fit", table] + options + ["--format", "json"]))
    return try LawFit.read(Array(result.output.utf8))
  }

  private func fit(_ options: [String], table: String = "@runs.csv") async throws -> LawFit {
    let fits = try await fits(options, table: table)
    return try #require(fits.first)
  }

  private func expectSame(_ a: LawFit, _ b: LawFit) {
    // Two ways to one minimum: the objective to rounding, parameters to its square root.
    #expect(abs(a.objective.value - b.objective.value) <= 1e-10 * b.objective.value)
    for (x, y) in zip(a.parameters, b.parameters) {
      #expect(x.name == y.name)
      #expect(abs(x.estimate - y.estimate) <= 1e-5 * abs(y.estimate), "\(x.name)")
    }
  }

  @Test func severalFiltersAllHold() async throws {
    let several = try await fit(["--where", publishedRows, "--where", "params > 1e8 || params < 1"])
    let one = try await fit(["--where", "excluded_in_fit == 0 && params > 1e8"])
    #expect(several.data.rows == one.data.rows)
    #expect(several.data.rows < 240)
    expectSame(several, one)
  }

  @Test func weightsOfZeroAndOneAreAFilter() async throws {
    let weights = try await fit(["--columns", "loss=loss", "--weights", "kept"], table: keptRuns())
    let filter = try await fit(["--where", publishedRows])
    expectSame(weights, filter)
    #expect(weights.objective.weights == "kept")
  }

  private func keptRuns() throws -> String {
    let lines = try bench.read("runs.csv").split(separator: "\n")
    let rows = lines.dropFirst().map { "\($0),\($0.hasSuffix(",0") ? 1 : 0)\n" }
    try bench.write("\(lines[0]),kept\n" + rows.joined(), to: "kept.csv")
    return "@kept.csv"
  }

  @Test func fixedParametersStay() async throws {
    let fit = try await fit(["--where", publishedRows, "--fix", "alpha=0.34,beta=0.36"])
    #expect(fit["alpha"] == 0.34)
    #expect(fit["beta"] == 0.36)
    for parameter in fit.parameters {
      #expect(parameter.fixed == ["alpha", "beta"].contains(parameter.name))
      #expect((parameter.standardError == nil) == parameter.fixed)
    }
    #expect(fit.interval.degreesOfFreedom == 237)
  }

  @Test func boundsHoldAndAreReported() async throws {
    let fit = try await fit(["--where", publishedRows, "--bound", "-1 < alpha < 0.3"])
    #expect(fit["alpha"] == 0.3)
    #expect(fit.parameters.first { $0.name == "alpha" }?.atBound == true)
    #expect(fit.quality.warnings.contains { $0.contains("alpha is at its bound 0.3") })
  }

  @Test func startIsTriedBesideTheSearch() async throws {
    let start = "E=1.7,A=400,B=400,alpha=0.34,beta=0.28"
    let global = try await fit(["--where", publishedRows, "--start", start])
    let local = try await fit(["--where", publishedRows, "--start", start, "--local"])
    expectSame(global, try await fit(["--where", publishedRows]))
    #expect(local.search.kind == "local")
    #expect(local.search.seeds <= 1)
    #expect(local.objective.value >= global.objective.value * (1 - 1e-10))
  }

  @Test func bootstrapDependsOnTheSeedAndNotOnTheTasks() async throws {
    func run(_ options: [String]) async throws -> String {
      try await CommandLine.succeed(
        bench.words(["fit", "@runs.csv", "--bootstrap", "40", "--format", "json"] + options)
      ).output
    }
    let one = try await run(["--tasks", "1"])
    #expect(try await run(["--tasks", "2"]) == one)
    #expect(try await run(["--seed", "0"]) == one)
    #expect(try await run(["--seed", "1"]) != one)
  }

  @Test func clustersAreResampledTogether() async throws {
    let rows = try await fit(["--bootstrap", "60", "--where", publishedRows])
    let clusters = try await fit(
      ["--bootstrap", "60", "--where", publishedRows, "--cluster", "params"])
    #expect(clusters.interval.cluster == "params")
    #expect(rows.interval.cluster == nil)
    #expect(rows.parameters != clusters.parameters)
    expectSame(rows, clusters)
  }

  @Test func levelWidensIntervals() async throws {
    let narrow = try await fit(["--where", publishedRows, "--level", "0.5"])
    let wide = try await fit(["--where", publishedRows, "--level", "0.99"])
    #expect(narrow.interval.level == 0.5)
    for (a, b) in zip(narrow.parameters, wide.parameters) {
      let (lower, upper) = (try #require(a.lower), try #require(a.upper))
      #expect(try #require(b.lower) < lower)
      #expect(try #require(b.upper) > upper)
    }
  }

  @Test func groupsAreFittedByThemselves() async throws {
    let groups = try await fits(["--group", "excluded_in_fit"])
    #expect(groups.map(\.group) == ["1", "0"])
    expectSame(groups[1], try await fit(["--where", publishedRows]))
    // A group that the filter empties is no group.
    let filtered = try await fits(["--group", "excluded_in_fit", "--where", publishedRows])
    #expect(filtered.map(\.group) == ["0"])
  }

  @Test func groupedFitsPredictAndAllocate() async throws {
    _ = try await CommandLine.succeed(
      bench.words(["fit", "@runs.csv", "--group", "excluded_in_fit", "--output", "@groups.json"]))
    let prediction = try await CommandLine.succeed(
      bench.words(["predict", "@groups.json", "--at", "N=1B,D=20B", "--format", "csv"]))
    let rows = prediction.output.split(separator: "\n")
    #expect(rows.count == 3)
    #expect(rows[0].hasPrefix("group,N,D,loss"))
    #expect(rows[1].hasPrefix("1,") && rows[2].hasPrefix("0,"))
    // The five excluded runs alone leave alpha at its bound, where there is no optimum to find.
    let fault = await CommandLine.run(
      bench.words(["allocate", "@groups.json", "--flops", "1e22"]))
    #expect(fault.code == 1)
    #expect(fault.errors.contains("chinchilla (1) has no optimum"))
    _ = try await CommandLine.succeed(
      bench.words([
        "fit", "@halves.csv", "--group", "half", "--output", "@groups.json",
      ]).map { $0.hasSuffix("halves.csv") ? try halves() : $0 })
    let plan = try await CommandLine.succeed(
      bench.words(["allocate", "@groups.json", "--flops", "1e22", "--format", "csv"]))
    let plans = plan.output.split(separator: "\n")
    #expect(plans.count == 3)
    #expect(plans[1].hasPrefix("even,1e22,") && plans[2].hasPrefix("odd,1e22,"))
  }

  private func halves() throws -> String {
    let lines = try bench.read("runs.csv").split(separator: "\n")
    let rows = lines.dropFirst().filter { $0.hasSuffix(",0") }.enumerated()
      .map { "\($1),\($0 % 2 == 0 ? "even" : "odd")\n" }
    return try bench.write("\(lines[0]),half\n" + rows.joined(), to: "halves.csv")
  }

  @Test func otherColumnNamesAreFound() async throws {
    let text = try bench.read("runs.csv")
      .replacing("params,tokens,flops,loss", with: "n_params,N_Tokens,compute,val_loss")
    try bench.write(text, to: "mine.csv")
    let mine = try await fit(["--where", publishedRows], table: "@mine.csv")
    expectSame(mine, try await fit(["--where", publishedRows]))
    #expect(mine.data.columns == ["N": "n_params", "D": "N_Tokens", "loss": "val_loss"])
    let shown = try await CommandLine.succeed(bench.words(["fit", "@mine.csv"]))
    #expect(shown.output.contains("N = n_params"))
    let computed = try await fit(
      ["--where", publishedRows, "--columns", "D=compute/(6*n_params),loss=val_loss"],
      table: "@mine.csv")
    // The published budgets are 6ND to seven digits.
    #expect(abs((computed["alpha"] ?? 0) / (mine["alpha"] ?? 1) - 1) < 1e-3)
  }

  @Test func formulaOfAFileIsThatOfTheCommandLine() async throws {
    let formula = "# a floor and a power\nA > 0; E > 0\nloss ~ E + A / params^a\n"
    try bench.write(formula, to: "law.txt")
    let file = try await fit(["--formula", "@law.txt"].map { bench.words([$0])[0] })
    let text = try await fit(["--formula", formula])
    expectSame(file, text)
    #expect(file.law.formula == formula)
  }

  @Test func outputSaysItsFormatByItsEnding() async throws {
    for (name, beginning) in [
      ("a.json", "{"), ("a.csv", "parameter,"), ("a.md", "chinchilla"), ("a.txt", "chinchilla:"),
    ] {
      let result = try await CommandLine.succeed(
        bench.words(["fit", "@runs.csv", "--output", "@\(name)"]))
      #expect(try bench.read(name).hasPrefix(beginning))
      #expect(result.output.hasPrefix("chinchilla: loss ~"))
      #expect(result.errors == "wrote \(bench.path(name))\n")
    }
    #expect(try bench.read("a.md").contains("| --- |"))
  }
}
