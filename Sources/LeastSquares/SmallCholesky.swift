/// A dense symmetric system of a few unknowns, factored without allocation.
///
/// The matrix is scaled to a unit diagonal first, so that "positive definite" does not depend on
/// the units of the parameters. An unknown whose row is zero (it has no effect) is left out and
/// gets the solution 0.
struct SmallCholesky {
  private var factor: [Double] = []
  private var scale: [Double] = []
  private var size = 0

  /// Factors the matrix; false when it is not positive definite.
  ///
  /// `matrix` is row-major with both triangles; `minimumPivot` is the smallest pivot of the scaled
  /// matrix that counts as positive.
  mutating func factor(_ matrix: [Double], size: Int, minimumPivot: Double = 1e-13) -> Bool {
    self.size = size
    if factor.count < size * size {
      factor = Array(repeating: 0, count: size * size)
      scale = Array(repeating: 0, count: size)
    }
    for i in 0..<size {
      let diagonal = matrix[i * size + i]
      if diagonal > 0 && diagonal.isFinite {
        scale[i] = 1 / diagonal.squareRoot()
      } else if diagonal == 0 && (0..<size).allSatisfy({ matrix[i * size + $0] == 0 }) {
        scale[i] = 0
      } else {
        return false
      }
    }
    for i in 0..<size {
      for j in 0...i {
        var sum = matrix[i * size + j] * scale[i] * scale[j]
        for k in 0..<j { sum -= factor[i * size + k] * factor[j * size + k] }
        if i == j {
          if scale[i] == 0 {
            factor[i * size + i] = 1
          } else if sum > minimumPivot {
            factor[i * size + i] = sum.squareRoot()
          } else {
            return false
          }
        } else {
          factor[i * size + j] = sum / factor[j * size + j]
        }
      }
    }
    return true
  }

  /// Solves A x = b in place.
  func solve(_ b: inout [Double]) {
    for i in 0..<size {
      var sum = b[i] * scale[i]
      for k in 0..<i { sum -= factor[i * size + k] * b[k] }
      b[i] = sum / factor[i * size + i]
    }
    for i in (0..<size).reversed() {
      var sum = b[i]
      for k in (i + 1)..<max(size, i + 1) { sum -= factor[k * size + i] * b[k] }
      b[i] = sum / factor[i * size + i]
    }
    for i in 0..<size { b[i] *= scale[i] }
  }
}
