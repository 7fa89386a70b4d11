public import Tables

/// A fit as a store keeps it: the folder `fits/<id>/`.
///
///     spec.json     the question: law, objective, rows asked for, digest of the data
///     data.csv      the rows fitted, each with the place it came from
///     result.json   the answer, without time, machine or path
///     meta.json     when and where it was made
///     SHA256SUMS    for `sha256sum -c`
///
/// The store knows nothing of laws: what the files say is the business of whoever fits.
public struct StoredFit: Sendable, Hashable {
  /// `spec.json`; it holds the digest of the data.
  public var spec: JSONValue
  /// `data.csv`.
  public var data: [UInt8]
  /// `result.json`.
  public var result: [UInt8]
  /// `meta.json`.
  public var meta: JSONValue

  /// Creates a fit.
  public init(spec: JSONValue, data: [UInt8], result: [UInt8], meta: JSONValue) {
    self.spec = spec
    self.data = data
    self.result = result
    self.meta = meta
  }

  /// The identifier: `f` and 25 characters of the SHA-256 of `spec.json`, so that the same
  /// question about the same data has the same folder.
  public var id: String { "f" + RunID.digestText(Array(spec.text.utf8)) }

  static let specFile = "spec.json"
  static let dataFile = "data.csv"
  static let resultFile = "result.json"
  static let metaFile = "meta.json"

  /// The files by name, without the sums.
  var files: [(name: String, bytes: [UInt8])] {
    [
      (Self.dataFile, data), (Self.metaFile, Array(meta.text.utf8)), (Self.resultFile, result),
      (Self.specFile, Array(spec.text.utf8)),
    ]
  }
}
