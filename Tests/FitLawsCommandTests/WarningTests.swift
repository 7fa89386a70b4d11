import Foundation
import Testing

/// What a reader must know stands in every format.
@Suite struct WarningTests {
  static let formats = ["text", "markdown", "csv", "json"]

  /// Runs a command line and expects a warning in the result itself, whatever stands on the error
  /// stream.
  private func expect(_ warning: String, _ arguments: [String], _ format: String) async throws {
    let result = try await CommandLine.succeed(arguments + ["--format", format])
    // Markdown escapes characters of formulas only; these texts have none.
    #expect(result.output.contains(warning), "\(format): \(result.output)")
  }

  @Test(arguments: formats)
  func parameterAtItsBound(_ format: String) async throws {
    let bench = try Workbench()
    try await expect(
      "alpha is at its bound 0.3",
      bench.words(["fit", "@runs.csv", "--where", publishedRows, "--bound", "0 < alpha < 0.3"]),
      format)
  }

  @Test(arguments: formats)
  func tokensAFixedMultipleOfParameters(_ format: String) async throws {
    let bench = try Workbench()
    let rows = (1...30).map { index in
      let params = 1e8 * pow(1.2, Double(index))
      return
        "\(params),\(20 * params),\(2 + 300 * pow(params, -0.3) + 0.001 * sin(Double(index)))\n"
    }
    try bench.write("params,tokens,loss\n" + rows.joined(), to: "ratio.csv")
    try await expect(
      "tokens is a fixed multiple of params (D/N = 20): the exponents of N and D cannot be told apart",
      bench.words(["fit", "@ratio.csv"]), format)
  }

  @Test(arguments: formats)
  func weaklyIdentifiedParameter(_ format: String) async throws {
    let bench = try Workbench()
    try await expect(
      "B is weakly identified", bench.words(["fit", "@runs.csv"]), format)
  }

  @Test(arguments: formats)
  func optimumFarBeyondTheData(_ format: String) async throws {
    let bench = try Workbench()
    _ = try await CommandLine.succeed(bench.words(["fit", "@runs.csv", "--output", "@fit.json"]))
    let warning = "times the largest budget fitted (1.296e22)"
    try await expect(
      warning, bench.words(["allocate", "@fit.json", "--flops", "1e22,1e27"]), format)
    try await expect(
      warning, bench.words(["allocate", "@fit.json", "--target-loss", "1.93"]), format)
  }

  @Test func warningsOfAFitGoWithItsDecisions() async throws {
    let bench = try Workbench()
    _ = try await CommandLine.succeed(bench.words(["fit", "@runs.csv", "--output", "@fit.json"]))
    let plan = try await CommandLine.succeed(
      bench.words(["allocate", "@fit.json", "--flops", "1e22"]))
    #expect(plan.output.contains("warning: B is weakly identified"))
    let prediction = try await CommandLine.succeed(
      bench.words(["predict", "@fit.json", "--at", "N=1B,D=20B"]))
    #expect(prediction.output.contains("warning: B is weakly identified"))
  }

  @Test func aQuietFitHasNone() async throws {
    let bench = try Workbench()
    let fit = try await CommandLine.succeed(
      bench.words(["fit", "@runs.csv", "--where", publishedRows]))
    #expect(!fit.output.contains("warning"))
    #expect(fit.errors.isEmpty)
  }
}
