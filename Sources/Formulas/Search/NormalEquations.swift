/// Sparse rows of a small least squares problem with two right-hand sides, summed as they come.
struct NormalEquations {
  private let count: Int
  private var matrix: [Double]
  private var first: [Double]
  private var second: [Double]

  init(count: Int) {
    self.count = count
    matrix = Array(repeating: 0, count: count * count)
    first = Array(repeating: 0, count: count)
    second = first
  }

  mutating func add(
    _ terms: [(factor: Double, place: Int)], _ right: Double, _ other: Double, weight: Double
  ) {
    let square = weight * weight
    for a in terms {
      first[a.place] += square * a.factor * right
      second[a.place] += square * a.factor * other
      for b in terms { matrix[a.place * count + b.place] += square * a.factor * b.factor }
    }
  }

  /// The solutions of (A'A + ridge) x = A'b, by Cholesky's factorisation.
  func solved(ridge: Double) -> ([Double], [Double]) {
    var factor = matrix
    var (x, y) = (first, second)
    for i in 0..<count {
      for j in 0...i {
        var sum = factor[i * count + j] + (i == j ? ridge : 0)
        for k in 0..<j { sum -= factor[i * count + k] * factor[j * count + k] }
        factor[i * count + j] = i == j ? sum.squareRoot() : sum / factor[j * count + j]
      }
      for k in 0..<i {
        x[i] -= factor[i * count + k] * x[k]
        y[i] -= factor[i * count + k] * y[k]
      }
      x[i] /= factor[i * count + i]
      y[i] /= factor[i * count + i]
    }
    for i in (0..<count).reversed() {
      for k in (i + 1)..<max(count, i + 1) {
        x[i] -= factor[k * count + i] * x[k]
        y[i] -= factor[k * count + i] * y[k]
      }
      x[i] /= factor[i * count + i]
      y[i] /= factor[i * count + i]
    }
    return (x, y)
  }
}
