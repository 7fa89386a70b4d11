import LeastSquares
import ScalingLaws
import Tables

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Losses of a surface on budgets, at tokens evenly spaced in their logarithm about the true
/// optimum.
struct IsoFLOPGrid {
  var surface: ChinchillaSurface
  var budgets = [1e17, 1e18, 1e19, 1e20, 1e21]
  /// Tokens reach from D*/reach to D* reach.
  var reach: Double
  var points = 15
  /// What the centre of the runs is off by, as a factor of D.
  var offset = 1.0
  /// Relative standard deviation of the loss.
  var noise = 0.0
  var seed: UInt64 = 0

  /// The three surfaces of Czech 2026, arXiv:2603.22339.
  static let surfaces: [[Double]] = [
    [400, 400, 1.69, 0.31, 0.31], [406.4, 410.7, 1.69, 0.34, 0.28],
    [406.4, 410.7, 1.69, 0.465, 0.155],
  ]

  static func surface(_ index: Int) throws -> ChinchillaSurface {
    let c = surfaces[index]
    return try ChinchillaSurface(E: c[2], A: c[0], B: c[1], alpha: c[3], beta: c[4])
  }

  var table: Table {
    var columns: (n: [Double], d: [Double], c: [Double], loss: [Double]) = ([], [], [], [])
    var generator = Philox(seed: seed, stream: 0)
    for flops in budgets {
      for point in 0..<points {
        let position = 2 * Double(point) / Double(points - 1) - 1
        let tokens = surface.optimalTokens(flops: flops) * offset * exp(position * log(reach))
        let params = flops / 6 / tokens
        let shake = noise > 0 ? exp(noise * generator.nextNormal()) : 1
        columns.n.append(params)
        columns.d.append(tokens)
        columns.c.append(flops)
        columns.loss.append(surface.loss(params: params, tokens: tokens) * shake)
      }
    }
    return Table(
      columns: [
        ("params", .numbers(columns.n)), ("tokens", .numbers(columns.d)),
        ("flops", .numbers(columns.c)), ("loss", .numbers(columns.loss)),
      ], source: "grid")
  }

  /// Plain parabolas over tokens, as the published tables have them.
  static func published(at flops: Double) -> IsoFLOPOptions {
    var options = IsoFLOPOptions()
    options.axis = .tokens
    options.isWeighted = false
    options.budgets = [flops]
    return options
  }
}
