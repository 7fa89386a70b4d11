internal import Formulas
internal import LeastSquares
public import Tables

extension LawFit {
  /// Fits a law to a table.
  ///
  ///     let table = try Table.read(contentsOf: "runs.csv")
  ///     let fit = try await LawFit(table, FitSpec(law: .chinchilla))
  ///     print(fit["alpha"])
  ///
  /// The result does not depend on the number of tasks. Everything a reader should be told stands
  /// in `quality.warnings`; what cannot be attempted is an error.
  ///
  /// - Parameters:
  ///   - table: the runs, one per row.
  ///   - spec: what to fit and how.
  ///   - sha256: digest of the bytes the table came from. The default is that of the table as CSV.
  ///   - quantities: what else to find intervals for, made from the fitted law.
  ///   - diagnosis: what to find out about the fit beside its numbers. The default is
  ///     nothing.
  ///   - progress: called with the fraction of replicates done, at most once per chunk.
  /// - Throws: `AnalysisError`, `FormulaError` or `TableError`, each one line that names the place.
  /// - Complexity: the search costs some hundred evaluations of the law on every row; a bootstrap
  ///   as much again per replicate.
  public init(
    _ table: Table, _ spec: FitSpec, sha256: String? = nil,
    quantities: ((EstimatedLaw) throws -> [DerivedQuantity])? = nil,
    diagnosis: Diagnosis = Diagnosis(),
    progress: (@Sendable (Double) -> Void)? = nil
  ) async throws {
    let data = try FitData(table, spec)
    let fitter = try GlobalFitter(data.problem(spec), options: data.options(spec))
    var best = try fitter.fit()
    guard best.objective.isFinite else {
      throw data.noValue
    }
    let digest = sha256 ?? Digest.sha256(table.csvText())
    // What looks at the fit may meet a lower point; the fit then goes on from there.
    var (fit, lowest) = try await Self.examined(
      best, data, spec, fitter, digest, quantities, diagnosis, progress)
    for _ in 0..<3 where !spec.isLocal {
      guard let lower = try fitter.improving(best, from: lowest) else { break }
      best = lower
      (fit, lowest) = try await Self.examined(
        best, data, spec, fitter, digest, quantities, diagnosis, progress)
    }
    self = fit
  }

  /// A fit with its intervals and all that is to be said of it, and the lowest point met on the way.
  private static func examined(
    _ best: Fit, _ data: FitData, _ spec: FitSpec, _ fitter: GlobalFitter<FormulaModel>,
    _ digest: String, _ quantities: ((EstimatedLaw) throws -> [DerivedQuantity])?,
    _ diagnosis: Diagnosis, _ progress: (@Sendable (Double) -> Void)?
  ) async throws -> (fit: LawFit, lowest: VisitedPoint) {
    let clusters = try data.clusterNumbers(by: spec.cluster)
    try data.checkClusters(clusters, spec)
    let covariance = try fitter.covariance(of: best, clusters: clusters)
    // Inside first: a floor that sits at its bound is as undetermined as the amplitude beside it.
    if let inside = data.insideBounds(best, fitter) {
      try data.checkDetermined(fitter.covariance(of: inside))
    }
    try data.checkDetermined(covariance)
    let identification = Identification(data, fitter, best, covariance)
    let intervals = ParameterIntervals(
      data: data, spec: spec, best: best, covariance: covariance, identification: identification)
    var fit = assembled(intervals, fitter, sha256: digest)
    fit.undetermined = identification.part
    var lowest = VisitedPoint()
    var draws: Draws?
    var jackknife: [[Double]]?
    // Resamples of a constant response are constant.
    if let replicates = spec.interval.replicates, data.constantResponse == nil {
      let resampling = try Resampling(data: data, spec: spec, rank: covariance.rank)
      let refits = try await resampling.draws(replicates, fitter, near: best, progress: progress)
      draws = refits.draws
      if spec.interval.methods.contains(.bca) {
        jackknife = await resampling.jackknife(fitter, near: best)
      }
      lowest.take(fitter.lowest(of: refits.draws.values))
      fit.interval.replicates = replicates
      fit.interval.failed = refits.failed
      fit.interval.unconverged = refits.unconverged
      fit.interval.seed = spec.seed
      fit.interval.resampled = spec.resampling.rawValue
    }
    var engine = IntervalEngine(
      fitter: fitter, best: best, covariance: covariance, level: spec.level,
      delta: try Uncertainty(fit), draws: draws, jackknife: jackknife,
      open: try OpenDirections(fit))
    fit.parameters = intervals.parameters(&engine)
    fit.draws = draws
    fit.jackknife = jackknife.map { Draws(values: $0) }
    if let quantities {
      let asked = try quantities(EstimatedLaw(fit))
      let parts = engine.parts(of: asked, spec.interval.methods)
      fit.quantities = parts.isEmpty ? nil : parts
      let open = Set(asked.filter(engine.isOpen).map(\.name))
      if !open.isEmpty { fit.undetermined?.quantities = parts.map(\.name).filter(open.contains) }
    }
    await fit.diagnose(diagnosis, data, spec, best, &engine)
    lowest.take(engine.lowest)
    var diagnostics = Diagnostics(
      data: data, spec: spec, problem: fitter.problem, best: best, covariance: covariance,
      identification: identification, fit: fit, lowest: lowest)
    fit.quality.warnings += data.warnings + diagnostics.warnings()
    return (fit, diagnostics.lowest)
  }

  private static func assembled(
    _ intervals: ParameterIntervals, _ fitter: GlobalFitter<FormulaModel>, sha256: String
  ) -> LawFit {
    let (data, spec, best) = (intervals.data, intervals.spec, intervals.best)
    return LawFit(
      schema: currentSchema, version: fitLawsVersion,
      law: LawPart(name: spec.law?.name ?? "formula", formula: spec.formulaText),
      data: DataPart(
        source: data.table.source, sha256: sha256, rows: data.table.rowCount,
        columns: data.columns, where: spec.filter, ranges: data.ranges),
      objective: ObjectivePart(
        residuals: data.residuals.rawValue, loss: data.loss.name, delta: data.loss.delta,
        weights: spec.weights, value: best.objective),
      search: SearchPart(best, isLocal: spec.isLocal),
      parameters: intervals.parameters,
      interval: IntervalPart(
        method: spec.interval.methods[0].rawValue, level: spec.level,
        degreesOfFreedom: intervals.covariance.degreesOfFreedom, cluster: spec.cluster),
      quality: data.quality(of: best, intervals.covariance),
      covariance: intervals.covariancePart,
      residuals: (best.residuals ?? []).isEmpty
        ? nil : Draws.line(ofResiduals: best.residuals ?? []))
  }
}

extension LawFit {
  /// The objective of given constants on a table: what a fit would have to beat.
  ///
  /// - Parameters:
  ///   - table: the runs.
  ///   - spec: what would be fitted and how.
  ///   - values: a value for every parameter.
  /// - Returns: the sum over rows of weight times loss; infinite where the law has no value on a
  ///   row.
  /// - Throws: as the fit itself, and `AnalysisError` for a missing parameter.
  public static func objective(
    _ table: Table, _ spec: FitSpec, at values: [String: Double]
  ) throws -> Double {
    let data = try FitData(table, spec)
    let vector = try data.formula.parameters.map { name throws(AnalysisError) in
      guard let value = values[name] else {
        throw AnalysisError(.unknownParameter, "no value for \(name)")
      }
      return value
    }
    var options = FitOptions()
    options.search = .local
    options.starts = [vector]
    return try GlobalFitter(data.problem(spec), options: options).objective(at: vector)
  }
}

extension FitData {
  func problem(_ spec: FitSpec) -> Problem<FormulaModel> {
    Problem(
      model: FormulaModel(formula), response: formula.response, weights: weights,
      residuals: residuals, loss: loss, bounds: bounds(spec),
      fixed: formula.parameters.map { spec.fixed[$0] }, searchRanges: searchRanges(spec))
  }

  func bounds(_ spec: FitSpec) -> [Bounds] {
    formula.parameters.map { name in
      let stated = parsed.bounds(of: name)
      return spec.bounds[name] ?? Bounds(lower: stated.lower, upper: stated.upper)
    }
  }

  func options(_ spec: FitSpec) -> FitOptions {
    var options = FitOptions()
    options.search = spec.isLocal ? .local : .global
    options.effort = spec.search ?? options.effort
    options.evaluations = spec.evaluations
    if !spec.start.isEmpty { options.starts = [start(spec)] }
    return options
  }

  /// The start asked for; what it does not name is completed by the law.
  private func start(_ spec: FitSpec) -> [Double] {
    let known = formula.parameters.map { spec.start[$0] ?? spec.fixed[$0] }
    // A problem that cannot be searched is refused where it is fitted.
    let completed =
      known.contains(nil) ? try? GlobalFitter(problem(spec)).completing(known) : nil
    return known.indices.map { completed?[$0] ?? known[$0] ?? 0 }
  }

  /// Smallest and largest value of each variable, and of C = 6ND.
  var ranges: [String: LawFit.Range] {
    var columns = values
    if columns["C"] == nil, let params = values["N"], let tokens = values["D"] {
      columns["C"] = zip(params, tokens).map { 6 * $0 * $1 }
    }
    return columns.compactMapValues { column in
      guard let lower = column.min(), let upper = column.max() else { return nil }
      return LawFit.Range(lower: lower, upper: upper)
    }
  }

  func quality(of best: Fit, _ covariance: Covariance) -> LawFit.QualityPart {
    let scale = residuals == .log ? formula.response.map { logarithm($0) } : formula.response
    let weight = weights ?? Array(repeating: 1, count: scale.count)
    let total = weight.reduce(0, +)
    let mean = zip(scale, weight).reduce(0) { $0 + $1.0 * $1.1 } / total
    let about = zip(scale, weight).reduce(0) { $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean) }
    // Relative residuals have no total sum of squares of their own; R2 is then that of the raw
    // ones.
    var rss = best.rss
    if residuals == .relative, let relative = best.residuals {
      rss = zip(zip(relative, formula.response), weight).reduce(0) { sum, row in
        let raw = row.0.0 * row.0.1
        return sum + row.1 * raw * raw
      }
    }
    return LawFit.QualityPart(
      r2: about > 0 && constantResponse == nil ? 1 - rss / about : .nan,
      rmse: (best.rss / total).squareRoot(),
      conditionNumber: covariance.conditionNumber, warnings: [])
  }
}
