extension Law {
  /// A data column that a law uses.
  public struct Variable: Sendable, Hashable {
    /// The name in the formula, such as `N`.
    public var name: String
    /// What it counts or measures.
    public var meaning: String
    /// The unit, such as `tokens` or `nats per token`.
    public var unit: String

    /// Creates a variable.
    ///
    /// - Parameters:
    ///   - name: The name in the formula.
    ///   - meaning: What it counts or measures.
    ///   - unit: The unit.
    public init(_ name: String, _ meaning: String, unit: String) {
      self.name = name
      self.meaning = meaning
      self.unit = unit
    }
  }

  /// A parameter that a fit estimates.
  public struct Parameter: Sendable, Hashable {
    /// The name in the formula, such as `alpha`.
    public var name: String
    /// What it stands for.
    public var meaning: String
    /// The unit; `1` for pure numbers.
    public var unit: String
    /// Where a global search looks for seeds.
    ///
    /// Nil leaves it to the formula's structure and the data, as for a break that lies somewhere
    /// within the range of a column. It bounds nothing: bounds stand in the formula.
    public var search: SearchInterval?

    /// Creates a parameter.
    ///
    /// - Parameters:
    ///   - name: The name in the formula.
    ///   - meaning: What it stands for.
    ///   - unit: The unit.
    ///   - search: Where seeds are looked for.
    public init(
      _ name: String, _ meaning: String, unit: String = "1", search: SearchInterval? = nil
    ) {
      self.name = name
      self.meaning = meaning
      self.unit = unit
      self.search = search
    }
  }

  /// The interval in which a search looks for seeds of one parameter.
  public struct SearchInterval: Sendable, Hashable {
    /// The lower end.
    public var lower: Double
    /// The upper end, above ``lower``.
    public var upper: Double
    /// Whether seeds are spread evenly in the logarithm; then both ends are positive.
    public var logarithmic: Bool

    /// Creates an interval.
    ///
    /// - Parameters:
    ///   - lower: The lower end; positive if `logarithmic`.
    ///   - upper: The upper end, above `lower`.
    ///   - logarithmic: Whether seeds are spread evenly in the logarithm.
    public init(_ lower: Double, _ upper: Double, logarithmic: Bool) {
      precondition(lower < upper, "a search interval needs lower < upper")
      precondition(!logarithmic || lower > 0, "a logarithmic search interval needs lower > 0")
      self.lower = lower
      self.upper = upper
      self.logarithmic = logarithmic
    }

    /// Seeds spread evenly between two values.
    ///
    /// - Parameters:
    ///   - lower: The lower end.
    ///   - upper: The upper end, above `lower`.
    /// - Returns: The interval.
    public static func linear(_ lower: Double, _ upper: Double) -> SearchInterval {
      SearchInterval(lower, upper, logarithmic: false)
    }

    /// Seeds spread evenly in the logarithm between two positive values.
    ///
    /// - Parameters:
    ///   - lower: The lower end, above 0.
    ///   - upper: The upper end, above `lower`.
    /// - Returns: The interval.
    public static func logarithmic(_ lower: Double, _ upper: Double) -> SearchInterval {
      SearchInterval(lower, upper, logarithmic: true)
    }
  }

  /// How a law is fitted unless the user says otherwise.
  public enum Objective: String, Sendable, Hashable, CaseIterable {
    /// Log residuals under Huber's loss with delta 1e-3, summed: the literature's choice.
    case lossLaw
    /// Raw residuals, squared.
    case leastSquares
    /// Log residuals, squared: for positive responses that span decades.
    case logLeastSquares
  }

  /// How a published number was checked.
  public enum Verification: String, Sendable, Hashable, CaseIterable {
    /// Read in the authors' own files.
    case file
    /// Reproduced by refitting the authors' published data.
    case refit
    /// Read in the paper or in another text that quotes it; not recomputed.
    case secondary
    /// Recalled and not checked: never a default.
    case recalled
  }

  /// Constants that were published for a law.
  public struct PublishedConstants: Sendable, Hashable {
    /// The name that selects them, such as `besiroglu`.
    public var name: String
    /// Where they were published.
    public var citation: String
    /// A value for every parameter of the law.
    public var values: [String: Double]
    /// How the values were checked.
    public var verification: Verification
    /// What to know before using them, such as units, data and known defects; may be empty.
    public var note: String

    /// Creates a set of constants.
    ///
    /// - Parameters:
    ///   - name: The name that selects them.
    ///   - citation: Where they were published.
    ///   - values: A value for every parameter of the law.
    ///   - verification: How they were checked.
    ///   - note: What to know before using them.
    public init(
      _ name: String, citation: String, values: [String: Double], verification: Verification,
      note: String = ""
    ) {
      self.name = name
      self.citation = citation
      self.values = values
      self.verification = verification
      self.note = note
    }
  }

  /// The roles of parameters in a law whose optimum at a compute budget has a closed form.
  public enum ClosedForm: Sendable, Hashable {
    /// Names of the parameters of `E + A / N^alpha + B / D^beta`.
    ///
    /// With C = 6ND, `N* = G (C/6)^(beta/(alpha+beta))` and `D* = C / (6 N*)`, where
    /// `G = (alpha A / (beta B))^(1/(alpha+beta))`. One name may fill two roles.
    case chinchilla(E: String, A: String, alpha: String, B: String, beta: String)
  }
}
