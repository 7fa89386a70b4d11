internal import Tables

extension LawFit {
  private struct Header: Decodable {
    var schema: String?
  }

  /// Reads a saved fit, or the several fits of a file made by groups.
  ///
  /// - Throws: `AnalysisError` for a file that is no fit or has a newer schema; `JSONTextError`
  ///   naming the place where a part is missing.
  public static func read(_ bytes: [UInt8]) throws -> [LawFit] {
    let header: Header
    do {
      header = try JSONText.decode(Header.self, from: bytes)
    } catch {
      throw AnalysisError(
        .badFile,
        "not a saved fit (\(error)); make one with 'fitlaws fit runs.csv --output fit.json'")
    }
    switch header.schema {
    case currentSchema: return [try JSONText.decode(LawFit.self, from: bytes)]
    case LawFits.currentSchema: return try JSONText.decode(LawFits.self, from: bytes).fits
    case let schema?:
      let parts = schema.split(separator: "/")
      if parts.count == 2, parts[0] == "fitlaws.fit" || parts[0] == "fitlaws.fits",
        let number = Int(parts[1]), number > 1
      {
        throw AnalysisError(
          .badFile,
          "schema \(schema) is newer than this version of fitlaws reads (1); update fitlaws")
      }
      throw AnalysisError(.badFile, "schema '\(schema)' is not that of a fit (\(currentSchema))")
    case nil:
      throw AnalysisError(
        .badFile,
        "not a saved fit: it has no schema; make one with 'fitlaws fit runs.csv --output fit.json'")
    }
  }
}
