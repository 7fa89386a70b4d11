/// A scaling law: a formula with its meaning, its source and the constants published for it.
///
/// A law holds no code. Its ``formula`` is text in the formula language, the same text a user can
/// write, and one engine evaluates all of them. Everything else here describes that text: what the
/// data columns are, what each parameter means, where a search should begin, and which constants
/// have been published.
///
/// ```swift
/// let law = Law.named("chinchilla")
/// let constants = law?.constants(named: "besiroglu")
/// ```
public struct Law: Sendable, Hashable {
  /// The short name that selects the law, such as `chinchilla`.
  public var name: String
  /// One line for a list of laws.
  public var title: String
  /// What the law says, when to use it and when not.
  public var summary: String
  /// The law in the formula language: definitions, bounds and one `response ~ prediction`.
  public var formula: String
  /// Authors, year, identifier and equation or table.
  public var citation: String
  /// The data columns the formula uses, the response last.
  public var variables: [Variable]
  /// The parameters, in the order in which results list them.
  public var parameters: [Parameter]
  /// How the literature fits the law; the default of a fit.
  public var objective: Objective
  /// Published constants, the preferred set first.
  public var constants: [PublishedConstants]
  /// Which parameters play which role if the optimum on C = 6ND has a closed form, else nil.
  public var closedForm: ClosedForm?

  /// Creates a law.
  ///
  /// - Parameters:
  ///   - name: The name that selects it, lower case with hyphens.
  ///   - title: One line for a list.
  ///   - summary: What it says, when to use it and when not.
  ///   - formula: The text in the formula language.
  ///   - citation: Authors, year, identifier and place.
  ///   - variables: The data columns, the response last.
  ///   - parameters: The parameters in display order.
  ///   - objective: How the literature fits it.
  ///   - constants: Published constants, the preferred set first.
  ///   - closedForm: The roles of the parameters in a closed-form optimum.
  public init(
    name: String, title: String, summary: String, formula: String, citation: String,
    variables: [Variable], parameters: [Parameter], objective: Objective = .lossLaw,
    constants: [PublishedConstants] = [], closedForm: ClosedForm? = nil
  ) {
    self.name = name
    self.title = title
    self.summary = summary
    self.formula = formula
    self.citation = citation
    self.variables = variables
    self.parameters = parameters
    self.objective = objective
    self.constants = constants
    self.closedForm = closedForm
  }

  /// The published constants of that name, or nil.
  ///
  /// - Parameter name: A name such as `besiroglu`; case matters.
  /// - Returns: The constants, or nil if this law has none of that name.
  public func constants(named name: String) -> PublishedConstants? {
    constants.first { $0.name == name }
  }

  /// The constants to use when none is named: the first set that was not merely recalled.
  public var defaultConstants: PublishedConstants? {
    constants.first { $0.verification != .recalled }
  }
}
