/// The minimum of a convex quadratic in a box: `d' G d / 2 - b' d`, lower <= d <= upper.
///
/// An active set method on Cholesky factors of the part that moves. Columns that earlier ones make up
/// stay where they are, so that a law with a redundant term still has a step. The box must hold 0,
/// where it starts.
///
/// Source: C. Lawson and R. Hanson, Solving Least Squares Problems, chapter 23; P. Stark and R. Parker,
/// Computational Statistics 10, 1995.
struct BoundedStep: ~Copyable {
  private let factor: Numbers
  private let scale: Numbers
  private let work: Numbers

  init(capacity: Int) {
    factor = Numbers(count: capacity * capacity)
    scale = Numbers(count: capacity)
    work = Numbers(count: capacity)
  }

  /// Solves for the step d of so many unknowns, with `gram` G (row-major, both triangles) and `right` b.
  ///
  /// `sides` gets -1 for an unknown at its lower bound, 1 at its upper, 0 inside.
  ///
  /// - Returns: the smallest pivot of the scaled matrix, 1 where nothing moved.
  func solve(
    _ gram: borrowing Numbers, _ right: borrowing Numbers, count: Int, lower: [Double],
    upper: [Double], into step: borrowing Numbers, sides: inout [Int8]
  ) -> Double {
    for k in 0..<count { step[k] = 0 }
    // What is pressed against a bound at the start stays there until it wants to leave.
    sides = (0..<count).map { k in
      lower[k] == 0 && right[k] <= 0 ? -1 : upper[k] == 0 && right[k] >= 0 ? 1 : 0
    }
    var moving = (0..<count).filter { sides[$0] == 0 }
    var pivot = 1.0
    for _ in 0..<(4 * count + 10) {
      pivot = min(pivot, move(gram, right, count, lower, upper, &moving, step, &sides))
      guard let k = mostWilling(gram, right, count, step, sides) else { break }
      sides[k] = 0
      moving = (0..<count).filter { sides[$0] == 0 }
    }
    return pivot
  }

  /// Moves to the minimum over what moves, stopping at bounds on the way.
  private func move(
    _ gram: borrowing Numbers, _ right: borrowing Numbers, _ count: Int, _ lower: [Double],
    _ upper: [Double], _ moving: inout [Int], _ step: borrowing Numbers, _ sides: inout [Int8]
  ) -> Double {
    var pivot = 1.0
    while !moving.isEmpty {
      pivot = min(pivot, unconstrained(gram, right, count, moving, step))
      var length = 1.0
      var hit: Int?
      for (place, k) in moving.enumerated() {
        let (from, to) = (step[k], work[place])
        let bound = to < lower[k] ? lower[k] : to > upper[k] ? upper[k] : to
        guard bound != to else { continue }
        let share = (bound - from) / (to - from)
        if hit == nil || share < length {
          length = max(share, 0)
          hit = k
        }
      }
      for (place, k) in moving.enumerated() {
        step[k] = hit == nil ? work[place] : step[k] + length * (work[place] - step[k])
      }
      guard let hit else { break }
      let place = moving.firstIndex(of: hit) ?? 0
      sides[hit] = work[place] < lower[hit] ? -1 : 1
      step[hit] = sides[hit] < 0 ? lower[hit] : upper[hit]
      moving.remove(at: place)
    }
    return pivot
  }

  /// The unknown at a bound that would lower the quadratic most by moving inside, in its own units.
  private func mostWilling(
    _ gram: borrowing Numbers, _ right: borrowing Numbers, _ count: Int,
    _ step: borrowing Numbers, _ sides: [Int8]
  ) -> Int? {
    var worst: Int?
    var most = 1e-11
    for k in 0..<count where sides[k] != 0 {
      var slope = right[k]
      var size = abs(right[k])
      for l in 0..<count {
        let term = gram[k * count + l] * step[l]
        slope -= term
        size += abs(term)
      }
      let inward = (sides[k] < 0 ? slope : -slope) / max(size, 1e-300)
      if inward > most {
        most = inward
        worst = k
      }
    }
    return worst
  }

  /// The minimum over some unknowns, the others staying; into the first places of `work`.
  private func unconstrained(
    _ gram: borrowing Numbers, _ right: borrowing Numbers, _ count: Int, _ moving: [Int],
    _ step: borrowing Numbers
  ) -> Double {
    let m = moving.count
    var least = 1.0
    for a in 0..<m {
      let i = moving[a]
      let diagonal = gram[i * count + i]
      scale[a] = diagonal > 0 && diagonal.isFinite ? 1 / diagonal.squareRoot() : 0
      var sum = right[i]
      if m < count {
        for l in 0..<count { sum -= gram[i * count + l] * step[l] }
        for b in 0..<m { sum += gram[i * count + moving[b]] * step[moving[b]] }
      }
      for b in 0..<a {
        var entry = gram[i * count + moving[b]] * scale[a] * scale[b]
        for c in 0..<b { entry -= factor[a * m + c] * factor[b * m + c] }
        factor[a * m + b] = entry * factor[b * m + b]
      }
      var entry = scale[a] > 0 ? 1.0 : 0
      for c in 0..<a { entry -= factor[a * m + c] * factor[a * m + c] }
      least = min(least, entry)
      // The inverse of the diagonal; next to nothing where the column is made up of earlier ones.
      factor[a * m + a] = entry > 1e-13 ? 1 / entry.squareRoot() : 1e-30
      sum *= scale[a]
      for c in 0..<a { sum -= factor[a * m + c] * work[c] }
      work[a] = sum * factor[a * m + a]
    }
    for a in stride(from: m - 1, through: 0, by: -1) {
      var sum = work[a]
      for c in (a + 1)..<max(m, a + 1) { sum -= factor[c * m + a] * work[c] }
      work[a] = sum * factor[a * m + a]
    }
    for a in 0..<m { work[a] *= scale[a] }
    return least
  }
}
