/// What the choice of runs lets a fit find out: the span of the inputs, whether every parameter is
/// determined, which single runs carry the fit, and which run would help most.
public struct DesignCheck: Sendable, Hashable, Codable {
  /// The span of an input.
  public struct Span: Sendable, Hashable, Codable {
    /// The input, or `D/N`.
    public var name: String
    /// Its smallest value.
    public var lower: Double
    /// Its largest value.
    public var upper: Double
    /// log10 of their ratio; nil where the smallest is not positive.
    public var decades: Double?
  }

  /// A run that carries much of the fit.
  public struct HighLeverage: Sendable, Hashable, Codable {
    /// Its line in the file.
    public var line: Int
    /// Its diagonal entry of the hat matrix, from 0 to 1: how far the prediction for the run follows
    /// its own loss.
    public var leverage: Double
  }

  /// A run that would help.
  public struct Advice: Sendable, Hashable, Codable {
    /// What it would help to know, `ln N* at 1e23 FLOP`, or a parameter, `B`, where no optimum is asked for.
    public var target: String
    /// The inputs of the run.
    public var inputs: [String: Double]
    /// Its compute 6ND, for laws of N and D.
    public var flops: Double?
    /// How it goes beyond all runs so far, as in `a smaller model`; empty inside their range.
    public var novelties: [String]
    /// The standard error of the target now, relative for a parameter; nil where the rows do not
    /// determine it.
    public var standardError: Double?
    /// The same with the run added, if its noise is that of the others.
    public var standardErrorAfter: Double?
    /// The share of the variance that the run removes, from 0 to 1.
    public var varianceReduction: Double
  }

  /// The span of each input, then of D/N for laws of N and D.
  public var spans: [Span]
  /// The correlation of ln N and ln D; nil for other laws, and where one of them does not vary.
  public var correlation: Double?
  /// The published constants that the check was made at; nil for the fit itself.
  ///
  /// Where a term of the law has vanished from the fit, its parameters have no effect there and the
  /// fit says nothing about them.
  public var constants: String?
  /// Condition number of the Jacobian with unit columns; infinite where it is singular.
  public var conditionNumber: Double
  /// The largest leverage of a run; the mean is parameters over rows.
  public var largestLeverage: Double
  /// Above which leverage a run is named: three times the mean, at most 0.5.
  public var leverageLimit: Double
  /// The runs above it, at most three, the highest first.
  public var highLeverage: [HighLeverage]
  /// Whether the rows determine every parameter.
  ///
  /// They do not where a direction of the parameters has no effect on any row, or where D follows N
  /// as a power, so that the two terms of the loss cannot be told apart.
  public var isIdentified: Bool
  /// The parameters in the direction that is not determined.
  public var undetermined: [String]
  /// The single additional run that most reduces the variance of the target; nil where no candidate
  /// could be evaluated.
  public var advice: Advice?
}

extension DesignCheck {
  /// The identification in one line.
  public var verdict: String {
    guard !isIdentified else { return "identified: the runs determine every parameter" }
    guard !undetermined.isEmpty else { return "not identified: N and D vary together" }
    let names = undetermined.joined(separator: ", ")
    return "not identified: only a combination of \(names) is determined"
  }
}
