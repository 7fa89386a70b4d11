internal import ScalingLaws
internal import Tables

/// In what two answers to one question differ.
enum FitDifference {
  /// A line for each parameter that differs, or for the first place beside them.
  static func lines(from old: [LawFit], to new: [LawFit]) throws -> [String] {
    var lines: [String] = []
    for (old, new) in zip(old, new) {
      let group = old.group.map { "group \($0): " } ?? ""
      for (a, b) in zip(old.parameters, new.parameters) {
        let ends = [
          ("", a.estimate, b.estimate), (" (standard error)", a.standardError, b.standardError),
          (" (lower end)", a.lower, b.lower), (" (upper end)", a.upper, b.upper),
        ]
        if let (what, x, y) = ends.first(where: { !isSame($0.1, $0.2) }) {
          lines.append("\(group)\(a.name)\(what): \(text(x)) then, \(text(y)) now\(distance(x, y))")
        }
      }
    }
    if lines.isEmpty {
      let again = try new.map { try JSONValue(parsing: Array(JSONText.encode($0).utf8)) }
      let before = try old.map { try JSONValue(parsing: Array(JSONText.encode($0).utf8)) }
      let place = zip(before, again).lazy.compactMap { firstPlace($0, $1, "") }.first
      lines.append(
        place.map { "the parameters are the same; \($0) differs" }
          ?? "every number is the same; only the layout of result.json differs")
    }
    return lines
  }

  /// The number of doubles from one to another; nil if either is NaN.
  static func ulps(_ x: Double, _ y: Double) -> UInt64? {
    guard !x.isNaN, !y.isNaN else { return nil }
    func place(_ value: Double) -> Int64 {
      let bits = Int64(bitPattern: value.bitPattern)
      return bits < 0 ? Int64.min &- bits : bits
    }
    let (a, b) = (place(x), place(y))
    return a > b ? UInt64(bitPattern: a &- b) : UInt64(bitPattern: b &- a)
  }

  private static func isSame(_ x: Double?, _ y: Double?) -> Bool {
    x?.bitPattern == y?.bitPattern
  }

  private static func text(_ x: Double?) -> String { x.map(NumberText.shortest) ?? "none" }

  private static func distance(_ x: Double?, _ y: Double?) -> String {
    guard let x, let y, let ulps = ulps(x, y) else { return "" }
    return ", \(ulps) ulp\(ulps == 1 ? "" : "s")"
  }

  /// Where two values differ first, keys in order.
  private static func firstPlace(_ a: JSONValue, _ b: JSONValue, _ place: String) -> String? {
    if a == b { return nil }
    switch (a, b) {
    case (.object(let x), .object(let y)):
      for key in Set(x.keys).union(y.keys).sorted() {
        let inner = place.isEmpty ? key : "\(place).\(key)"
        if let found = firstPlace(x[key] ?? .null, y[key] ?? .null, inner) { return found }
      }
      return nil
    case (.array(let x), .array(let y)) where x.count == y.count:
      for (index, pair) in zip(x, y).enumerated() {
        if let found = firstPlace(pair.0, pair.1, "\(place)[\(index)]") { return found }
      }
      return nil
    default: return place
    }
  }
}
