#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The likelihood of a beta-binomial, maximised by Newton's method in ln alpha and ln beta.
///
/// With m_j problems of more than j correct, f_j of more than j wrong and t_j of more than j
/// samples:
///
///     ln L = sum_j m_j ln(alpha + j) + f_j ln(beta + j) - t_j ln(alpha + beta + j) + constant
///
/// so that one evaluation with both derivatives takes as many terms as the most samples, however
/// many the problems.
///
/// Source: Skellam 1948, doi:10.1111/j.2517-6161.1948.tb00014.x, in the form of Griffiths 1973.
struct BetaBinomialFit {
  private let correct: [Double]
  private let wrong: [Double]
  private let drawn: [Double]

  init(_ problems: [Attempts.Problem]) {
    correct = Self.exceeding(problems.map(\.correct))
    wrong = Self.exceeding(problems.map { $0.samples - $0.correct })
    drawn = Self.exceeding(problems.map(\.samples))
  }

  /// How many of the counts exceed 0, 1, 2 and so on.
  private static func exceeding(_ counts: [Int]) -> [Double] {
    var result = Array(repeating: 0.0, count: counts.max() ?? 0)
    for count in counts where count > 0 { result[count - 1] += 1 }
    for index in result.indices.dropLast().reversed() { result[index] += result[index + 1] }
    return result
  }

  private struct Sums {
    var value = 0.0
    var first = 0.0
    var second = 0.0

    /// Sums of ln(x + j), its derivative and its second derivative in ln x.
    init(_ weights: [Double], _ x: Double) {
      for (j, weight) in weights.enumerated() where weight > 0 {
        let sum = x + Double(j)
        value += weight * log(sum)
        first += weight * x / sum
        second += weight * x * Double(j) / (sum * sum)
      }
    }
  }

  /// Logarithms beyond which a beta distribution is a point, or two, to every practical purpose.
  private static let limit = log(1e7)

  /// The maximum; nil where there is none: no problem was solved, or none failed, or the problems
  /// do not differ more than chance explains.
  func maximum(start: (alpha: Double, beta: Double)? = nil) -> (alpha: Double, beta: Double)? {
    guard let solved = correct.first, solved > 0, let failed = wrong.first, failed > 0 else {
      return nil
    }
    let start = start ?? (0.5, 0.5 * wrong.reduce(0, +) / correct.reduce(0, +))
    var (x, y) = (log(start.alpha), log(start.beta))
    var best = logLikelihood(x, y)
    for _ in 0..<100 {
      let (alpha, beta) = (exp(x), exp(y))
      let (a, b, c) = (Sums(correct, alpha), Sums(wrong, beta), Sums(drawn, alpha + beta))
      // The third sum is in ln(alpha + beta); p and q are the shares of alpha and beta in it.
      let (p, q) = (alpha / (alpha + beta), beta / (alpha + beta))
      let gradient = (a.first - p * c.first, b.first - q * c.first)
      guard hypot(gradient.0, gradient.1) > 1e-9 * c.first else { return (alpha, beta) }
      let mixed = p * q * c.first - p * q * c.second
      let xx = a.second - p * p * c.second - p * q * c.first
      let yy = b.second - q * q * c.second - p * q * c.first
      var step = Self.ascent(xx, mixed, yy, gradient)
      // Halved until it climbs.
      var isClimbing = false
      for _ in 0..<40 {
        let value = logLikelihood(x + step.0, y + step.1)
        if value > best {
          (x, y, best) = (x + step.0, y + step.1, value)
          isClimbing = true
          break
        }
        step = (step.0 / 2, step.1 / 2)
      }
      if max(x, y) > Self.limit || min(x, y) < -Self.limit { return nil }
      // No step climbs: the summit to rounding.
      guard isClimbing else { return (alpha, beta) }
    }
    return nil
  }

  /// Newton's step where the second derivatives bend downwards, else along the gradient; at most 2
  /// in each logarithm.
  private static func ascent(
    _ xx: Double, _ xy: Double, _ yy: Double, _ gradient: (Double, Double)
  ) -> (Double, Double) {
    let determinant = xx * yy - xy * xy
    var step = gradient
    if xx < 0, determinant > 0 {
      step = (
        -(yy * gradient.0 - xy * gradient.1) / determinant,
        -(xx * gradient.1 - xy * gradient.0) / determinant
      )
    }
    let length = max(abs(step.0), abs(step.1))
    return length > 2 ? (2 * step.0 / length, 2 * step.1 / length) : step
  }

  private func logLikelihood(_ x: Double, _ y: Double) -> Double {
    let (alpha, beta) = (exp(x), exp(y))
    return Sums(correct, alpha).value + Sums(wrong, beta).value - Sums(drawn, alpha + beta).value
  }
}
