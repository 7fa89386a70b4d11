import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Predictions for a table, with what was observed beside them.
@Suite struct PredictionTests {
  private func rows(_ text: String) -> [[Substring]] {
    text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
  }

  @Test func tableShowsTheObserved() async throws {
    let bench = try Workbench()
    try bench.write("name,n_params,tokens,val_loss\na,1e9,2e10,2.58\nb,2e9,4e10,\n", to: "t.csv")
    let csv = try await CommandLine.succeed(
      bench.words(["predict", "--law", "chinchilla", "@t.csv", "--format", "csv"]))
    let table = rows(csv.output)
    #expect(table[0] == ["N", "D", "loss", "lower", "upper", "observed", "warnings"])
    #expect(table[1][5] == "2.58")
    #expect(table[2][5] == "")
    let points = try await CommandLine.succeed([
      "predict", "--law", "chinchilla", "--at", "N=1e9,D=2e10", "--format", "csv",
    ])
    #expect(rows(points.output)[1][2] == table[1][2])
    #expect(rows(points.output)[0].contains("observed") == false)
    let text = try await CommandLine.succeed(
      bench.words(["predict", "--law", "chinchilla", "@t.csv"]))
    #expect(text.output.contains("observed less predicted"))
    #expect(text.output.contains("over 1 row\n"))
  }

  @Test(arguments: ["text", "markdown", "csv", "json"])
  func farBeyondTheDataIsSaid(_ format: String) async throws {
    let bench = try Workbench()
    _ = try await CommandLine.succeed(bench.words(["fit", "@runs.csv", "--output", "@fit.json"]))
    let far = try await CommandLine.succeed(
      bench.words(["predict", "@fit.json", "--at", "N=1T,D=100T", "--format", format]))
    #expect(far.output.contains("times the largest budget fitted"))
    let near = try await CommandLine.succeed(
      bench.words(["predict", "@fit.json", "--at", "N=10B,D=100B", "--format", format]))
    #expect(!near.output.contains("times the largest budget fitted"))
  }

  @Test func columnsSettleInputsAndTheObserved() async throws {
    let bench = try Workbench()
    try bench.write("a,b,c\n1e9,2e10,2.58\n", to: "t.csv")
    let csv = try await CommandLine.succeed(
      bench.words([
        "predict", "--law", "chinchilla", "@t.csv", "--columns", "N=a,D=b", "--columns", "loss=c",
        "--format", "csv",
      ]))
    #expect(rows(csv.output)[1][5] == "2.58")
  }

  @Test func tableWithoutTheObservedHasNoSuchColumn() async throws {
    let bench = try Workbench()
    try bench.write("N,D,loss\n1e9,2e10,\n1e9,3e10,pending\n", to: "t.csv")
    let text = try await CommandLine.succeed(
      bench.words(["predict", "--law", "chinchilla", "@t.csv"]))
    #expect(!text.output.contains("observed"))
  }
}

/// Standard input as a file; the descriptor belongs to the process, so these run one at a time.
@Suite(.serialized) struct StandardInputTests {
  private func feeding(
    _ path: String, _ arguments: [String]
  ) async throws -> CommandLine {
    let saved = dup(0)
    let file = unsafe open(path, O_RDONLY)
    try #require(saved >= 0 && file >= 0)
    dup2(file, 0)
    close(file)
    let result = await CommandLine.run(arguments)
    dup2(saved, 0)
    close(saved)
    return result
  }

  @Test func tableAndFitMayComeFromStandardInput() async throws {
    let bench = try Workbench()
    let fit = try await feeding(
      bench.path("runs.csv"), ["fit", "-", "--where", publishedRows, "--format", "json"])
    #expect(fit.code == 0, "\(fit.errors)")
    #expect(fit.output.contains("\"source\": \"standard input\""))
    try bench.write(fit.output, to: "fit.json")
    let file = try await CommandLine.succeed(
      bench.words(["fit", "@runs.csv", "--where", publishedRows, "--format", "json"]))
    #expect(
      bench.portable(file.output).replacing("\"runs.csv\"", with: "\"standard input\"")
        == fit.output)
    let plan = try await feeding(bench.path("fit.json"), ["allocate", "-", "--flops", "1e22"])
    #expect(plan.code == 0, "\(plan.errors)")
    #expect(plan.output.contains("1e22"))
    let empty = try await feeding("/dev/null", ["fit", "-"])
    #expect(empty.code == 1)
    #expect(empty.errors.contains("standard input:1:1: empty"))
  }
}
