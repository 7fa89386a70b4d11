internal import Tables

/// What a run says of itself as a flat list of fields, as tables and MLflow need it.
struct RunFields {
  /// Hyperparameters: objects inside each other have dotted names.
  private(set) var config: [String: JSONValue] = [:]
  /// N, D, U and C by the names of the store's columns.
  private(set) var quantities: [String: JSONValue] = [:]

  /// The names of the quantities, in order.
  static let quantityNames = ["params", "tokens", "unique_tokens", "flops"]

  init(_ record: RunRecord) {
    quantities["params"] = record.model.params.map { JSONValue($0) }
    quantities["tokens"] = record.data.plannedTokens.map { JSONValue($0) }
    quantities["unique_tokens"] = record.data.uniqueTokens.map { JSONValue($0) }
    quantities["flops"] = record.compute.flops.map { JSONValue($0) }
    flatten(record.config, prefix: "")
  }

  private mutating func flatten(_ object: [String: JSONValue], prefix: String) {
    for (key, value) in object.sorted(by: { $0.key < $1.key }) {
      let name = prefix + key
      if case .object(let inner) = value, !inner.isEmpty {
        flatten(inner, prefix: name + ".")
      } else {
        // `a.b` beside `a: {b: …}`: the second gets a name of its own.
        config[config[name] == nil ? name : name + " (\(config.count))"] = value
      }
    }
  }

  /// A value as text: strings as they are, anything else as JSON; null is empty.
  static func text(_ value: JSONValue) -> String {
    switch value {
    case .null: ""
    case .string(let text): text
    default: value.compactText
    }
  }

  /// A number as most programs read it: shortest text, `NaN`, `INF` and `-INF`.
  static func text(_ value: Double) -> String {
    value.isInfinite ? (value < 0 ? "-INF" : "INF") : NumberText.shortest(value)
  }
}
