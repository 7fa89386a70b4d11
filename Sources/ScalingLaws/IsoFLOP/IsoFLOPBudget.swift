/// What approach 2 made of the runs of one budget.
public struct IsoFLOPBudget: Sendable, Hashable {
  /// The optimum of the curve of a budget.
  public struct Optimum: Sendable, Hashable {
    /// Parameters at the optimum.
    public var params: Double
    /// Tokens at the optimum: with the parameters they use the compute of the budget's runs, 6ND on
    /// their geometric mean.
    public var tokens: Double
    /// The loss of the curve there.
    public var loss: Double
    /// Standard deviation of ln N* and of ln D*; nil where as many runs as coefficients leave no
    /// scatter to judge by.
    public var logError: Double?
  }

  /// Why a budget was not used.
  public struct Refusal: Sendable, Hashable {
    /// The kind of a reason.
    public enum Code: String, Sendable, Hashable {
      /// Fewer than three runs, or fewer sizes than the curve needs.
      case tooFewRuns
      /// Rows whose compute differs too much to be one budget.
      case mixedCompute
      /// A parabola whose turning point is its highest.
      case opensDownwards
      /// A curve without a minimum.
      case noMinimum
      /// A minimum at the smallest or largest run, or beyond it.
      case atEdge
      /// A minimum that most replicates with noise move to the edge.
      case lostInNoise
    }
    /// The kind of reason.
    public var code: Code
    /// The reason and the remedy, in one line.
    public var message: String
  }

  /// A run, or a point on a curve.
  public struct Point: Sendable, Hashable {
    /// Parameters or tokens, as the options say.
    public var size: Double
    /// Its loss.
    public var loss: Double
  }

  /// The budget in FLOP: the geometric mean of its runs.
  public var flops: Double
  /// Number of runs.
  public var runs: Int
  /// The largest compute of a run over the smallest.
  public var spread: Double
  /// The optimum, if the budget was used.
  public var optimum: Optimum?
  /// Why it was not, otherwise.
  public var refusal: Refusal?
  /// Its runs, by size.
  public var points: [Point] = []
  /// The curve through them, from the smallest size to the largest; empty where there is none.
  public var curve: [Point] = []
}

/// Rows of one budget.
struct BudgetGroup: Sendable {
  var rows: [Int]
  var flops: Double
  var spread: Double
  /// ln of the geometric mean of N D.
  var logProduct: Double

  /// The budgets of some runs, ascending.
  static func groups(of runs: IsoFLOPRuns, tolerance: Double) -> [BudgetGroup] {
    IsoFLOPRuns.chains(of: runs.flops, gap: tolerance).map { rows in
      let flops = rows.map { runs.flops[$0] }
      let low = flops.min() ?? 0
      let spread = (flops.max() ?? 0) / low
      let products = rows.map { logarithm(runs.params[$0]) + logarithm(runs.tokens[$0]) }
      return BudgetGroup(
        // The rows are in order of compute; sums in the order of the file do not depend on ties.
        rows: rows.sorted(),
        // A budget that is stated stays as it was stated.
        flops: spread == 1 ? low : exponential(flops.map(logarithm).mean), spread: spread,
        logProduct: products.mean)
    }
  }
}

extension Array<Double> {
  /// The arithmetic mean.
  var mean: Double { reduce(0, +) / Double(count) }
}
