internal import LeastSquares
internal import Tables

/// The minimum of the curve of loss over the logarithm of size at one budget.
struct CurveMinimum {
  var x: Double
  var loss: Double
  /// Standard deviation of x.
  var error: Double?
}

/// The curve of loss over the logarithm of size at one budget.
struct BudgetCurve {
  let kind: IsoFLOPCurve
  let axis: IsoFLOPAxis
  /// Replicates with noise for the SD of an Akima spline's minimum; nil for no SD.
  let noise: Noise?

  struct Noise {
    /// Standard deviation of ln loss.
    var deviation: Double
    var replicates: Int
    var seed: UInt64
  }

  typealias Outcome = Result<CurveMinimum, CurveFault>

  struct CurveFault: Error {
    var code: IsoFLOPBudget.Refusal.Code
    var message: String
  }

  /// Points between neighbours at which a spline is looked at before its minimum is refined; that
  /// of Porian et al.
  private static let pointsPerGap = 25

  func minimum(x: [Double], loss: [Double], stream: Int) -> Outcome {
    guard x.count >= 3 else {
      return fault(.tooFewRuns, "\(x.count) run\(x.count == 1 ? "" : "s"); a budget needs three")
    }
    let sizes = Set(x).count
    guard sizes >= kind.minimumCount else {
      return fault(
        .tooFewRuns,
        "\(sizes) different \(axis.rawValue); the \(kind.rawValue) needs \(kind.minimumCount)")
    }
    return kind == .akima
      ? akima(x, loss, stream: stream) : polynomial(x, loss, degree: kind == .cubic ? 3 : 2)
  }

  private func fault(_ code: IsoFLOPBudget.Refusal.Code, _ message: String) -> Outcome {
    .failure(CurveFault(code: code, message: message))
  }

  private func edge(isLow: Bool) -> Outcome {
    fault(
      .atEdge,
      "the optimum is not between the runs; add runs with \(isLow ? "fewer" : "more") \(axis.rawValue)"
    )
  }

  // MARK: - Polynomials

  /// Least squares on abscissae shifted and scaled to -1...1; the SD of the minimum z follows from
  /// the polynomial's covariance: p'(z) = 0 gives dz/dc_k = -k z^(k-1) / p''(z).
  private func polynomial(_ x: [Double], _ loss: [Double], degree: Int) -> Outcome {
    let (low, high) = (x.min() ?? 0, x.max() ?? 0)
    let (middle, half) = ((low + high) / 2, (high - low) / 2)
    let z = x.map { ($0 - middle) / half }
    func powers(_ z: Double) -> [Double] {
      (0..<degree).reduce(into: [1]) { powers, _ in powers.append(powers[powers.count - 1] * z) }
    }
    guard let fit = LinearFit(design: z.map(powers), response: loss) else {
      return fault(.noMinimum, "the runs do not determine the curve")
    }
    let c = fit.coefficients
    guard let best = degree == 2 ? Self.turn(c[1], c[2]) : Self.turn(c[1], c[2], c[3]) else {
      return degree == 2
        ? fault(.opensDownwards, "the parabola opens downwards; check the runs or take the cubic")
        : fault(.noMinimum, "the cubic has no minimum; add runs on both sides of the optimum")
    }
    guard abs(best) < 1 else { return edge(isLow: best < 0) }
    let value = zip(c, powers(best)).reduce(0) { $0 + $1.0 * $1.1 }
    var error: Double?
    if fit.degreesOfFreedom > 0 {
      let curvature = 2 * c[2] + (degree == 3 ? 6 * c[3] * best : 0)
      let slopes =
        [0] + powers(best).dropLast().enumerated().map { -Double($0 + 1) * $1 / curvature }
      var variance = 0.0
      for i in slopes.indices {
        for j in slopes.indices {
          variance += slopes[i] * fit.inverse[i * slopes.count + j] * slopes[j]
        }
      }
      error =
        half * (max(variance, 0) * fit.residualSum / Double(fit.degreesOfFreedom)).squareRoot()
    }
    return .success(CurveMinimum(x: middle + half * best, loss: value, error: error))
  }

  /// Where c1 z + c2 z^2 is least.
  private static func turn(_ c1: Double, _ c2: Double) -> Double? { c2 > 0 ? -c1 / (2 * c2) : nil }

  /// Where c1 z + c2 z^2 + c3 z^3 has its local minimum.
  private static func turn(_ c1: Double, _ c2: Double, _ c3: Double) -> Double? {
    let discriminant = c2 * c2 - 3 * c1 * c3
    guard discriminant > 0 else { return nil }
    let root = discriminant.squareRoot()
    // Both forms are the same root; each is taken where it does not subtract near equals.
    return c2 > 0 ? -c1 / (c2 + root) : c3 == 0 ? nil : (root - c2) / (3 * c3)
  }

  // MARK: - Akima's spline

  private func akima(_ x: [Double], _ loss: [Double], stream: Int) -> Outcome {
    let points = Self.means(x, loss)
    let nodes = points.map(\.x)
    switch Self.splineMinimum(nodes, points.map(\.logLoss), refined: true) {
    case .low: return edge(isLow: true)
    case .high: return edge(isLow: false)
    case .none: return fault(.noMinimum, "no spline could be drawn through the runs")
    case .inside(let best, let logLoss):
      var result = CurveMinimum(x: best, loss: exponential(logLoss), error: nil)
      guard let noise else { return .success(result) }
      var found: [Double] = []
      var generator = Philox(seed: noise.seed, stream: UInt64(stream))
      for _ in 0..<noise.replicates {
        let shaken = points.map {
          $0.logLoss + noise.deviation / Double($0.runs).squareRoot() * generator.nextNormal()
        }
        if case .inside(let x, _) = Self.splineMinimum(nodes, shaken, refined: false) {
          found.append(x)
        }
      }
      guard 2 * found.count > noise.replicates else {
        let share = Rounding.significant(
          100 - 100 * Double(found.count) / Double(noise.replicates), 2)
        return fault(
          .lostInNoise,
          "noise of \(Rounding.significant(100 * noise.deviation, 2)) % moves the optimum to the edge "
            + "in \(share) % of replicates; add runs"
        )
      }
      let mean = found.mean
      let variance =
        found.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(found.count - 1)
      result.error = variance.squareRoot()
      return .success(result)
    }
  }

  private enum SplineMinimum {
    case low, high, none
    case inside(Double, Double)
  }

  private static func splineMinimum(
    _ x: [Double], _ y: [Double], refined: Bool
  ) -> SplineMinimum {
    guard let spline = AkimaSpline(x: x, y: y), let first = x.first, let last = x.last else {
      return .none
    }
    var grid: [Double] = []
    for (left, right) in zip(x, x.dropFirst()) {
      for step in 0..<pointsPerGap {
        grid.append(left + (right - left) * (Double(step) / Double(pointsPerGap)))
      }
    }
    grid.append(last)
    let values = grid.map { spline.value(at: $0) }
    guard let best = values.indices.min(by: { values[$0] < values[$1] }) else { return .none }
    if grid[best] == first { return .low }
    if grid[best] == last { return .high }
    guard refined else { return .inside(grid[best], values[best]) }
    let minimum = BrentMinimizer.minimize(in: grid[best - 1]...grid[best + 1]) {
      spline.value(at: $0)
    }
    guard let minimum, minimum.value <= values[best] else {
      return .inside(grid[best], values[best])
    }
    return .inside(minimum.x, minimum.value)
  }

  struct Point {
    var x: Double
    var logLoss: Double
    var runs: Int
  }

  /// One point per size: the logarithm of the mean loss.
  static func means(_ x: [Double], _ loss: [Double]) -> [Point] {
    var sums: [Double: (sum: Double, count: Int)] = [:]
    for (x, loss) in zip(x, loss) {
      let old = sums[x] ?? (0, 0)
      sums[x] = (old.sum + loss, old.count + 1)
    }
    return sums.map { Point(x: $0, logLoss: logarithm($1.sum / Double($1.count)), runs: $1.count) }
      .sorted { $0.x < $1.x }
  }

  /// The noise of ln loss of one run, from third divided differences over neighbouring sizes of
  /// each budget; nil where no budget has four sizes.
  static func noise(of budgets: [[Point]]) -> Double? {
    var squares = 0.0
    var count = 0
    for points in budgets where points.count >= 4 {
      for start in 0...(points.count - 4) {
        let window = points[start..<start + 4]
        var (sum, variance) = (0.0, 0.0)
        for point in window {
          let weight =
            1 / window.filter { $0.x != point.x }.reduce(1) { $0 * (point.x - $1.x) }
          sum += weight * point.logLoss
          variance += weight * weight / Double(point.runs)
        }
        squares += sum * sum / variance
        count += 1
      }
    }
    return count > 0 ? (squares / Double(count)).squareRoot() : nil
  }
}
