/// Whether what came out is what the page shows.
enum OutputComparison {
  /// Whether all text is the same and all numbers are, to within a share of the larger.
  ///
  /// With a tolerance of 0 numbers are text like the rest.
  static func matches(_ actual: [String], _ expected: [String], tolerance: Double) -> Bool {
    if actual == expected { return true }
    guard tolerance > 0 else { return false }
    let (left, right) = (pieces(of: actual), pieces(of: expected))
    guard left.count == right.count else { return false }
    return zip(left, right).enumerated().allSatisfy { index, pair in
      if pair.0 == pair.1 { return true }
      // Text and numbers take turns.
      guard !index.isMultiple(of: 2), let x = Double(pair.0), let y = Double(pair.1) else {
        return false
      }
      return abs(x - y) <= tolerance * max(abs(x), abs(y))
    }
  }

  /// Numbers and what stands between them, in turn.
  private static func pieces(of lines: [String]) -> [Substring] {
    let text = lines.joined(separator: "\n")
    var pieces: [Substring] = []
    var end = text.startIndex
    for match in text.matches(of: /-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/) {
      pieces += [text[end..<match.range.lowerBound], match.output]
      end = match.range.upperBound
    }
    return pieces + [text[end...]]
  }

  /// Lines of the page behind `-`, of the output behind `+`, and what both have behind a blank.
  static func difference(_ actual: [String], _ expected: [String]) -> [String] {
    let changes = actual.difference(from: expected)
    let removed = Set(
      changes.removals.compactMap { if case .remove(let index, _, _) = $0 { index } else { nil } })
    let inserted = Set(
      changes.insertions.compactMap {
        if case .insert(let index, _, _) = $0 { index } else { nil }
      })
    var result: [String] = []
    var (old, new) = (0, 0)
    while old < expected.count || new < actual.count {
      if removed.contains(old) {
        result.append("- " + expected[old])
        old += 1
      } else if inserted.contains(new) {
        result.append("+ " + actual[new])
        new += 1
      } else {
        result.append("  " + expected[old])
        old += 1
        new += 1
      }
    }
    return result
  }
}
