internal import Tables

/// A run flattened to named values: the columns that a query can name.
enum RunFields {
  /// Columns that every store has, whether a run fills them or not.
  static let texts = ["id", "name", "status", "created", "ended", "parent", "notes"]
  /// Those of them that hold numbers.
  static let numbers = [
    "params", "params_non_embedding", "tokens", "tokens_planned", "unique_tokens", "flops",
    "excluded",
  ]

  /// The values of a run by name.
  ///
  /// - Parameters:
  ///   - run: the run.
  ///   - final: the last value of each metric.
  ///   - wanted: the names to look for; nil for all.
  /// - Returns: numbers and strings by name.
  static func of(
    _ run: Run, final: [String: RunState.Final], wanted: [String]? = nil
  ) -> [String: JSONValue] {
    let (record, state, labels) = (run.record, run.state, run.labels)
    var fields = Gathered(wanted: wanted)
    fields.add(state.other, "")
    fields.add(record.other, "")
    fields.add(record.model.other, "model.")
    fields.add(record.data.other, "data.")
    fields.add(record.compute.other, "compute.")
    fields.add(record.config, "config.")
    fields.add(record.code, "code.")
    fields.add(record.hardware, "hardware.")
    fields.add(labels.tags.mapValues { .string($0) }, "tags.")
    if let source = record.source {
      fields.add(source.other, "source.")
      fields.put("source.kind", .string(source.kind))
      fields.put("source.id", source.id.map { .string($0) })
      fields.put("source.sampled", source.isSampled ? 1 : 0)
    }
    for (metric, last) in final { fields.put("final." + metric, JSONValue(last.value)) }
    fields.put("id", .string(record.id.text))
    fields.put("name", .string(run.name))
    fields.put("status", .string(state.status.rawValue))
    fields.put("created", record.created.map { .string($0.description) })
    fields.put("ended", state.ended.map { .string($0.description) })
    fields.put("parent", (record.parent?.id.text).map { .string($0) })
    fields.put("notes", labels.notes.map { .string($0) })
    fields.put("exclude.reason", (labels.exclusion?.reason).map { .string($0) })
    fields.put("excluded", labels.exclusion == nil ? 0 : 1)
    fields.put("params", record.model.params.map { JSONValue($0) })
    fields.put("params_non_embedding", record.model.nonEmbeddingParams.map { JSONValue($0) })
    fields.put("tokens_planned", record.data.plannedTokens.map { JSONValue($0) })
    fields.put("unique_tokens", record.data.uniqueTokens.map { JSONValue($0) })
    fields.put("compute.flops_rule", record.compute.rule.map { .string($0) })
    // A plan counts only for a run that did what was planned.
    let isWhole = state.status == .finished || state.status == .imported
    let tokens = state.tokensSeen ?? (isWhole ? record.data.plannedTokens : nil)
    let flops = state.flopsDone ?? (isWhole ? record.compute.flops : nil)
    fields.put("tokens", tokens.map { JSONValue($0) })
    fields.put("flops", flops.map { JSONValue($0) })
    return fields.values
  }

  /// The values that are wanted.
  private struct Gathered {
    let wanted: [String]?
    var values: [String: JSONValue] = [:]

    mutating func put(_ name: String, _ value: @autoclosure () -> JSONValue?) {
      if let wanted, !wanted.contains(name) { return }
      if let value = value() { values[name] = value }
    }

    /// Objects are named with dots, arrays are one text.
    ///
    /// Should two members have the same name then, the one that is no object counts, and of two
    /// in objects the one whose object is sorted behind.
    mutating func add(_ members: [String: JSONValue], _ prefix: String) {
      var objects: [(key: String, members: [String: JSONValue])] = []
      for (key, value) in members {
        if case .object(let members) = value { objects.append((key, members)) }
      }
      for object in objects.sorted(by: { $0.key < $1.key }) {
        add(object.members, prefix + object.key + ".")
      }
      for (key, value) in members {
        switch value {
        case .null, .object: break
        case .bool(let value): put(prefix + key, value ? 1 : 0)
        case .number, .string: put(prefix + key, value)
        case .array: put(prefix + key, .string(value.compactText))
        }
      }
    }
  }
}
