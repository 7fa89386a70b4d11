import CVectorMath
import LeastSquares
import Testing

/// Linear least squares with bounds, many at once: each solution is checked by the conditions of
/// its optimum, which are sufficient because the problem is convex.
@Suite struct BoundedMinimaTests {
  /// Problems of random columns, laid out as those of a grid of 5 x 7 points.
  private struct Problems {
    let unknowns: Int
    let hasOffset: Bool
    let columns: [[[Double]]]
    var places: [vm_place] = []
    var products: [Double] = []
    var scales: [Double]
    let lower: [Double]
    let upper: [Double]
    static let count = 35

    init(unknowns: Int, hasOffset: Bool, seed: UInt64) {
      var random = Philox(seed: seed, stream: 0)
      func uniform() -> Double { 2 * random.nextUniform() - 1 }
      self.unknowns = unknowns
      self.hasOffset = hasOffset
      let width = unknowns + 1 + (hasOffset ? 1 : 0)
      columns = (0..<Problems.count).map { _ in
        (0..<width).map { _ in (0..<12).map { _ in uniform() } }
      }
      scales = (0..<(Problems.count * unknowns)).map { _ in 1 + abs(uniform()) }
      lower = (0..<unknowns).map { $0 % 3 == 1 ? -.infinity : 0 }
      upper = (0..<unknowns).map { $0 % 2 == 1 ? 0.25 : .infinity }
      for i in 0..<width {
        for j in i..<width {
          places.append(vm_place(first: Int32(products.count), row: 7, column: 1))
          for p in 0..<Problems.count { products.append(dot(columns[p][i], columns[p][j])) }
        }
      }
    }

    func solve(held: Int?) -> (values: [Double], solutions: [Double], sides: [Int32]) {
      var values = Array(repeating: 0.0, count: Problems.count)
      var solutions = Array(repeating: 0.0, count: Problems.count * unknowns)
      var sides = Array(repeating: Int32(0), count: Problems.count * unknowns)
      unsafe places.withUnsafeBufferPointer { places in
        unsafe products.withUnsafeBufferPointer { products in
          unsafe scales.withUnsafeBufferPointer { scales in
            unsafe lower.withUnsafeBufferPointer { lower in
              unsafe upper.withUnsafeBufferPointer { upper in
                var problems = unsafe vm_problems(
                  unknowns: unknowns, has_offset: hasOffset ? 1 : 0, row_width: 7,
                  places: places.baseAddress, products: products.baseAddress,
                  scales: scales.baseAddress, lower: lower.baseAddress, upper: upper.baseAddress)
                unsafe vm_bounded_minima(
                  &problems, nil, Problems.count, held ?? -1, &values, &solutions, &sides)
              }
            }
          }
        }
      }
      return (values, solutions, sides)
    }

    /// Rows of the residual at a solution in the units of the caller.
    func residual(_ p: Int, _ x: ArraySlice<Double>) -> [Double] {
      var rest = columns[p][unknowns]
      if hasOffset { for row in rest.indices { rest[row] -= columns[p][unknowns + 1][row] } }
      for (k, value) in x.enumerated() {
        for row in rest.indices {
          rest[row] -= columns[p][k][row] * value * scales[p * unknowns + k]
        }
      }
      return rest
    }
  }

  @Test(arguments: [1, 2, 3, 4, 6], [false, true])
  func optimal(_ unknowns: Int, _ hasOffset: Bool) {
    let problems = Problems(unknowns: unknowns, hasOffset: hasOffset, seed: 7)
    var atBound = 0
    for held in [nil, 0] {
      let (values, solutions, sides) = problems.solve(held: held)
      for p in 0..<Problems.count {
        let x = solutions[(p * unknowns)..<((p + 1) * unknowns)]
        let rest = problems.residual(p, x)
        // Twelve terms of size one.
        #expect(abs(values[p] - dot(rest, rest)) < 1e-13)
        for (k, value) in x.enumerated() where k != held {
          let side = sides[p * unknowns + k]
          let slope = -2 * dot(problems.columns[p][k], rest)
          switch side {
          case 0: #expect(abs(slope) < 1e-12)
          case 1: #expect(value == problems.lower[k] && (slope > 0 || unknowns > 4))
          default:
            #expect(abs(value - problems.upper[k]) < 1e-15 && (slope < 0 || unknowns > 4))
          }
          #expect(value >= problems.lower[k] - 1e-15 && value <= problems.upper[k] + 1e-15)
          if side != 0 { atBound += 1 }
        }
        if held == 0 { #expect(x.first == 0) }
      }
    }
    #expect(atBound > 10)
  }

  /// A problem that lacks a column has no solution, and disturbs no other.
  @Test func missingColumn() {
    var problems = Problems(unknowns: 3, hasOffset: false, seed: 7)
    let all = problems.solve(held: nil).values
    for place in problems.places.prefix(4) { problems.products[Int(place.first) + 9] = .nan }
    let values = problems.solve(held: nil).values
    #expect(values[9] == .infinity)
    for p in 0..<Problems.count where p != 9 { #expect(values[p] == all[p]) }
  }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
}
