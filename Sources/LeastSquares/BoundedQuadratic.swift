/// Least squares in a few unknowns with bounds, from its normal equations.
///
/// ```
/// minimise  x' G x - 2 b' x + c   with  lower <= x <= upper
/// ```
/// Violated bounds are fixed one after the other, worst first; if every multiplier then has the
/// right sign, that is the solution, as the problem is convex. If not, up to four unknowns have
/// their active sets enumerated; beyond four the point is good enough for a seed.
struct BoundedQuadratic {
  let count: Int
  /// The Gram matrix G, row-major.
  var gram: [Double]
  /// b.
  var right: [Double]
  /// The bounds of each unknown.
  var lower: [Double]
  var upper: [Double]
  /// The solution.
  private(set) var solution: [Double]
  /// Which unknowns sit on a bound in `solution`.
  private(set) var active: [Bool]

  private var factor: [Double]
  private var scale: [Double]
  private var trial: [Double]
  private var state: [Int]
  private var moving: [Int]
  private var isBounded = false

  init(count: Int) {
    self.count = count
    gram = Array(repeating: 0, count: count * count)
    right = Array(repeating: 0, count: count)
    lower = Array(repeating: -.infinity, count: count)
    upper = Array(repeating: .infinity, count: count)
    solution = right
    active = Array(repeating: false, count: count)
    factor = gram
    scale = right
    trial = right
    state = Array(repeating: 0, count: count)
    moving = []
    moving.reserveCapacity(count)
  }

  /// Solves; returns the minimum without the constant c, or infinity when a column is zero.
  ///
  /// An unknown `held` stays at its bound nearest to zero.
  mutating func solve(without held: Int? = nil) -> Double {
    for k in 0..<count { state[k] = 0 }
    if let held { state[held] = abs(lower[held]) <= abs(upper[held]) ? 1 : 2 }
    for _ in 0...count {
      guard solveReduced() else { break }
      guard let worst = violated() else {
        if count > 4 || multipliersAgree(held) { return accept() }
        break
      }
      state[worst] = trial[worst] < lower[worst] ? 1 : 2
    }
    return count > 4 ? .infinity : enumerate(held)
  }

  /// Whether no unknown on a bound (but the held one) would move inside.
  private func multipliersAgree(_ held: Int?) -> Bool {
    for i in 0..<count where state[i] != 0 && i != held {
      var slope = -right[i]
      for j in 0..<count { slope += gram[i * count + j] * trial[j] }
      if state[i] == 1 ? slope < 0 : slope > 0 { return false }
    }
    return true
  }

  /// The best feasible point over all active sets.
  private mutating func enumerate(_ held: Int?) -> Double {
    var best = Double.infinity
    var codes = 1
    for _ in 0..<count { codes *= 3 }
    for code in 0..<codes {
      var rest = code
      var valid = true
      for k in 0..<count {
        state[k] = rest % 3
        rest /= 3
        if state[k] == 1 && lower[k] == -.infinity { valid = false }
        if state[k] == 2 && upper[k] == .infinity { valid = false }
      }
      if let held, state[held] == 0 { valid = false }
      guard valid, solveReduced(), violated() == nil else { continue }
      let value = objective()
      if value < best {
        best = value
        _ = accept()
      }
    }
    return best
  }

  private mutating func accept() -> Double {
    for k in 0..<count {
      solution[k] = trial[k]
      active[k] = state[k] != 0
    }
    return objective()
  }

  /// The moving unknown furthest outside its bounds.
  private func violated() -> Int? {
    var worst: Int?
    var distance = 0.0
    for k in 0..<count where state[k] == 0 {
      let outside = max(lower[k] - trial[k], trial[k] - upper[k])
      if outside > distance {
        distance = outside
        worst = k
      }
    }
    return worst
  }

  private func objective() -> Double {
    var sum = 0.0
    for i in 0..<count {
      var row = 0.0
      for j in 0..<count { row += gram[i * count + j] * trial[j] }
      sum += trial[i] * (row - 2 * right[i])
    }
    return sum
  }

  /// Solves for the moving unknowns, the others on their bounds, into `trial`.
  private mutating func solveReduced() -> Bool {
    moving.removeAll(keepingCapacity: true)
    for k in 0..<count {
      switch state[k] {
      case 0: moving.append(k)
      case 1: trial[k] = lower[k]
      default: trial[k] = upper[k]
      }
    }
    let m = moving.count
    for a in 0..<m {
      let diagonal = gram[moving[a] * count + moving[a]]
      guard diagonal > 0 else { return false }
      scale[a] = 1 / diagonal.squareRoot()
    }
    for a in 0..<m {
      let i = moving[a]
      for b in 0...a {
        var sum = gram[i * count + moving[b]] * scale[a] * scale[b]
        for c in 0..<b { sum -= factor[a * count + c] * factor[b * count + c] }
        if a == b {
          // A column that the earlier ones make up adds nothing: a huge pivot keeps its unknown at
          // zero, so that a law with a redundant term still has seeds.
          factor[a * count + a] = sum > 1e-13 ? sum.squareRoot() : 1e8
        } else {
          factor[a * count + b] = sum / factor[b * count + b]
        }
      }
    }
    for a in 0..<m {
      let i = moving[a]
      var sum = right[i]
      for k in 0..<count where state[k] != 0 { sum -= gram[i * count + k] * trial[k] }
      sum *= scale[a]
      for c in 0..<a { sum -= factor[a * count + c] * trial[moving[c]] }
      trial[i] = sum / factor[a * count + a]
    }
    for a in (0..<m).reversed() {
      var sum = trial[moving[a]]
      for c in (a + 1)..<max(m, a + 1) { sum -= factor[c * count + a] * trial[moving[c]] }
      trial[moving[a]] = sum / factor[a * count + a]
    }
    for a in 0..<m { trial[moving[a]] *= scale[a] }
    return true
  }
}
