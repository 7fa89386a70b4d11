internal import Formulas
internal import LeastSquares
internal import Tables

/// What a reader must be told before using a fit.
struct Diagnostics {
  let data: FitData
  let spec: FitSpec
  let problem: Problem<FormulaModel>
  let best: Fit
  let covariance: Covariance
  let identification: Identification
  let fit: LawFit
  /// The lowest point that a profile, a replicate or a parameter held elsewhere met.
  private(set) var lowest: VisitedPoint

  /// What to say; a lower point that is met on the way is taken down.
  mutating func warnings() -> [String] {
    var result: [String] = []
    if !best.termination.isMinimum {
      result.append(
        "the search ended without reaching a minimum (\(best.termination.rawValue)); "
          + "treat the estimates as provisional, and try bounds (--bound) or another start (--start)"
      )
    }
    result += searchWarnings() + boundWarnings() + collinearityWarnings()
    result += identificationWarnings()
    // To the digits to which the search itself calls two optima one.
    if lowest.objective < best.objective * (1 - 1e-6) {
      result.append(
        "the objective is \(text(lowest.objective)) elsewhere, lower than the fit's \(text(best.objective)): "
          + "the search missed an optimum and no interval here is right"
          + (spec.isLocal
            ? "; drop --local" : "; search further (--search thorough) or give bounds (--bound)"))
    }
    let tail = (1 - fit.interval.level) / 2
    if let replicates = fit.interval.replicates, Double(replicates) * tail < 5 {
      result.append(
        "\(replicates) replicates say little about the ends of \(Rounding.significant(100 * fit.interval.level, 6)) % "
          + "intervals; take at least \(Int((5 / tail).rounded(.up))), better 4000")
    }
    if let unconverged = fit.interval.unconverged, let replicates = fit.interval.replicates,
      unconverged * 100 > replicates
    {
      result.append(
        "\(unconverged) of \(replicates) replicates ended without reaching a minimum; their draws are "
          + "kept, and make intervals wider than they should be")
    }
    if let failed = fit.interval.failed, failed > 0, let replicates = fit.interval.replicates {
      result.append("\(failed) of \(replicates) replicates had no finite fit and were left out")
    }
    return result
  }

  private func searchWarnings() -> [String] {
    var result: [String] = []
    if best.usedOwnSeeds, let objective = best.startObjectives.min() {
      result.append(
        "the given start leads to \(text(objective)); a seed of the search's own reached "
          + "\(text(best.objective)), which is reported")
    }
    guard !spec.isLocal, best.termination != .exactFit else { return result }
    switch best.certificate.kind {
    case .certified: break
    case .bestFound: result.append(bestFound)
    case .flat:
      // Where parameters are named as not determined, that is what is flat.
      if identification.open.isEmpty {
        result.append(
          "the search ended on a flat direction: some combination of the parameters does not matter "
            + "there, and other values fit equally well; give bounds (--bound) or fix one (--fix)")
      }
    }
    return result
  }

  private var bestFound: String {
    let found = best.certificate
    let next = best.distinctOptima.first { $0 > best.objective * (1 + 1e-5) }
    return
      "the search is not sure of its optimum: it is the best of \(found.starts) starts, of which "
      + "\(found.agreeing == 0 ? "none" : "\(found.agreeing)") ended there independently"
      + (next.map { "; the next best objective is \(text($0)) against \(text(best.objective))" }
        ?? "")
      + "; search further (--search thorough) or give bounds (--bound)"
  }

  private func boundWarnings() -> [String] {
    fit.parameters.filter { $0.atBound && fit.isDetermined($0.name) }.map { parameter in
      "\(parameter.name) is at its bound \(text(parameter.estimate)): its interval is not "
        + "meaningful, and the others, also of what is computed from it, suppose that it is exactly there"
    }
  }

  /// N and D on one line in logarithms: their exponents trade against each other.
  private func collinearityWarnings() -> [String] {
    guard let params = data.values["N"], let tokens = data.values["D"],
      let n = data.columns["N"], let d = data.columns["D"]
    else { return [] }
    let ratios = zip(params, tokens).map { logarithm($1) - logarithm($0) }
    if let low = ratios.min(), let high = ratios.max(), high - low < 0.02 {
      return [
        "\(d) is a fixed multiple of \(n) (D/N = \(Rounding.significant(exponential(low), 3))): "
          + "the exponents of N and D cannot be told apart; add runs at other ratios D/N"
      ]
    }
    let correlation = LeastSquares.correlation(
      params.map { logarithm($0) }, tokens.map { logarithm($0) })
    if correlation * correlation > 0.999 {
      return [
        "\(d) follows \(n) as a power (correlation of logarithms \(Rounding.significant(correlation, 5))): "
          + "the exponents of N and D can hardly be told apart; add runs at other ratios D/N"
      ]
    }
    return []
  }

  // MARK: - Identification

  /// How much the logarithm of the objective may rise before a value is ruled out at about 95 %.
  ///
  /// Minus twice the log likelihood is `n log RSS` for squares, and about `2 n log F` for a robust
  /// loss, whose density falls off exponentially: half or a quarter of the quantile 3.84 of
  /// chi-squared, over n.
  private var tolerance: Double {
    (data.loss == .squares ? 3.84 : 1.92) / Double(fit.data.rows)
  }

  private mutating func identificationWarnings() -> [String] {
    let free = fit.parameters.indices.filter {
      !fit.parameters[$0].fixed && !fit.parameters[$0].atBound
    }
    let undetermined = identification.warnings + quantityWarnings()
    guard data.constantResponse == nil else { return undetermined }
    guard fit.interval.degreesOfFreedom > 0 else {
      return undetermined + [
        "\(fit.data.rows) rows for as many parameters: the law passes through every row and nothing says how sure it is"
      ]
    }
    var result = undetermined
    for index in free where !identification.open.contains(index) {
      let parameter = fit.parameters[index]
      let error = covariance.standardErrors[index]
      guard isWide(parameter, error) else { continue }
      let doubled = change(at: parameter.estimate * 2, index)
      let halved = change(at: parameter.estimate / 2, index)
      if let change = [doubled, halved].compactMap({ $0 }).min(), change < -1e-6 {
        // The lower point is taken down, and a fit that searches goes on from there.
        guard spec.isLocal else { continue }
        result.append(
          "with \(parameter.name) held at \(change == doubled ? "twice" : "half") its estimate the objective is "
            + "\(Rounding.significant(-100 * change, 2)) % lower: this is not the global optimum; drop --local"
        )
      } else if let change = doubled, change < tolerance {
        result.append(unidentified(parameter, "doubling", change))
      } else if let change = halved, change < tolerance {
        result.append(unidentified(parameter, "halving", change))
      } else {
        result.append(
          "\(parameter.name) is weakly identified: its standard error is "
            + (error.isFinite
              ? "\(Rounding.significant(100 * error / abs(parameter.estimate), 2)) % of the estimate"
              : "not determined") + "; use predictions rather than its value")
      }
    }
    return result
  }

  /// What was asked for and depends on what is not determined.
  private func quantityWarnings() -> [String] {
    guard let part = fit.undetermined, let names = part.quantities else { return [] }
    return [
      "\(names.joined(separator: ", ")): not determined by these rows, as \(part.reason)"
    ]
  }

  /// Whether a positive quantity is known so badly that its value should not be quoted: to a
  /// quarter of itself, or, for an amplitude, whose logarithm is what the data determine, to a
  /// half.
  ///
  /// A parameter that may have either sign can be close to zero and well known.
  private func isWide(_ parameter: LawFit.ParameterPart, _ error: Double) -> Bool {
    guard parameter.bounds.lower >= 0 else { return error.isNaN }
    let limit = data.parsed.isPositive(parameter.name) ? 0.5 : 0.25
    return !(error < limit * abs(parameter.estimate))
  }

  private func unidentified(
    _ parameter: LawFit.ParameterPart, _ what: String, _ change: Double
  ) -> String {
    let percent = change < 1e-4 ? "less than 0.01" : "only \(Rounding.significant(100 * change, 2))"
    return "\(parameter.name) is weakly identified: \(what) it raises the objective by "
      + "\(percent) %; use predictions rather than its value, or fix it (--fix)"
  }

  /// How far the logarithm of the objective rises with one parameter held at a value and the others
  /// refitted.
  private mutating func change(at value: Double, _ index: Int) -> Double? {
    let bounds = problem.bounds[index]
    guard best.objective > 0, value != 0, value > bounds.lower, value < bounds.upper else {
      return nil
    }
    var held = problem
    held.fixed[index] = value
    var options = FitOptions()
    options.search = .local
    options.starts = [best.parameters]
    guard let found = try? GlobalFitter(held, options: options).fit(), found.objective.isFinite
    else { return nil }
    lowest.take(found.parameters, found.objective)
    return logarithm(found.objective / best.objective)
  }

  private func text(_ x: Double) -> String { Rounding.significant(x, 8) }
}

extension FitData {
  /// Refuses data in which a constant column leaves parameters undetermined: no fit can find them.
  func checkDetermined(
    _ covariance: Covariance
  ) throws(AnalysisError) {
    let unidentified = covariance.unidentified
    guard !unidentified.isEmpty else { return }
    for (name, column) in columns.sorted(by: { $0.key < $1.key }) {
      guard name != parsed.responseName, let values = values[name], values.count > 1,
        let first = values.first, values.allSatisfy({ $0 == first })
      else { continue }
      let names = unidentified.map { formula.parameters[$0] }.joined(separator: ", ")
      throw AnalysisError(
        .undetermined,
        "\(table.place): column \(column) is \(NumberText.shortest(first)) in every row, which leaves "
          + "\(names) undetermined; add runs that vary it, or fix parameters (--fix)")
    }
  }
}
