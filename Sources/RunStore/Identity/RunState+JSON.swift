internal import Tables

extension RunState: Rewritable {
  static let file = "state.json"
  private static let schema = "fitlaws.state"

  init(parsing bytes: [UInt8]) throws(FileFault) {
    var top = try Members(parsing: bytes, file: Self.file, schema: Self.schema)
    let text = try top.needed(try top.string("status"), "status")
    guard let status = Status(rawValue: text) else {
      throw FileFault(.badFile, Self.file, "\"\(text.oneLine)\" is no status of a run")
    }
    self.init(status: status, ended: try top.time("ended"))
    for (metric, value) in try top.object("final") ?? [:] {
      var members = Members(value.object ?? [:], file: Self.file, place: "final.\(metric.oneLine).")
      final[metric] = Final(
        value: try members.needed(try members.double("value"), "value"),
        step: try members.needed(try members.int("step"), "step"))
    }
    tokensSeen = try top.int("tokens_seen")
    flopsDone = try top.double("flops_done")
    for (place, value) in (try top.array("seals") ?? []).enumerated() {
      var members = Members(value.object ?? [:], file: Self.file, place: "seals[\(place)].")
      seals.append(
        Seal(
          file: try members.needed(try members.string("file"), "file"),
          bytes: try members.needed(try members.int("bytes"), "bytes"),
          rows: try members.int("rows"),
          sha256: try members.needed(try members.string("sha256"), "sha256")))
    }
    revision = try top.int("rev") ?? 0
    nonce = try top.string("nonce") ?? ""
    other = top.rest
  }

  var bytes: [UInt8] {
    var top = other
    top["schema"] = .string(Self.schema + "/1")
    top["status"] = .string(status.rawValue)
    top.put("ended", ended)
    top.put(
      "final", final.mapValues { ["value": JSONValue($0.value), "step": JSONValue($0.step)] })
    top.put("tokens_seen", tokensSeen)
    top.put("flops_done", flopsDone)
    if !seals.isEmpty {
      top["seals"] = .array(
        seals.map { seal in
          var members: [String: JSONValue] = [:]
          members.put("file", seal.file)
          members.put("bytes", seal.bytes)
          members.put("rows", seal.rows)
          members.put("sha256", seal.sha256)
          return .object(members)
        })
    }
    top.put("rev", revision)
    top.put("nonce", nonce)
    return Array(JSONValue.object(top).text.utf8)
  }

  /// Whether the run has ended and this file says with which values.
  var isClosed: Bool { status != .running && !seals.isEmpty }
}
