public import LeastSquares
internal import Tables

/// How the curve of loss over size at one budget is drawn.
public enum IsoFLOPCurve: String, Sendable, Hashable, CaseIterable {
  /// A parabola of the loss in the logarithm of the axis, by least squares: the literature's
  /// approach 2.
  case parabola
  /// A cubic, by least squares: it follows curves that are steeper on one side.
  case cubic
  /// Akima's spline of the logarithm of the loss through the mean loss of every size.
  ///
  /// Source: Porian et al. 2024, arXiv:2406.19146.
  case akima

  /// The fewest different sizes at a budget that it can be drawn through.
  public var minimumCount: Int {
    switch self {
    case .parabola: 3
    case .cubic: 4
    case .akima: AkimaSpline.minimumCount
    }
  }
}

/// What the curves at a budget are drawn over.
public enum IsoFLOPAxis: String, Sendable, Hashable, CaseIterable {
  /// ln N.
  case params
  /// ln D.
  case tokens
}

/// How an isoFLOP analysis is made.
public struct IsoFLOPOptions: Sendable, Hashable {
  /// For N, D, C and loss, the column or expression of columns it stands for.
  ///
  /// Names not mentioned are found by name and by the usual synonyms. Two of N, D and C suffice:
  /// the third follows from C = 6ND.
  public var columns: [String: String] = [:]
  /// Which rows to use, as a filter of the formula language.
  ///
  /// The default is all.
  public var filter: String?
  /// The axis of approach 2.
  ///
  /// The default is `params`.
  public var axis = IsoFLOPAxis.params
  /// The curve of approach 2.
  ///
  /// The default is the parabola.
  public var curve = IsoFLOPCurve.parabola
  /// Whether budgets count in approach 2 by the inverse square of the SD of their optimum.
  ///
  /// The default is true.
  public var isWeighted = true
  /// The relative gap of compute at which one budget ends and the next begins.
  ///
  /// The default is 0.1. Rows are sorted by compute; a row belongs to the budget of the row before
  /// it unless its compute is larger by more than this share. Rows in such a chain whose compute
  /// differs by more than four such steps in all are no budget.
  public var tolerance = 0.1
  /// Bins of compute in approach 1, evenly spaced in its logarithm.
  ///
  /// The default, 1500, is the published one (arXiv:2203.15556).
  public var bins = 1500
  /// Budgets in FLOP at which N* and D* are wanted.
  ///
  /// The default is ten times the largest budget of the rows.
  public var budgets: [Double] = []
  /// The level of intervals.
  ///
  /// The default is 0.95.
  public var level = 0.95
  /// Residuals of approach 3.
  ///
  /// The default is that of the law: `log`.
  public var residuals: ResidualKind?
  /// Loss of approach 3.
  ///
  /// The default is that of the law: Huber's with delta 1e-3.
  public var loss: Loss?
  /// Relative standard deviation of a run's loss, for the SD of optima by `akima`.
  ///
  /// The default is estimated from the curves.
  ///
  /// The estimate is the root mean square, over all budgets, of the third divided differences of ln
  /// loss over four neighbouring sizes, scaled to the deviation of one run: parabolas leave none,
  /// so it is noise and what a parabola misses. The SD is that of the optima of replicates with
  /// normal noise added; unlike Porian et al. it has no floor of a third of the gap between sizes.
  public var noise: Double?
  /// Replicates with noise added, for the SD of optima by `akima`.
  ///
  /// The default is 1000.
  public var replicates = 1000
  /// The seed of that noise.
  ///
  /// The default is 0.
  public var seed: UInt64 = 0

  /// Makes options with the defaults.
  public init() {}

  func validate() throws(AnalysisError) {
    func fault(_ message: String) -> AnalysisError { AnalysisError(.badSetting, message) }
    guard level > 0, level < 1 else {
      throw fault(
        "level \(NumberText.shortest(level)): a level lies between 0 and 1, such as 0.95")
    }
    guard tolerance > 0, tolerance < 1 else {
      throw fault(
        "a tolerance of \(NumberText.shortest(tolerance)): the gap between budgets is a share "
          + "between 0 and 1, such as 0.1")
    }
    guard (2...1_000_000).contains(bins) else {
      throw fault("\(bins) bins: approach 1 takes from 2 to 1,000,000, such as 1500")
    }
    guard (2...1_000_000).contains(replicates) else {
      throw fault("\(replicates) replicates: take from 2 to 1,000,000, such as 1000")
    }
    if let noise, !(noise > 0 && noise < 1) {
      throw fault(
        "a noise of \(NumberText.shortest(noise)): it is a share of the loss between 0 and 1, such as 0.002"
      )
    }
    for budget in budgets where !(budget > 0 && budget.isFinite) {
      throw fault(
        "a budget of \(NumberText.shortest(budget)) FLOP: a budget is positive, such as 1e24")
    }
  }
}
