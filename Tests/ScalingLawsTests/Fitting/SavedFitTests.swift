import LeastSquares
import ScalingLaws
import Tables
import TestSupport
import Testing

/// Fits as files: `fitlaws.fit/1` and `fitlaws.fits/1`.
struct SavedFitTests {
  private static func fit(bootstrap: Bool = false) async throws -> LawFit {
    var spec = FitSpec(law: .chinchilla)
    spec.filter = "excluded_in_fit == 0"
    spec.fixed = ["E": 1.8]
    spec.bounds = ["alpha": Bounds(lower: 0, upper: 0.3)]
    if bootstrap { spec.interval = .bootstrap(replicates: 20) }
    return try await LawFit(Checkout.table("chinchilla/fig4.csv"), spec)
  }

  @Test(arguments: [false, true])
  func roundTrip(bootstrap: Bool) async throws {
    let fit = try await Self.fit(bootstrap: bootstrap)
    #expect(fit.parameters.contains { $0.bounds.upper == .infinity })
    let text = try JSONText.encode(fit)
    #expect(text.contains(#""schema": "fitlaws.fit/1""#) && text.contains(#""Infinity""#))
    let read = try LawFit.read(Array(text.utf8))
    #expect(read == [fit])
    #expect(try JSONText.encode(read[0]) == text)
  }

  @Test(arguments: [Double.infinity, -.infinity])
  func infiniteNumbersSurvive(_ value: Double) async throws {
    var fit = try await Self.fit()
    fit.quality.conditionNumber = value
    fit.parameters[0].bounds.lower = -.infinity
    #expect(try LawFit.read(Array(JSONText.encode(fit).utf8)) == [fit])
  }

  /// NaN is no number that equals itself, so only its place is compared.
  @Test func undefinedNumbersSurvive() async throws {
    var fit = try await Self.fit()
    fit.quality.r2 = .nan
    let read = try LawFit.read(Array(JSONText.encode(fit).utf8))
    #expect(read.first?.quality.r2.isNaN == true)
  }

  /// A later version may add keys, at the top and inside.
  @Test func unknownKeysAreIgnored() async throws {
    let fit = try await Self.fit()
    var text = try JSONText.encode(fit)
    text.replace("{\n", with: "{\n\"aNewKey\": {\"x\": [1, null]},\n", maxReplacements: 1)
    text.replace(
      #""quality": {"#, with: #""quality": {"another": "Infinity","#, maxReplacements: 1)
    #expect(text.contains("aNewKey") && text.contains("another"))
    #expect(try LawFit.read(Array(text.utf8)) == [fit])
  }

  @Test func severalFitsAreRead() async throws {
    var one = try await Self.fit()
    one.group = "a"
    var two = one
    two.group = "b"
    let text = try JSONText.encode(LawFits([one, two]))
    #expect(text.contains(#""fitlaws.fits/1""#))
    #expect(try LawFit.read(Array(text.utf8)) == [one, two])
  }

  @Test(arguments: ["fitlaws.fit/2", "fitlaws.fits/2", "fitlaws.fit/10"])
  func newerSchemasAreRefused(_ schema: String) async throws {
    let text = try await JSONText.encode(Self.fit())
      .replacing("fitlaws.fit/1", with: schema)
    let error = try #require(throws: AnalysisError.self) { try LawFit.read(Array(text.utf8)) }
    #expect(error.code == .badFile)
    #expect(error.message.contains(schema) && error.message.contains("update"))
  }

  @Test(arguments: [
    "", "{", "{}", "[]", "null", "params,tokens,loss\n1,2,3\n", #"{"schema": "other/1"}"#,
    #"{"schema": "fitlaws.fit/x"}"#, #"{"schema": 1}"#,
  ])
  func otherFilesAreRefused(_ text: String) throws {
    let error = try #require(throws: AnalysisError.self) { try LawFit.read(Array(text.utf8)) }
    #expect(error.code == .badFile)
    #expect(!error.message.contains("\n"))
  }

  /// A file cut short of a part names the part.
  @Test func missingPartsAreNamed() throws {
    let text = #"{"schema": "fitlaws.fit/1", "version": "0.1.0"}"#
    let error = try #require(throws: JSONTextError.self) { try LawFit.read(Array(text.utf8)) }
    #expect(error.description.contains("law"), "\(error)")
  }

  /// What a fit predicts does not change by way of a file.
  @Test func predictionsSurviveTheFile() async throws {
    let fit = try await Self.fit(bootstrap: true)
    let read = try #require(LawFit.read(Array(JSONText.encode(fit).utf8)).first)
    let columns = ["N": [7e10], "D": [1.4e12]]
    #expect(
      try EstimatedLaw(read).predict(columns, rowCount: 1)
        == EstimatedLaw(fit).predict(columns, rowCount: 1))
  }
}
