/// The lowest point that a diagnosis of a fit has met.
public struct VisitedPoint: Sendable, Hashable {
  /// The objective there; infinite where nothing was met.
  public private(set) var objective = Double.infinity
  /// The parameters there.
  public private(set) var parameters: [Double] = []

  /// Nothing met yet.
  public init() {}

  /// Takes a point that is lower.
  public mutating func take(_ parameters: [Double], _ objective: Double) {
    guard objective < self.objective else { return }
    self.objective = objective
    self.parameters = parameters
  }

  /// Takes what another has met, if it is lower.
  public mutating func take(_ other: VisitedPoint) { take(other.parameters, other.objective) }
}

extension GlobalFitter {
  /// The optimum below a point that a diagnosis met, with what the search found before; nil where it
  /// is not lower than the fit by more than 1e-7 of it.
  ///
  /// - Throws: ``FitError`` `outOfMemory`.
  public func improving(_ fit: Fit, from point: VisitedPoint) throws(FitError) -> Fit? {
    func isLower(_ objective: Double) -> Bool { objective < fit.objective * (1 - 1e-7) }
    guard isLower(point.objective), fit.termination != .exactFit else { return nil }
    var local = options
    local.search = .local
    local.starts = [point.parameters]
    var found = try GlobalFitter(problem, options: local).fit()
    guard isLower(found.objective) else { return nil }
    found.seeds = fit.seeds
    found.polished += fit.polished
    found.evaluations += fit.evaluations
    found.usedOwnSeeds = fit.usedOwnSeeds || !options.starts.isEmpty
    found.startObjectives = fit.startObjectives
    found.distinctOptima = [found.objective] + fit.distinctOptima
    found.alternatives = [fit.parameters] + fit.alternatives
    found.certificate.kind = found.certificate.kind == .flat ? .flat : .bestFound
    found.certificate.starts = found.polished
    found.certificate.agreeing = 1
    found.certificate.distinct = fit.certificate.distinct + 1
    return found
  }

  /// The lowest of some points, by their objectives.
  ///
  /// - Complexity: One evaluation each.
  public func lowest(of points: [[Double]]) -> VisitedPoint {
    var lowest = VisitedPoint()
    let (objective, _) = makeObjective(weights: allWeights)
    for point in points {
      objective.parameters = point
      lowest.take(point, objective.evaluateNatural())
    }
    return lowest
  }
}
