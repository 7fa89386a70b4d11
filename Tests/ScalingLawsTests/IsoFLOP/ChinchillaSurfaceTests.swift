import ScalingLaws
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The closed optimum and the compute wasted beside it.
@Suite struct ChinchillaSurfaceTests {
  private static func besiroglu() throws -> ChinchillaSurface {
    try ChinchillaSurface(E: 1.8172, A: 482.01, B: 2085.43, alpha: 0.3478, beta: 0.3658)
  }

  @Test(arguments: [
    [1e21, 2.778e9, 5.999e10, 2.30553], [5.76e23, 7.225e10, 1.329e12, 1.97444],
    [3.8e25, 6.187e11, 1.024e13, 1.89171],
  ])
  func workedOptima(_ row: [Double]) throws {
    let surface = try Self.besiroglu()
    let (params, tokens) = (
      surface.optimalParams(flops: row[0]), surface.optimalTokens(flops: row[0])
    )
    // Printed to four digits: half a unit of the last is up to 5e-4.
    #expect(abs(params / row[1] - 1) < 5e-4)
    #expect(abs(tokens / row[2] - 1) < 5e-4)
    #expect(abs(6 * params * tokens / row[0] - 1) < 1e-12)
    #expect(abs(surface.loss(params: params, tokens: tokens) - row[3]) < 5e-6)
    // Coefficients and exponents say the same.
    #expect(
      abs(surface.value(surface.paramsCoefficient, surface.paramsExponent, row[0]) / params - 1)
        < 1e-12)
    #expect(
      abs(surface.value(surface.tokensCoefficient, surface.tokensExponent, row[0]) / tokens - 1)
        < 1e-12)
  }

  @Test func optimumWastesNothingAndAnythingElseDoes() throws {
    let surface = try Self.besiroglu()
    let (params, tokens) = (
      surface.optimalParams(flops: 1e23), surface.optimalTokens(flops: 1e23)
    )
    #expect(abs(surface.deadweightCompute(params: params, tokens: tokens)) < 1e-10 * 1e23)
    for factor in [0.5, 0.9, 1.1, 2] {
      let wasted = surface.deadweightCompute(params: params * factor, tokens: tokens / factor)
      #expect(wasted > 1e-4 * 1e23 && wasted < 0.2 * 1e23)
      // The compute left reaches the same loss at its own optimum.
      let rest = 1e23 - wasted
      let best = surface.loss(
        params: surface.optimalParams(flops: rest), tokens: surface.optimalTokens(flops: rest))
      #expect(abs(best - surface.loss(params: params * factor, tokens: tokens / factor)) < 1e-12)
    }
  }

  /// Llama 3's answer by its parabola against the joint law of the same points: 2.39e24 FLOP, 6.25
  /// %.
  @Test func llama3() throws {
    let surface = try ChinchillaSurface(E: 0.6047, A: 59.14, B: 155.11, alpha: 0.3100, beta: 0.3136)
    let wasted = surface.deadweightCompute(params: 3.933e11, tokens: 1.610e13)
    // The constants have four digits; the optimum moves with them.
    #expect(abs(wasted / 3.8e25 - 0.0625) < 0.001)
    #expect(abs(wasted / 2.39e24 - 1) < 0.015)
  }

  @Test func lossBelowTheFloorIsNeverReached() throws {
    #expect(try Self.besiroglu().leastCompute(reaching: 1.8) == .infinity)
  }

  @Test func amplitudesArePositive() {
    #expect(throws: AnalysisError.self) {
      try ChinchillaSurface(E: 1, A: 0, B: 1, alpha: 0.3, beta: 0.3)
    }
  }
}

extension ChinchillaSurface {
  fileprivate func value(_ coefficient: Double, _ exponent: Double, _ flops: Double) -> Double {
    coefficient * pow(flops, exponent)
  }
}
