internal import CVectorMath

/// Least squares in a few unknowns with bounds, from its normal equations.
///
/// ```
/// minimise  x' G x - 2 b' x  with  lower <= x <= upper
/// ```
struct BoundedQuadratic {
  /// The most unknowns there can be.
  static let maximumCount = Int(VM_MAXIMUM_UNKNOWNS)

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
  /// Where each unknown of `solution` is: 0 inside, 1 at its lower bound, 2 at its upper.
  private var side: [Int32]

  init(count: Int) {
    precondition(count <= BoundedQuadratic.maximumCount, "too many unknowns")
    self.count = count
    gram = Array(repeating: 0, count: count * count)
    right = Array(repeating: 0, count: count)
    lower = Array(repeating: -.infinity, count: count)
    upper = Array(repeating: .infinity, count: count)
    solution = right
    side = Array(repeating: 0, count: count)
  }

  /// Whether an unknown of `solution` is at a bound.
  func isActive(_ k: Int) -> Bool { side[k] != 0 }

  /// Solves; returns the minimum, or infinity when a column is zero.
  ///
  /// An unknown `held` stays at its bound nearest to zero.
  mutating func solve(without held: Int? = nil) -> Double {
    unsafe vm_bounded_minimum(
      count, gram, right, lower, upper, held ?? -1, &solution, &side)
  }
}
