internal import LeastSquares
public import Tables

extension LawFit {
  /// The same fit with the design check and the refits that `LawFit.init` can make on the way, for a
  /// saved fit whose rows are at hand.
  ///
  /// - Parameters:
  ///   - diagnosis: what to find out.
  ///   - table: the table the fit was made from. Its filter is applied, unless the table has as many
  ///     rows as the fit used.
  /// - Returns: the fit with `sensitivity` and `design` as asked for.
  /// - Throws: what a fit of the table would throw, and `AnalysisError` `badValue` for a table on
  ///   which the estimates are no minimum.
  public func diagnosed(_ diagnosis: Diagnosis, on table: Table) async throws -> LawFit {
    var spec = FitSpec(self, on: table)
    let data = try FitData(table, spec)
    let local = try GlobalFitter(data.problem(spec), options: data.options(spec))
    let best = try local.fit()
    try checkMinimum(best, of: table)
    // The refits search as the fit did.
    spec.isLocal = search.kind == "local"
    spec.cluster = interval.cluster
    let count = interval.replicates ?? 0
    spec.interval =
      switch IntervalMethod(rawValue: interval.method) {
      case .bootstrap: .bootstrap(replicates: count)
      case .bca: .bca(replicates: count)
      case .profile: .profile
      case .covariance, nil: .covariance
      }
    let covariance = try local.covariance(of: best, clusters: data.clusterNumbers(by: spec.cluster))
    var bare = self
    (bare.draws, bare.jackknife) = (nil, nil)
    var engine = IntervalEngine(
      fitter: local, best: best, covariance: covariance, level: interval.level,
      delta: try Uncertainty(bare), draws: draws, jackknife: jackknife?.values,
      open: try OpenDirections(self))
    var result = self
    await result.diagnose(diagnosis, data, spec, best, &engine)
    return result
  }

  /// Checks that a minimum found from the estimates is that of the fit.
  func checkMinimum(_ best: Fit, of table: Table) throws(AnalysisError) {
    guard abs(best.objective - objective.value) <= 1e-6 * abs(objective.value) else {
      throw AnalysisError(
        .badValue, "\(table.place): the fit is no minimum on these rows; fit them again")
    }
  }
}
