/// A dense symmetric system of a few unknowns, factored without allocation.
///
/// The matrix is scaled to a unit diagonal first, so that "positive definite" does not depend on
/// the units of the parameters. An unknown whose row is zero (it has no effect) is left out and
/// gets the solution 0.
struct SmallCholesky: ~Copyable {
  private let factors: Numbers
  private let scale: Numbers

  /// - Parameter capacity: The most unknowns there will be.
  init(capacity: Int) {
    factors = Numbers(count: capacity * capacity)
    scale = Numbers(count: capacity)
  }

  /// Factors the matrix; false when it is not positive definite.
  ///
  /// `matrix` is row-major with both triangles; `minimumPivot` is the smallest pivot of the scaled
  /// matrix that counts as positive.
  func factor(_ matrix: borrowing Numbers, size: Int, minimumPivot: Double = 1e-13) -> Bool {
    precondition(size >= 0 && size <= scale.count && size * size <= matrix.count)
    let (a, l, scale) = unsafe (matrix.pointer, factors.pointer, scale.pointer)
    for i in 0..<size {
      let diagonal = unsafe a[i * size + i]
      if diagonal > 0 && diagonal.isFinite {
        unsafe scale[i] = 1 / diagonal.squareRoot()
      } else if diagonal == 0 && SmallCholesky.isZero(matrix, row: i, size) {
        unsafe scale[i] = 0
      } else {
        return false
      }
    }
    for i in 0..<size {
      for j in 0...i {
        var sum = unsafe a[i * size + j] * scale[i] * scale[j]
        for k in 0..<j { unsafe sum -= l[i * size + k] * l[j * size + k] }
        if i > j {
          unsafe l[i * size + j] = sum / l[j * size + j]
        } else if unsafe scale[i] == 0 {
          unsafe l[i * size + i] = 1
        } else if sum > minimumPivot {
          unsafe l[i * size + i] = sum.squareRoot()
        } else {
          return false
        }
      }
    }
    return true
  }

  /// Solves A x = b in place, A the matrix last factored.
  func solve(_ b: borrowing Numbers, size: Int) {
    precondition(size >= 0 && size <= scale.count && size <= b.count)
    let (x, l, scale) = unsafe (b.pointer, factors.pointer, scale.pointer)
    for i in 0..<size {
      var sum = unsafe x[i] * scale[i]
      for k in 0..<i { unsafe sum -= l[i * size + k] * x[k] }
      unsafe x[i] = sum / l[i * size + i]
    }
    for i in (0..<size).reversed() {
      var sum = unsafe x[i]
      for k in (i + 1)..<max(size, i + 1) { unsafe sum -= l[k * size + i] * x[k] }
      unsafe x[i] = sum / l[i * size + i]
    }
    for i in 0..<size { unsafe x[i] *= scale[i] }
  }

  private static func isZero(_ matrix: borrowing Numbers, row: Int, _ size: Int) -> Bool {
    for j in 0..<size where matrix[row * size + j] != 0 { return false }
    return true
  }
}
