import Foundation
import Testing

/// What the rows leave open, as readers of every format see it.
@Suite struct IdentificationTests {
  private static let shares = """
    first,second,score
    0.002,0.998,3.05
    0.004,0.996,2.94
    0.008,0.992,2.70
    0.01,0.99,2.61
    0.014,0.986,2.38
    0.018,0.982,2.24

    """

  private static let mixture = ["--formula", "score ~ a + b*first + c*second"]

  @Test(arguments: ["text", "markdown", "csv"])
  func openParametersAreMarked(_ format: String) async throws {
    let bench = try Workbench()
    try bench.write(Self.shares, to: "shares.csv")
    for method in ["covariance", "profile"] {
      let fit = try await CommandLine.succeed(
        bench.words(["fit", "@shares.csv"] + Self.mixture)
          + ["--interval", method, "--format", format])
      for name in ["a", "b", "c"] {
        let row = try #require(
          fit.output.split(separator: "\n").first {
            $0.drop { $0 == "|" || $0 == " " }.hasPrefix("\(name) ") || $0.hasPrefix("\(name),")
          }, "\(fit.output)")
        #expect(row.contains("not determined"), "\(row)")
        // An estimate and no other number.
        if format == "csv" {
          #expect(
            row.split(separator: ",", omittingEmptySubsequences: false)[2...4] == ["", "", ""])
        }
      }
      #expect(fit.output.contains("a, b, c are not determined"))
    }
  }

  @Test func savedFitSaysWhatItCannotPredict() async throws {
    let bench = try Workbench()
    try bench.write(Self.shares, to: "shares.csv")
    _ = try await CommandLine.succeed(
      bench.words(["fit", "@shares.csv"] + Self.mixture + ["--output", "@fit.json"]))
    let at = ["--at", "first=0.01,second=0.99", "--at", "first=0.5,second=0.6"]
    func predict(_ format: String) async throws -> String {
      try await CommandLine.succeed(
        bench.words(["predict", "@fit.json"] + at + ["--format", format])
      ).output
    }
    for format in ["text", "markdown", "csv", "json"] {
      let output = try await predict(format)
      #expect(
        output.contains(
          "1 of 2 predictions not determined by the rows of the fit, and without interval: only "
            + "combinations of a, b, c are determined"), "\(format): \(output)")
    }
    let text = try await predict("text").split(separator: "\n")
    #expect(text.contains { $0.contains("0.01 ") && $0.contains("2.587") && $0.contains("2.651") })
    #expect(text.contains { $0.contains("-22.7") && $0.contains("not determined") })
    let file = try #require(
      try JSONSerialization.jsonObject(with: Data(try await predict("json").utf8))
        as? [String: Any])
    let points = try #require(file["predictions"] as? [[String: Any]])
    #expect(points[0]["lower"] != nil && points[0]["undetermined"] == nil)
    #expect(points[1]["lower"] == nil && points[1]["undetermined"] is String)
  }

  @Test(arguments: ["text", "markdown"])
  func constantResponseIsSaid(_ format: String) async throws {
    let bench = try Workbench()
    try bench.write(
      "samples,count\n1000,660\n1000,660\n10000,660\n10000,660\n100000,660\n100000,660\n",
      to: "constant.csv")
    let fit = try await CommandLine.succeed(
      bench.words([
        "fit", "@constant.csv", "--formula", "count ~ a + b/samples^c", "--format", format,
      ]))
    #expect(fit.output.contains("no R², the response is constant"))
    #expect(fit.output.contains("intervals: none, the response is constant"))
    #expect(fit.output.contains("a, b, c are not determined"))
    #expect(!fit.output.contains("NaN"))
  }
}
