internal import Tables

extension RunRecord {
  static let file = "run.json"
  private static let schema = "fitlaws.run"

  /// Reads `run.json`.
  init(parsing bytes: [UInt8]) throws(FileFault) {
    var top = try Members(parsing: bytes, file: Self.file, schema: Self.schema)
    let text = try top.needed(try top.string("id"), "id")
    guard let id = RunID(text) else {
      throw FileFault(.badFile, Self.file, "\"\(text.oneLine)\" is no identifier of a run")
    }
    self.init(id: id, name: try top.string("name") ?? "", created: try top.time("created"))
    if var members = try top.members("model") {
      model.params = try members.int("n_params")
      model.nonEmbeddingParams = try members.int("n_params_non_embedding")
      model.other = members.rest
    }
    if var members = try top.members("data") {
      data.plannedTokens = try members.int("tokens_planned")
      data.uniqueTokens = try members.int("unique_tokens")
      data.other = members.rest
    }
    if var members = try top.members("compute") {
      compute.flops = try members.double("flops")
      compute.rule = try members.string("flops_rule")
      compute.other = members.rest
    }
    if var members = try top.members("source") {
      source = Source(
        kind: try members.needed(try members.string("kind"), "kind"), id: try members.string("id"),
        isSampled: try members.bool("sampled") ?? false)
      source?.other = members.rest
    }
    if var members = try top.members("parent") {
      let text = try members.needed(try members.string("id"), "id")
      guard let id = RunID(text) else {
        throw FileFault(.badFile, Self.file, "\"\(text.oneLine)\" is no identifier of a run")
      }
      parent = Parent(id: id, step: try members.int("step"))
      parent?.other = members.rest
    }
    config = try top.object("config") ?? [:]
    code = try top.object("code") ?? [:]
    hardware = try top.object("hardware") ?? [:]
    other = top.rest
  }

  /// The content of `run.json`.
  var bytes: [UInt8] {
    var top = other
    top["schema"] = .string(Self.schema + "/1")
    top["id"] = .string(id.text)
    top.put("name", name.isEmpty ? nil : name)
    top.put("created", created)
    var members = model.other
    members.put("n_params", model.params)
    members.put("n_params_non_embedding", model.nonEmbeddingParams)
    top.put("model", members)
    members = data.other
    members.put("tokens_planned", data.plannedTokens)
    members.put("unique_tokens", data.uniqueTokens)
    top.put("data", members)
    members = compute.other
    members.put("flops", compute.flops)
    members.put("flops_rule", compute.rule)
    top.put("compute", members)
    if let source {
      members = source.other
      members.put("kind", source.kind)
      members.put("id", source.id)
      if source.isSampled { members["sampled"] = .bool(true) }
      top.put("source", members)
    }
    if let parent {
      members = parent.other
      members.put("id", parent.id.text)
      members.put("step", parent.step)
      top.put("parent", members)
    }
    top.put("config", config)
    top.put("code", code)
    top.put("hardware", hardware)
    return Array(JSONValue.object(top).text.utf8)
  }
}
