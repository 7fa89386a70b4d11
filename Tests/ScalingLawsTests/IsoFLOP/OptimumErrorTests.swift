import LeastSquares
import Tables
import Testing

@testable import ScalingLaws

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The SD of an optimum against the scatter of optima over simulated runs.
@Suite struct OptimumErrorTests {
  /// Fifteen sizes over a reach of 3 about the optimum of a symmetric surface: the misfit of
  /// parabolas is far below the noise.
  private static func runs(
    _ seed: UInt64, noise: Double, points: Int = 15
  ) throws -> (x: [Double], loss: [Double]) {
    var grid = IsoFLOPGrid(surface: try IsoFLOPGrid.surface(0), reach: 3, points: points)
    grid.budgets = [1e19]
    grid.noise = noise
    grid.seed = seed
    let table = grid.table
    return (try table.numbers("params").map { log($0) }, try table.numbers("loss"))
  }

  private static func scatter(_ numbers: [Double]) -> Double {
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    let sum = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (sum / Double(numbers.count - 1)).squareRoot()
  }

  /// Two thousand simulations know the scatter to 1.6 %; five times that is allowed.
  ///
  /// The noise is small enough for the delta method.
  @Test(arguments: [IsoFLOPCurve.parabola, .cubic])
  func polynomials(_ kind: IsoFLOPCurve) throws {
    let curve = BudgetCurve(kind: kind, axis: .params, noise: nil)
    var optima: [Double] = []
    var squares = 0.0
    for seed in 0..<2000 {
      let (x, loss) = try Self.runs(UInt64(seed), noise: 3e-4)
      let minimum = try curve.minimum(x: x, loss: loss, stream: 0).get()
      let error = try #require(minimum.error)
      optima.append(minimum.x)
      squares += error * error
    }
    let reported = (squares / 2000).squareRoot()
    #expect(abs(reported / Self.scatter(optima) - 1) < 0.08)
  }

  /// The spline's SD is that of optima under the noise it is told of.
  ///
  /// It starts from a curve that has noise already, so the single
  /// ones differ; their root mean square is within a quarter.
  @Test func akima() throws {
    let plain = BudgetCurve(kind: .akima, axis: .params, noise: nil)
    let optima = try (0..<1000).map { seed in
      let (x, loss) = try Self.runs(UInt64(seed), noise: 1e-3, points: 9)
      return try plain.minimum(x: x, loss: loss, stream: 0).get().x
    }
    let curve = BudgetCurve(
      kind: .akima, axis: .params,
      noise: BudgetCurve.Noise(deviation: 1e-3, replicates: 200, seed: 1))
    let squares = try (0..<100).map { seed in
      let (x, loss) = try Self.runs(UInt64(seed), noise: 1e-3, points: 9)
      let error = try #require(try curve.minimum(x: x, loss: loss, stream: seed).get().error)
      return error * error
    }
    let reported = (squares.reduce(0, +) / 100).squareRoot()
    #expect(abs(reported / Self.scatter(optima) - 1) < 0.25)
  }

  /// Third differences recover the noise: 2,400 of them, three in four independent at best, know it
  /// to 3 %.
  @Test func noiseFromThirdDifferences() throws {
    let budgets = try (0..<200).map { seed in
      let (x, loss) = try Self.runs(UInt64(seed), noise: 2e-3)
      return BudgetCurve.means(x, loss)
    }
    let noise = try #require(BudgetCurve.noise(of: budgets))
    #expect(abs(noise / 2e-3 - 1) < 0.08)
    // Without noise nothing is left but what a parabola misses.
    let (x, loss) = try Self.runs(0, noise: 0)
    #expect(try #require(BudgetCurve.noise(of: [BudgetCurve.means(x, loss)])) < 2e-5)
    #expect(BudgetCurve.noise(of: [Array(BudgetCurve.means(x, loss).prefix(3))]) == nil)
  }

  /// Runs of one size are one point, and their mean is less noisy than each.
  @Test func runsOfOneSizeAreAveraged() {
    let points = BudgetCurve.means([2, 1, 2], [3, 5, 4])
    #expect(points.map(\.x) == [1, 2])
    #expect(points.map(\.runs) == [1, 2])
    #expect(abs(points[1].logLoss - log(3.5)) < 1e-15)
  }

  /// By hand: the cubic (z - 1)^2 (z + 2) has its minimum at 1, its maximum at -1.
  @Test(arguments: [1.0, -1.0])
  func cubicTakesTheMinimum(_ sign: Double) throws {
    let x = (0...12).map { -1.5 + Double($0) * 0.25 }
    let curve = BudgetCurve(kind: .cubic, axis: .params, noise: nil)
    let loss = x.map { (z: Double) -> Double in
      let z = sign * z
      return 5 + sign * (z - sign) * (z - sign) * (z + 2 * sign)
    }
    let minimum = try curve.minimum(x: x, loss: loss, stream: 0).get()
    #expect(abs(minimum.x - 1) < 1e-10)
    #expect(abs(minimum.loss - 5) < 1e-10)
  }
}
