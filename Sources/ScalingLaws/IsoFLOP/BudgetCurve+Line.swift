internal import LeastSquares

extension BudgetCurve {
  /// How many points a curve is drawn with.
  private static let pointCount = 61

  /// The curve from the smallest size to the largest, at equal ratios of size, for drawing; empty
  /// where there is none.
  func line(x: [Double], loss: [Double]) -> [IsoFLOPBudget.Point] {
    guard let low = x.min(), let high = x.max(), low < high,
      Set(x).count >= max(3, kind.minimumCount)
    else { return [] }
    let places = (0..<Self.pointCount).map {
      low + (high - low) * (Double($0) / Double(Self.pointCount - 1))
    }
    if kind == .akima {
      let points = Self.means(x, loss)
      guard let spline = AkimaSpline(x: points.map(\.x), y: points.map(\.logLoss)) else {
        return []
      }
      return places.map {
        .init(size: exponential($0), loss: exponential(spline.value(at: min($0, high))))
      }
    }
    let degree = kind == .cubic ? 3 : 2
    let (middle, half) = ((low + high) / 2, (high - low) / 2)
    func powers(_ x: Double) -> [Double] {
      let z = (x - middle) / half
      return (0..<degree).reduce(into: [1]) { powers, _ in
        powers.append(powers[powers.count - 1] * z)
      }
    }
    guard let fit = LinearFit(design: x.map(powers), response: loss) else { return [] }
    return places.map { place in
      .init(
        size: exponential(place),
        loss: zip(fit.coefficients, powers(place)).reduce(0) { $0 + $1.0 * $1.1 })
    }
  }
}
