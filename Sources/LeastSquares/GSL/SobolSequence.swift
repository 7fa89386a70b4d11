internal import CGSL

/// The Sobol sequence of quasi-random points in the unit cube (`gsl_qrng_sobol`).
@safe
public struct SobolSequence: ~Copyable {
  /// The dimension of the points.
  public let dimension: Int
  private let generator: UnsafeMutablePointer<gsl_qrng>

  /// Starts the sequence; nil when the dimension is not in 1...40.
  public init?(dimension: Int) {
    GSL.prepare()
    guard (1...40).contains(dimension),
      let generator = unsafe gsl_qrng_alloc(cgsl_qrng_sobol(), UInt32(dimension))
    else { return nil }
    self.dimension = dimension
    unsafe self.generator = generator
  }

  deinit { unsafe gsl_qrng_free(generator) }

  /// The next point; each coordinate is in (0, 1).
  ///
  /// The first point is the centre of the cube.
  public mutating func next() -> [Double] {
    var point = Array(repeating: 0.0, count: dimension)
    unsafe point.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress { _ = unsafe gsl_qrng_get(generator, base) }
    }
    return point
  }
}
