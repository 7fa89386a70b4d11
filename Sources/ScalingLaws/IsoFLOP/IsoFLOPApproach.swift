/// What one approach says of the compute-optimal model.
public struct IsoFLOPApproach: Sendable, Hashable {
  /// The approaches of arXiv:2203.15556.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// 1: the lower envelope of training curves.
    ///
    /// It picks the luckiest run at every compute (the winner's curse), so its losses are low, and
    /// noise favours sizes tried more often. Intervals are by the jackknife over sizes.
    case envelope
    /// 2: a curve per budget and a power law through the optima. Intervals use Student's t.
    case isoFLOP
    /// 3: the joint law `E + A / N^alpha + B / D^beta` and its closed optimum. Intervals are those
    /// of the fit.
    case jointLaw
  }

  /// A number with its interval, where there is one.
  public struct Estimate: Sendable, Hashable {
    /// The number.
    public var value: Double
    /// Its interval.
    public var interval: Uncertainty.Interval?
  }

  /// The optimum at a budget.
  public struct Optimum: Sendable, Hashable {
    /// The budget in FLOP.
    public var flops: Double
    /// N*, in parameters.
    public var params: Estimate
    /// D*, in tokens.
    public var tokens: Estimate
  }

  /// Power laws of the optimum: N* = k C^a and D* = k C^b.
  public struct Laws: Sendable, Hashable {
    /// a.
    public var paramsExponent: Estimate
    /// b.
    public var tokensExponent: Estimate
    /// The factor of N*; its interval is that of N* at 1 FLOP.
    public var paramsCoefficient: Estimate
    /// The factor of D*; its interval is that of D* at 1 FLOP.
    public var tokensCoefficient: Estimate
    /// The optimum at each budget asked for.
    public var optima: [Optimum]
  }

  /// Which approach.
  public var kind: Kind
  /// What it says; nil if the runs do not allow it.
  public var laws: Laws?
  /// Why it says nothing, otherwise.
  public var refusal: String?
}

extension IsoFLOPApproach.Laws {
  /// The laws and optima of two power laws, with intervals by Student's t.
  init(_ params: PowerLawFit, _ tokens: PowerLawFit, level: Double, budgets: [Double]) {
    paramsExponent = .init(
      value: params.exponent, interval: params.exponentInterval(level: level))
    tokensExponent = .init(
      value: tokens.exponent, interval: tokens.exponentInterval(level: level))
    paramsCoefficient = .init(
      value: params.coefficient, interval: params.coefficientInterval(level: level))
    tokensCoefficient = .init(
      value: tokens.coefficient, interval: tokens.coefficientInterval(level: level))
    optima = budgets.map { flops in
      IsoFLOPApproach.Optimum(
        flops: flops,
        params: .init(
          value: params.value(at: flops), interval: params.interval(at: flops, level: level)),
        tokens: .init(
          value: tokens.value(at: flops), interval: tokens.interval(at: flops, level: level)))
    }
  }

  /// The laws and optima of an envelope.
  init(_ envelope: LossEnvelope, level: Double, budgets: [Double]) {
    self.init(envelope.params, envelope.tokens, level: level, budgets: budgets)
    let exponents = envelope.intervals(level: level, isPositive: false) {
      [$0.exponent, $1.exponent]
    }
    let positive = envelope.intervals(level: level, isPositive: true) { params, tokens in
      [params.coefficient, tokens.coefficient]
        + budgets.flatMap { [params.value(at: $0), tokens.value(at: $0)] }
    }
    setIntervals(exponents + positive)
  }

  /// The laws and optima of a surface, with the intervals of the fit it comes from.
  init(
    _ surface: ChinchillaSurface, _ uncertainty: Uncertainty?, names: [String], budgets: [Double]
  ) {
    func positive(_ surface: ChinchillaSurface) -> [Double] {
      [surface.paramsCoefficient, surface.tokensCoefficient]
        + budgets.flatMap { [surface.optimalParams(flops: $0), surface.optimalTokens(flops: $0)] }
    }
    let values = positive(surface)
    paramsExponent = .init(value: surface.paramsExponent)
    tokensExponent = .init(value: surface.tokensExponent)
    paramsCoefficient = .init(value: values[0])
    tokensCoefficient = .init(value: values[1])
    optima = budgets.enumerated().map { index, flops in
      IsoFLOPApproach.Optimum(
        flops: flops, params: .init(value: values[2 + 2 * index]),
        tokens: .init(value: values[3 + 2 * index]))
    }
    guard let uncertainty else { return }
    func at(_ draw: [Double], _ count: Int, _ quantities: (ChinchillaSurface) -> [Double])
      -> [Double]
    {
      (try? ChinchillaSurface(names: names, values: draw)).map(quantities)
        ?? Array(repeating: .nan, count: count)
    }
    let exponents = uncertainty.interval(isPositive: false) { draw in
      at(draw, 2) { [$0.paramsExponent, $0.tokensExponent] }
    }
    setIntervals(
      exponents
        + uncertainty.interval(isPositive: true) { draw in at(draw, values.count, positive) })
  }

  private mutating func setIntervals(_ intervals: [Uncertainty.Interval?]) {
    paramsExponent.interval = intervals[0]
    tokensExponent.interval = intervals[1]
    paramsCoefficient.interval = intervals[2]
    tokensCoefficient.interval = intervals[3]
    for index in optima.indices {
      optima[index].params.interval = intervals[4 + 2 * index]
      optima[index].tokens.interval = intervals[5 + 2 * index]
    }
  }
}
