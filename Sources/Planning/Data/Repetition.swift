internal import Formulas
public import ScalingLaws
internal import Tables

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What repeats of data, and parameters beyond what the unique data call for, are worth.
///
///     D' = U + U Rd (1 - exp(-(D/U - 1) / Rd))
///
/// and N' likewise with Rn, from the parameters that are optimal for U tokens.
///
/// Source: Muennighoff et al. 2023, arXiv:2305.16264, equations 5 and 6.
public struct Repetition: Sendable, Hashable {
  /// Rd: repeats after which a repeat is worth 1/e of fresh data.
  public var tokenDecay: Double
  /// Rn: the same for excess parameters.
  public var paramDecay: Double
  /// Where the two come from.
  public var source: String

  /// The constants published for C4; the default.
  public static let published = Repetition(
    tokenDecay: 15.387756, paramDecay: 5.309743,
    source:
      "repetition: Rd 15.387756, Rn 5.309743 of Muennighoff et al. 2023, arXiv:2305.16264 (C4)")

  /// Makes constants of your own.
  ///
  /// - Precondition: both are positive.
  public init(tokenDecay: Double, paramDecay: Double, source: String) {
    precondition(tokenDecay > 0 && paramDecay > 0, "decays of repeats are positive")
    (self.tokenDecay, self.paramDecay, self.source) = (tokenDecay, paramDecay, source)
  }

  /// Those of a fit of the law `data-constrained`.
  ///
  /// - Throws: `AnalysisError` for a law without Rd and Rn.
  public init(_ law: EstimatedLaw) throws(AnalysisError) {
    guard let tokens = law["Rd"], let params = law["Rn"], tokens > 0, params > 0 else {
      throw AnalysisError(
        .unsuitableLaw,
        "\(law.name) has no Rd and Rn; fit data-constrained to runs that repeat their data")
    }
    self.init(tokenDecay: tokens, paramDecay: params, source: "repetition: Rd, Rn of \(law.name)")
  }

  /// The fresh tokens that D tokens over U unique ones are worth.
  ///
  /// - Parameters:
  ///   - tokens: D, positive.
  ///   - unique: U, positive; D itself where D is less.
  /// - Returns: D', at most D.
  public func effectiveTokens(_ tokens: Double, unique: Double) -> Double {
    let unique = min(unique, tokens)
    return unique * (1 - tokenDecay * expm1(-(tokens / unique - 1) / tokenDecay))
  }

  /// The worth of a token in fresh ones, over so many epochs: D' / D.
  public func worth(epochs: Double) -> Double { effectiveTokens(epochs, unique: 1) / epochs }
}

extension EstimatedLaw {
  /// This law for data that are limited: a function of U too, with repeats worth less and less.
  ///
  /// The law `data-constrained` with E, A, B, alpha and beta of this one, and so with its
  /// uncertainty, and constants of repetition that are given. A law that reads U is returned as it
  /// is.
  ///
  /// - Parameter repetition: what repeats are worth. The default is the published constants.
  /// - Returns: a law of N, D and U.
  /// - Throws: `AnalysisError` for a law that neither reads U nor has the Chinchilla form.
  public func repeating(_ repetition: Repetition = .published) throws -> EstimatedLaw {
    guard !inputs.contains("U") else { return self }
    guard case .chinchilla(let E, let A, let alpha, let B, let beta)? = closedForm else {
      throw AnalysisError(
        .unsuitableLaw,
        "\(name) cannot tell what repeats of data are worth; fit data-constrained, or a law of the "
          + "Chinchilla form, to which published constants of repetition can be added")
    }
    let roles = [("E", E), ("A", A), ("alpha", alpha), ("B", B), ("beta", beta)]
    let definitions =
      roles.filter { $0.0 != $0.1 }.map { "\($0.0) = \($0.1)" }
      + [
        "Rd = \(NumberText.shortest(repetition.tokenDecay))",
        "Rn = \(NumberText.shortest(repetition.paramDecay))",
      ]
    // Bounds belong to the parameters, and those this law has already.
    let body = Law.dataConstrained.formula.split(separator: "\n")
      .filter { line in !line.contains("<") && !line.contains("> 0") }.map(String.init)
    var law = self
    law.formula = try Formula((definitions + body).joined(separator: "\n"))
    law.closedForm = nil
    law.name = "\(name) with repeats"
    return law
  }
}
