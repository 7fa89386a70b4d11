/// The candidate a mistyped name most likely meant, or nil if none is near.
///
/// Distance is the number of insertions, deletions, replacements and swaps of neighbours
/// (Damerau–Levenshtein, each stretch edited once), ignoring case. It may be at most a third of
/// the longer name's length, rounded up, and must be less than that length. Of equally near
/// candidates the first is taken.
///
///     nearest("parms", among: ["params", "tokens"])  // params
///     nearest("xyz", among: ["params", "tokens"])    // nil
///
/// - Parameters:
///   - name: what was typed.
///   - candidates: the names that exist, in order of preference.
/// - Returns: one of the candidates, or nil.
/// - Complexity: O(sum of the products of the lengths).
public func nearest(_ name: String, among candidates: [String]) -> String? {
  let typed = Array(name.lowercased())
  var best: (candidate: String, distance: Int)?
  for candidate in candidates {
    let letters = Array(candidate.lowercased())
    let longer = max(typed.count, letters.count)
    let limit = min((longer + 2) / 3, max(longer - 1, 0))
    guard abs(typed.count - letters.count) <= limit else { continue }
    let distance = editDistance(typed, letters)
    if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.candidate
}

private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    row.reserveCapacity(b.count + 1)
    for j in b.indices {
      var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        cost = min(cost, beforeLast[j - 1] + 1)
      }
      row.append(cost)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
