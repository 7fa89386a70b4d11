internal import LeastSquares
internal import ScalingLaws
internal import Tables

// The part of `spec.json` that says what was asked; written by hand, because its bytes are hashed
// and must not depend on the version of a library.

extension FitRequest {
  /// The schema of `spec.json`.
  static let schema = "fitlaws.spec/1"

  /// The request as members of `spec.json`; what has its default is left out.
  var members: [String: JSONValue] {
    var members: [String: JSONValue] = ["schema": .string(Self.schema)]
    switch spec.source {
    case .law(let law):
      members["law"] = ["name": .string(law.name), "formula": .string(law.formula)]
    case .formula(let text): members["law"] = ["formula": .string(text)]
    }
    members["columns"] = Self.object(spec.columns) { .string($0) }
    members["where"] = spec.filter.map { .string($0) }
    members["weights"] = spec.weights.map { .string($0) }
    members["group"] = group.map { .string($0) }
    members["residuals"] = spec.residuals.map { .string($0.rawValue) }
    if let loss = spec.loss {
      var part: [String: JSONValue] = ["name": .string(loss.name)]
      part["delta"] = loss.delta.map { JSONValue($0) }
      members["loss"] = .object(part)
    }
    members["bounds"] = Self.object(spec.bounds) {
      ["lower": JSONValue($0.lower), "upper": JSONValue($0.upper)]
    }
    members["fixed"] = Self.object(spec.fixed) { JSONValue($0) }
    members["start"] = Self.object(spec.start) { JSONValue($0) }
    if spec.isLocal { members["local"] = true }
    members["search"] = spec.search.map { .string($0.rawValue) }
    members["evaluations"] = spec.evaluations.map { JSONValue($0) }
    members["interval"] = interval
    members["flops"] = budgets.isEmpty ? nil : .array(budgets.map { JSONValue($0) })
    members["at"] = Self.object(inputs) { JSONValue($0) }
    if isSensitivityWanted { members["sensitivity"] = true }
    if isDesignWanted { members["design"] = true }
    return members
  }

  private var interval: JSONValue {
    var part: [String: JSONValue] = ["level": JSONValue(spec.level)]
    part["cluster"] = spec.cluster.map { .string($0) }
    part["method"] = .string(spec.interval.name)
    if let replicates = spec.interval.replicates {
      part["replicates"] = JSONValue(replicates)
      part["resample"] = .string(spec.resampling.rawValue)
      part["seed"] = .string(String(spec.seed))
      part["generator"] = "Philox4x32-10"
    }
    return .object(part)
  }

  private static func object<Value>(
    _ values: [String: Value], _ convert: (Value) -> JSONValue
  ) -> JSONValue? {
    values.isEmpty ? nil : .object(values.mapValues(convert))
  }

  /// Reads a request back.
  ///
  /// - Throws: `InputFault` for what this version cannot ask, such as a law that the catalogue
  ///   does not have, or has otherwise.
  init(_ json: JSONValue) throws(InputFault) {
    guard json["schema"]?.string == Self.schema else {
      throw InputFault(
        "spec.json: its schema is \(json["schema"]?.string ?? "missing"), and this version reads "
          + "\(Self.schema); use the version that made it")
    }
    self.init(spec: FitSpec(try Self.source(json["law"])))
    spec.columns = try Self.values(json["columns"]) { $0.string }
    spec.filter = json["where"]?.string
    spec.weights = json["weights"]?.string
    group = json["group"]?.string
    spec.residuals = json["residuals"]?.string.flatMap { ResidualKind(rawValue: $0) }
    if let loss = json["loss"] {
      spec.loss = loss["name"]?.string.flatMap { Loss(name: $0, delta: loss["delta"]?.double ?? 1) }
    }
    spec.bounds = try Self.values(json["bounds"]) { part in
      guard let lower = part["lower"]?.double, let upper = part["upper"]?.double else { return nil }
      return Bounds(lower: lower, upper: upper)
    }
    spec.fixed = try Self.values(json["fixed"]) { $0.double }
    spec.start = try Self.values(json["start"]) { $0.double }
    spec.isLocal = json["local"]?.bool ?? false
    spec.search = json["search"]?.string.flatMap(SearchEffort.init)
    spec.evaluations = json["evaluations"]?.int
    try readInterval(json["interval"] ?? .null)
    budgets = json["flops"]?.array?.compactMap(\.double) ?? []
    inputs = try Self.values(json["at"]) { $0.double }
    isSensitivityWanted = json["sensitivity"]?.bool ?? false
    isDesignWanted = json["design"]?.bool ?? false
    // Whatever was not understood would make this another question.
    for (key, value) in json.object ?? [:]
    where !Self.otherKeys.contains(key) && members[key] != value {
      throw InputFault(
        "spec.json: this version does not understand \"\(key)\"; use the version that made it")
    }
  }

  /// What stands in `spec.json` beside the request.
  private static let otherKeys: Set<String> = ["data", "environment"]

  private mutating func readInterval(_ json: JSONValue) throws(InputFault) {
    spec.level = json["level"]?.double ?? spec.level
    spec.cluster = json["cluster"]?.string
    let replicates = json["replicates"]?.int ?? 0
    switch json["method"]?.string {
    case "covariance": spec.interval = .covariance
    case "bootstrap": spec.interval = .bootstrap(replicates: replicates)
    case "bca": spec.interval = .bca(replicates: replicates)
    case "profile": spec.interval = .profile
    case "all": spec.interval = .all(replicates: replicates)
    default: throw InputFault("spec.json: no method of intervals; restore it from a copy")
    }
    spec.resampling =
      json["resample"]?.string.flatMap { FitSpec.Resampled(rawValue: $0) } ?? .rows
    spec.seed = json["seed"]?.string.flatMap { UInt64($0) } ?? 0
  }

  private static func source(_ json: JSONValue?) throws(InputFault) -> FitSpec.Source {
    guard let formula = json?["formula"]?.string else {
      throw InputFault("spec.json: no law; restore it from a copy")
    }
    guard let name = json?["name"]?.string else { return .formula(formula) }
    guard let law = Law.named(name), law.formula == formula else {
      throw InputFault(
        "the law \(name) of this version is not the one that was fitted; use the version that "
          + "made the fit, or fit its formula anew (--formula)")
    }
    return .law(law)
  }

  private static func values<Value>(
    _ json: JSONValue?, _ convert: (JSONValue) -> Value?
  ) throws(InputFault) -> [String: Value] {
    var result: [String: Value] = [:]
    for (key, value) in json?.object ?? [:] {
      guard let converted = convert(value) else {
        throw InputFault("spec.json: \"\(key)\" is not what it should be; restore it from a copy")
      }
      result[key] = converted
    }
    return result
  }
}

extension FitSpec.Interval {
  /// The word of `--interval`.
  fileprivate var name: String {
    switch self {
    case .covariance: "covariance"
    case .bootstrap: "bootstrap"
    case .bca: "bca"
    case .profile: "profile"
    case .all: "all"
    }
  }
}
