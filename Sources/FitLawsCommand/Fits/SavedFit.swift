internal import LeastSquares
internal import RunStore
internal import ScalingLaws
internal import Tables

/// Makes a fit that a store keeps: of the question, the rows and the answer.
enum SavedFit {
  /// Fits the rows and puts question, rows and answer together.
  ///
  /// - Returns: the fits, and what is to be saved.
  static func make(
    _ request: FitRequest, _ used: FitInput.Used, from input: FitInput
  ) async throws -> (fits: [LawFit], stored: StoredFit) {
    let clock = ContinuousClock.now
    let fits = try await used.rows.fits(request)
    let seconds = (ContinuousClock.now - clock) / .seconds(1)
    let data = try used.rows.bytes()
    var spec = stated(request, fits).members
    spec["data"] = [
      "file": .string(FitRows.file), "sha256": .string(Digest.sha256(data)),
      "rows": JSONValue(used.rows.table.rowCount),
      "places": JSONValue(used.rows.placeNames.count), "source": used.source,
    ]
    spec["environment"] = .object(FitEnvironment.current)
    let meta: JSONValue = [
      "schema": "fitlaws.meta/1", "made": .string(UTCTime.now.description),
      "host": .string(SystemCalls.hostName),
      "input": .string(absolute(input)), "seconds": JSONValue(seconds),
    ]
    return (
      fits,
      StoredFit(
        spec: .object(spec), data: data,
        result: try result(fits, isGrouped: request.group != nil), meta: meta)
    )
  }

  /// The answer as `result.json`: the saved form of a fit, in a layout of our own, because that of
  /// a library may change between versions.
  static func result(_ fits: [LawFit], isGrouped: Bool) throws -> [UInt8] {
    let text = try isGrouped ? JSONText.encode(LawFits(fits)) : JSONText.encode(fits[0])
    return Array(try JSONValue(parsing: Array(text.utf8)).normalized.text.utf8)
  }

  /// The request with the objective named, whatever the defaults of a later version are.
  private static func stated(_ request: FitRequest, _ fits: [LawFit]) -> FitRequest {
    var request = request
    guard let objective = fits.first?.objective else { return request }
    request.spec.residuals = request.spec.residuals ?? .init(rawValue: objective.residuals)
    request.spec.loss =
      request.spec.loss ?? .init(name: objective.loss, delta: objective.delta ?? 1)
    return request
  }

  private static func absolute(_ input: FitInput) -> String {
    switch input {
    case .table(let path, _, _): path == "-" ? path : SystemCalls.resolved(path) ?? path
    case .store(_, let store, _): store.root
    }
  }
}

extension JSONValue {
  /// The same with every number that has a fraction or exponent in its shortest form.
  fileprivate var normalized: JSONValue {
    switch self {
    case .number(let number):
      number.int == nil ? number.double.map { JSONValue($0) } ?? self : self
    case .array(let elements): .array(elements.map(\.normalized))
    case .object(let members): .object(members.mapValues(\.normalized))
    default: self
    }
  }
}
