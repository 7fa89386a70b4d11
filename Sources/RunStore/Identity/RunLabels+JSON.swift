internal import Tables

extension RunLabels: Rewritable {
  static let file = "labels.json"
  private static let schema = "fitlaws.labels"

  init(parsing bytes: [UInt8]) throws(FileFault) {
    var top = try Members(parsing: bytes, file: Self.file, schema: Self.schema)
    self.init(name: try top.string("name"), notes: try top.string("notes"))
    if let tags = try top.object("tags") {
      for (key, value) in tags {
        guard let text = value.string else {
          throw FileFault(.badFile, Self.file, "\"tags.\(key.oneLine)\" is not a string")
        }
        self.tags[key] = text
      }
    }
    if var members = try top.members("exclude") {
      exclusion = Exclusion(
        reason: try members.needed(try members.string("reason"), "reason"),
        by: try members.string("by"), at: try members.time("at"))
    }
    revision = try top.int("rev") ?? 0
    nonce = try top.string("nonce") ?? ""
    other = top.rest
  }

  var bytes: [UInt8] {
    var top = other
    top["schema"] = .string(Self.schema + "/1")
    top.put("name", name)
    top.put("tags", tags.mapValues { .string($0) })
    top.put("notes", notes)
    if let exclusion {
      var members: [String: JSONValue] = [:]
      members.put("reason", exclusion.reason)
      members.put("by", exclusion.by)
      members.put("at", exclusion.at)
      top.put("exclude", members)
    }
    top.put("rev", revision)
    top.put("nonce", nonce)
    return Array(JSONValue.object(top).text.utf8)
  }
}
