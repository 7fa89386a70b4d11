import Foundation
import ScalingLaws
import TestSupport
import Testing

/// What help and lists print can be pasted back.
@Suite struct ExampleTests {
  /// The verbs, and those of `runs`.
  private static let verbs =
    [
      "fit", "predict", "allocate", "isoflop", "compare", "plan", "memory", "stop", "sample",
      "laws", "runs",
    ].map { [$0] }
    // Its examples are drawn.
    + (InstalledGnuplot.version == nil ? [] : [["plot"]])
    + [
      "init", "log", "list", "show", "table", "label", "import", "export", "fits", "verify",
      "fsck",
    ].map { ["runs", $0] }

  @Test(arguments: [[]] + verbs)
  func everyExampleRuns(_ verb: [String]) async throws {
    let lines = try await Self.commands(in: verb.isEmpty ? [] : verb + ["--help"])
    #expect(lines.count == (verb.isEmpty ? 15 : 2), "\(verb)")
    var bench = try await Self.workbench()
    for line in lines {
      if line.contains("runs init") { bench = try Workbench() }
      let saved = verb == ["runs", "verify"] ? try Self.saved(bench) : ""
      let files = [
        "runs.csv", "recipes.csv", "attempts.csv", "fit.json", "lab", "sweeps", "mlruns",
        "mlruns-out", "exported.csv", "fit.svg",
      ]
      let parts = line.split(separator: " < ")
      let words = Self.words(of: String(parts[0])).dropFirst().map {
        $0 == "f3k" ? saved : files.contains($0) ? bench.path($0) : $0
      }
      let input = parts.count > 1 ? "{\"step\": 1, \"loss\": 2}\n{\"end\": \"finished\"}\n" : ""
      let result = await CommandLine.run(Array(words), input: input)
      #expect(result.code == 0, "\(line): \(result.errors)")
      #expect(!result.output.isEmpty || result.errors.hasPrefix("wrote "), "\(line)")
    }
  }

  /// A folder with what the examples name.
  private static func workbench() async throws -> Workbench {
    let bench = try Workbench()
    try bench.addRecipes()
    try bench.addAttempts()
    try bench.addLab()
    for words in [
      ["fit", "@runs.csv", "--output", "@fit.json"], ["fit", "@lab", "--save"],
      ["runs", "export", "@mlruns", "--store", "@lab", "--to", "mlflow"],
    ] {
      _ = try await CommandLine.succeed(bench.words(words))
    }
    return bench
  }

  /// The identifier of the saved fit.
  private static func saved(_ bench: Workbench) throws -> String {
    try #require(try FileManager.default.contentsOfDirectory(atPath: bench.path("lab/fits")).first)
  }

  /// The command lines that a screen shows as such: at the end of a line, after at least two
  /// blanks.
  private static func commands(in arguments: [String]) async throws -> [String] {
    let screen = try await CommandLine.succeed(arguments).output
    // The usage that follows names placeholders.
    let lines = screen.split(separator: "\n").prefix { !$0.hasPrefix("USAGE:") }
    return lines.compactMap { line in
      guard let place = line.firstRange(of: "  fitlaws ") else { return nil }
      return String(line.suffix(from: place.lowerBound).drop { $0 == " " })
    }
  }

  /// Words as a shell splits them, single quotes included.
  private static func words(of line: String) -> [String] {
    line.split(separator: "'", omittingEmptySubsequences: false).enumerated()
      .flatMap { index, part in
        index.isMultiple(of: 2) ? part.split(separator: " ").map(String.init) : [String(part)]
      }
  }

  @Test(arguments: Law.all.map(\.name))
  func printedFormulaIsTheLaw(_ name: String) async throws {
    let bench = try Workbench()
    let law = try #require(Law.named(name))
    let constants = law.defaultConstants ?? Self.invented(for: law)
    try bench.write(Self.runs(of: law, constants), to: "made.csv")
    let printed = try await CommandLine.succeed(["laws", name]).output.split(separator: "\n")
      .filter { $0.hasPrefix("    ") }.map { $0.dropFirst(4) }.joined(separator: "\n")
    // The kind of objective is the law's to say; the formula alone cannot know it.
    let objective =
      switch law.objective {
      case .lossLaw: ["--residuals", "log", "--loss", "huber"]
      case .leastSquares: ["--residuals", "raw", "--loss", "squares"]
      case .logLeastSquares: ["--residuals", "log", "--loss", "squares"]
      }
    let start = law.parameters.compactMap { parameter in
      constants.values[parameter.name].map { "\(parameter.name)=\($0)" }
    }.joined(separator: ",")
    func fit(_ source: [String]) async throws -> LawFit {
      let result = try await CommandLine.succeed(
        bench.words(["fit", "@made.csv"]) + source
          + objective + ["--start", start, "--local", "--format", "json"])
      return try #require(try LawFit.read(Array(result.output.utf8)).first)
    }
    let named = try await fit(["--law", name])
    let pasted = try await fit(["--formula", printed])
    #expect(Set(named.parameters.map(\.name)) == Set(pasted.parameters.map(\.name)))
    #expect(named.data.columns == pasted.data.columns)
    // Both polish one start of one formula. Order and scale of the parameters may differ in the
    // pasted form, and with them the last steps towards the minimum.
    #expect(
      abs(named.objective.value - pasted.objective.value) <= 1e-6 * named.objective.value,
      "\(named.objective.value) \(pasted.objective.value)")
  }

  /// Where nothing was published: values inside the range that the law itself searches.
  private static func invented(for law: Law) -> Law.PublishedConstants {
    let values = law.parameters.map { parameter in
      let value =
        parameter.search.map {
          $0.logarithmic ? ($0.lower * $0.upper).squareRoot() : ($0.lower + $0.upper) / 2
        } ?? 1
      return (parameter.name, value)
    }
    return Law.PublishedConstants(
      "invented", citation: "", values: Dictionary(uniqueKeysWithValues: values),
      verification: .recalled)
  }

  /// Runs that obey a law to within half a per cent, in the law's own names.
  private static func runs(of law: Law, _ constants: Law.PublishedConstants) throws -> String {
    let inputs = law.variables.map(\.name).dropLast()
    let count = 60
    // Additive recurrences of square roots spread the points over every pair of inputs.
    let steps = [2.0, 3, 5, 7, 11, 13].map { $0.squareRoot() }
    var columns: [String: [Double]] = [:]
    for (name, step) in zip(inputs, steps) {
      let (low, high) = range(of: name, in: law)
      columns[name] = (0..<count).map { index in
        let place = (Double(index + 1) * step).truncatingRemainder(dividingBy: 1)
        return low * exp(place * log(high / low))
      }
    }
    let predictions = try EstimatedLaw(law, constants).predict(columns, rowCount: count)
    let rows = (0..<count).map { row in
      let value = predictions[row].value * (1 + 0.005 * sin(17 * Double(row)))
      return (inputs.map { columns[$0]?[row] ?? .nan } + [value]).map { "\($0)" }
        .joined(separator: ",") + "\n"
    }
    return law.variables.map(\.name).joined(separator: ",") + "\n" + rows.joined()
  }

  private static func range(of name: String, in law: Law) -> (Double, Double) {
    switch name {
    case "N": (1e8, 1e11)
    case "D", "U": (1e9, 1e12)
    case "C": (1e18, 1e23)
    case "x": (1e2, 1e6)
    case "loss": (2, 4)
    case "experts": (1, 256)
    case "P", "Pw", "Pa", "Pkv": (3, 16)
    case "V": (4e3, 2e5)
    case "d": (512, 8192)
    default: (1, 100)
    }
  }
}
