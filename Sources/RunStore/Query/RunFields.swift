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
  /// - Returns: numbers and strings by name.
  static func of(_ run: Run, final: [String: RunState.Final]) -> [String: JSONValue] {
    let (record, state, labels) = (run.record, run.state, run.labels)
    var fields: [String: JSONValue] = [:]
    add(state.other, "", &fields)
    add(record.other, "", &fields)
    add(record.model.other, "model.", &fields)
    add(record.data.other, "data.", &fields)
    add(record.compute.other, "compute.", &fields)
    add(record.config, "config.", &fields)
    add(record.code, "code.", &fields)
    add(record.hardware, "hardware.", &fields)
    add(labels.tags.mapValues { .string($0) }, "tags.", &fields)
    if let source = record.source {
      add(source.other, "source.", &fields)
      fields["source.kind"] = .string(source.kind)
      fields.put("source.id", source.id)
      fields["source.sampled"] = source.isSampled ? 1 : 0
    }
    for (metric, last) in final { fields["final." + metric] = JSONValue(last.value) }
    fields["id"] = .string(record.id.text)
    fields["name"] = .string(run.name)
    fields["status"] = .string(state.status.rawValue)
    fields.put("created", record.created)
    fields.put("ended", state.ended)
    fields.put("parent", record.parent?.id.text)
    fields.put("notes", labels.notes)
    fields.put("exclude.reason", labels.exclusion?.reason)
    fields["excluded"] = labels.exclusion == nil ? 0 : 1
    fields.put("params", record.model.params)
    fields.put("params_non_embedding", record.model.nonEmbeddingParams)
    fields.put("tokens_planned", record.data.plannedTokens)
    fields.put("unique_tokens", record.data.uniqueTokens)
    fields.put("compute.flops_rule", record.compute.rule)
    // A plan counts only for a run that did what was planned.
    let isWhole = state.status == .finished || state.status == .imported
    fields.put("tokens", state.tokensSeen ?? (isWhole ? record.data.plannedTokens : nil))
    fields.put("flops", state.flopsDone ?? (isWhole ? record.compute.flops : nil))
    return fields
  }

  /// Objects are named with dots, arrays are one text.
  ///
  /// Should two members have the same name then, the one that is no object counts, and of two
  /// in objects the one whose object is sorted behind.
  private static func add(
    _ members: [String: JSONValue], _ prefix: String, _ fields: inout [String: JSONValue]
  ) {
    var objects: [(key: String, members: [String: JSONValue])] = []
    for (key, value) in members {
      if case .object(let members) = value { objects.append((key, members)) }
    }
    for object in objects.sorted(by: { $0.key < $1.key }) {
      add(object.members, prefix + object.key + ".", &fields)
    }
    for (key, value) in members {
      switch value {
      case .null, .object: break
      case .bool(let value): fields[prefix + key] = value ? 1 : 0
      case .number, .string: fields[prefix + key] = value
      case .array: fields[prefix + key] = .string(value.compactText)
      }
    }
  }
}
