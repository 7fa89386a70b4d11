internal import Formulas
internal import LeastSquares
internal import Tables

/// Makes the design check of a fit.
struct DesignAnalysis {
  let data: FitData
  let spec: FitSpec
  let covariance: Covariance
  let design: DesignMatrix
  /// The parameters that the design is looked at with.
  let parameters: [Double]
  /// The published constants that those are, if they are not the fit's.
  let constants: String?
  /// The variance of a run of unit weight, as the fit saw it.
  let noise: Double
  /// The budget and N* there for any parameters, if that is what the fit is for.
  let optimum: (flops: Double, params: ([Double]) -> Double?)?

  /// Looks at the design at the fit; where parameters sit at their bounds, at published constants
  /// instead, if these describe the rows at all.
  init?(
    data: FitData, spec: FitSpec, fitter: GlobalFitter<FormulaModel>, best: Fit,
    covariance: Covariance, optimum: (flops: Double, params: ([Double]) -> Double?)?
  ) {
    guard let design = fitter.design(of: best) else { return nil }
    self.data = data
    self.spec = spec
    self.covariance = covariance
    self.optimum = optimum
    noise = design.noiseVariance(of: covariance)
    let isFixed = data.formula.parameters.map { spec.fixed[$0] != nil }
    if zip(best.atBound, isFixed).contains(where: { $0 && !$1 }), let law = spec.law,
      let published = law.defaultConstants,
      let elsewhere = data.fit(at: published, spec, like: best),
      let other = fitter.design(of: elsewhere)
    {
      (self.design, parameters, constants) = (other, elsewhere.parameters, published.name)
    } else {
      (self.design, parameters, constants) = (design, best.parameters, nil)
    }
  }

  func check() -> DesignCheck {
    let count = Double(design.rows.count)
    let limit = min(3 * Double(design.rank) / count, 0.5)
    let high = Array(zip(design.rows, design.leverage)).filter { $0.1 > limit }
      .sorted { (-$0.1, $0.0) < (-$1.1, $1.0) }
    let line = logarithms.flatMap { Line($0.params, $0.tokens) }
    let undetermined = undetermined(line)
    return DesignCheck(
      spans: spans, correlation: line?.correlation, constants: constants,
      conditionNumber: design.conditionNumber, largestLeverage: design.leverage.max() ?? 0,
      leverageLimit: limit,
      highLeverage: high.prefix(3).map {
        DesignCheck.HighLeverage(line: data.table.lineNumber(ofRow: $0.0), leverage: $0.1)
      },
      isIdentified: undetermined.isEmpty,
      undetermined: undetermined.map { data.formula.parameters[$0] }, advice: advice(line))
  }

  // MARK: - Spans

  private var spans: [DesignCheck.Span] {
    let inputs = data.inputNames.compactMap { name in
      values(name).map { (name: name, values: $0) }
    }
    let ratio = zip(values("N") ?? [], values("D") ?? []).map { $1 / $0 }
    return (inputs + (ratio.isEmpty ? [] : [(name: "D/N", values: ratio)])).compactMap {
      guard let lower = $0.values.min(), let upper = $0.values.max() else { return nil }
      return DesignCheck.Span(
        name: $0.name, lower: lower, upper: upper,
        // Ratios of one column to another differ in the last digit although they are the same.
        decades: lower > 0
          ? upper < lower * (1 + 1e-9) ? 0 : logarithm(upper / lower) / logarithm(10) : nil)
    }
  }

  /// An input on the rows in use.
  private func values(_ name: String) -> [Double]? {
    data.values[name].map { column in design.rows.map { column[$0] } }
  }

  private var logarithms: (params: [Double], tokens: [Double])? {
    guard let params = values("N"), let tokens = values("D"), params.allSatisfy({ $0 > 0 }),
      tokens.allSatisfy({ $0 > 0 })
    else { return nil }
    return (params.map { logarithm($0) }, tokens.map { logarithm($0) })
  }

  /// The straight line through points, and how closely they follow it.
  private struct Line {
    var slope: Double
    var intercept: Double
    var correlation: Double
    /// Points so close to a line that nothing tells their coordinates apart.
    var isExact: Bool { correlation * correlation > 0.999 }

    /// Nil where one of the coordinates does not vary.
    init?(_ x: [Double], _ y: [Double]) {
      let count = Double(x.count)
      let (mx, my) = (x.reduce(0, +) / count, y.reduce(0, +) / count)
      var (xx, yy, xy) = (0.0, 0.0, 0.0)
      for (a, b) in zip(x, y) {
        xx += (a - mx) * (a - mx)
        yy += (b - my) * (b - my)
        xy += (a - mx) * (b - my)
      }
      // A column that is constant leaves rounding behind.
      let least = 1e-20 * count
      guard xx > least * mx * mx, yy > least * my * my else { return nil }
      correlation = xy / (xx * yy).squareRoot()
      slope = xy / xx
      intercept = my - slope * mx
    }
  }

  // MARK: - Identification

  /// Parameters of a direction without effect; with D a power of N, those whose columns nearly
  /// cancel: the terms of N and D could then even change places.
  private func undetermined(_ line: Line?) -> [Int] {
    if design.rank < design.free.count { return design.unidentified }
    if line?.isExact == true {
      return Array(zip(design.free, design.worstDirection)).filter { abs($0.1) > 0.05 }.map(\.0)
    }
    return covariance.unidentified
  }

  // MARK: - Advice

  /// A quantity that one would like to know better.
  private struct Target {
    var name: String
    /// Its gradient with respect to the moving parameters.
    var gradient: [Double]
  }

  private func advice(_ line: Line?) -> DesignCheck.Advice? {
    let isDegenerate = line?.isExact == true
    let candidates = CandidateRuns(data: data, rows: design.rows) { params, tokens in
      guard let line, line.isExact else { return true }
      // A run on the line of the others settles nothing.
      let off = logarithm(tokens) - line.intercept - line.slope * logarithm(params)
      return abs(off) > logarithm(2)
    }
    guard let target = ratioTarget ?? parameterTarget, let candidates,
      let jacobian = try? candidates.jacobian(data, at: parameters, free: design.free)
    else { return nil }
    var found: (run: Int, reduction: Double)?
    for run in jacobian.indices where jacobian[run].allSatisfy(\.isFinite) {
      let reduction = design.varianceReduction(
        ofGradient: target.gradient, byRow: jacobian[run])
      // Ties go to the first, so that rounding decides nothing.
      if reduction > (found?.reduction ?? 0) * (1 + 1e-12) { found = (run, reduction) }
    }
    guard let found else { return nil }
    let left = 1 - found.reduction
    let now = isDegenerate || design.rank < design.free.count ? nil : error(of: target)
    let after =
      now.map { $0 * left.squareRoot() }
      ?? (noise * design.variance(ofGradient: target.gradient) * left).squareRoot()
    let inputs = candidates.inputs(found.run)
    return DesignCheck.Advice(
      target: target.name, inputs: inputs, flops: candidates.flops(found.run),
      novelties: novelties(inputs), standardError: now,
      standardErrorAfter: after.isFinite ? after : nil, varianceReduction: found.reduction)
  }

  /// The standard error of a target: the fit's own, or what the design amounts to elsewhere.
  private func error(of target: Target) -> Double? {
    var variance = 0.0
    if constants == nil {
      for (a, i) in design.free.enumerated() {
        for (b, j) in design.free.enumerated() {
          variance += target.gradient[a] * covariance[i, j] * target.gradient[b]
        }
      }
    } else {
      variance = noise * design.variance(ofGradient: target.gradient)
    }
    return variance.isFinite && variance >= 0 ? variance.squareRoot() : nil
  }

  /// ln N* at the budget, by central differences.
  private var ratioTarget: Target? {
    guard let optimum, let center = optimum.params(parameters), center > 0 else { return nil }
    var gradient: [Double] = []
    for index in design.free {
      let value = parameters[index]
      let step = 1e-4 * max(abs(value), 1e-3)
      func at(_ offset: Double) -> Double? {
        var values = parameters
        values[index] += offset
        return optimum.params(values).flatMap { $0 > 0 ? logarithm($0) : nil }
      }
      guard let up = at(step), let down = at(-step) else { return nil }
      gradient.append((up - down) / (2 * step))
    }
    guard gradient.allSatisfy(\.isFinite), gradient.contains(where: { $0 != 0 }) else { return nil }
    return Target(name: "ln N* at \(Quantity.format(optimum.flops)) FLOP", gradient: gradient)
  }

  /// The parameter with the largest relative error.
  private var parameterTarget: Target? {
    let errors = design.free.indices.map { place -> Double in
      let value = parameters[design.free[place]]
      guard value != 0 else { return 0 }
      var gradient = Array(repeating: 0.0, count: design.free.count)
      gradient[place] = 1 / value
      return design.variance(ofGradient: gradient)
    }
    guard let worst = errors.indices.max(by: { errors[$0] < errors[$1] }), errors[worst] > 0 else {
      return nil
    }
    var gradient = Array(repeating: 0.0, count: errors.count)
    gradient[worst] = 1 / parameters[design.free[worst]]
    return Target(name: data.formula.parameters[design.free[worst]], gradient: gradient)
  }

  /// How a run differs from all others.
  private func novelties(_ run: [String: Double]) -> [String] {
    var result: [String] = []
    for span in spans {
      let value =
        span.name == "D/N" ? run["N"].flatMap { n in run["D"].map { $0 / n } } : run[span.name]
      guard let value else { continue }
      let words: (String, String) =
        switch span.name {
        case "N": ("a smaller model", "a larger model")
        case "D": ("fewer tokens", "more tokens")
        case "D/N": ("fewer tokens per parameter", "more tokens per parameter")
        default: ("a lower \(span.name)", "a higher \(span.name)")
        }
      if value < span.lower * (1 - 1e-9) { result.append(words.0) }
      if value > span.upper * (1 + 1e-9) { result.append(words.1) }
    }
    return result
  }
}

extension FitData {
  /// Published constants as if they had been fitted, the fixed parameters as they were; nil where
  /// they do not describe the rows, whose columns may be in other units.
  fileprivate func fit(
    at constants: Law.PublishedConstants, _ spec: FitSpec, like best: Fit
  ) -> Fit? {
    var result = best
    for (index, name) in formula.parameters.enumerated() {
      guard let value = spec.fixed[name] ?? constants.values[name] else { return nil }
      result.parameters[index] = value
    }
    result.atBound = formula.parameters.map { _ in false }
    let values = formula.values(at: result.parameters)
    let misfits = zip(values, formula.response).map { abs(logarithm($0 / $1)) }.sorted()
    guard let middle = misfits.isEmpty ? nil : misfits[misfits.count / 2], middle < 0.5 else {
      return nil
    }
    return result
  }
}
