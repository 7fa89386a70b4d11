import Formulas
import Foundation
public import LeastSquares

/// A named quantity and how it is drawn, as text.
///
///     b = 0.15..0.4                   uniform
///     k = 5..20 log / unit            uniform in the logarithm, then divided by the unit
///     P = 2|4|8                       one of these
///     x = 0..1 even * unit            from end to end in equal steps, one a row
///     x = 0.001..1 even log * unit    in equal ratios
///     loss = 1.8..4 sorted            drawn, in ascending order
///     A = 1.4..2.2 * 3e7^a            may use what was drawn before it
///     beta = alpha + 0.01             not drawn at all
///     simplex w 5 * unit              w1 to w5, uniform among those whose sum is one
///
/// Quantities stand on lines of their own or between semicolons.
public struct DrawnValue {
  private enum Source {
    case range(lower: Double, upper: Double)
    case choice([Double])
    case simplex(parts: Int)
    case none
  }

  private var name: String
  private var source: Source
  private var words: Set<Substring> = []
  /// What follows the draw in a formula.
  private var rest: String

  private init(_ line: Substring) {
    var words = line.split(separator: " ")[...]
    if words.first == "simplex", words.count > 2, let parts = Int(words[2]) {
      (name, source) = (String(words[1]), .simplex(parts: parts))
      rest = words.dropFirst(3).joined(separator: " ")
      return
    }
    precondition(words.count > 2 && words[1] == "=", "no draw: \(line)")
    name = String(words[0])
    words = words.dropFirst(2)
    let ends = (words.first ?? "").split(separator: "..").compactMap { Double($0) }
    let choices = (words.first ?? "").split(separator: "|").compactMap { Double($0) }
    if ends.count == 2 {
      source = .range(lower: ends[0], upper: ends[1])
    } else if choices.count > 1 {
      source = .choice(choices)
    } else {
      source = .none
    }
    if ends.count == 2 || choices.count > 1 { words = words.dropFirst() }
    while let word = words.first, ["log", "even", "sorted"].contains(word) {
      self.words.insert(word)
      words = words.dropFirst()
    }
    rest = words.joined(separator: " ")
  }

  /// Draws every quantity of a text.
  ///
  /// - Parameters:
  ///   - text: the quantities.
  ///   - count: values of each.
  ///   - known: values of other names that the text may use, one each.
  ///   - generator: where the draws come from.
  /// - Returns: names and values, in the order of the text.
  /// - Throws: `FormulaError` for a text with a slip.
  public static func draw(
    _ text: String, count: Int, known: [String: Double], from generator: inout Philox
  ) throws -> [(name: String, values: [Double])] {
    var data = known.mapValues { Array(repeating: $0, count: count) }
    var result: [(name: String, values: [Double])] = []
    for line in text.split(whereSeparator: { $0 == "\n" || $0 == ";" })
    where line.contains(where: { $0 != " " }) {
      let value = DrawnValue(line)
      for (name, draws) in value.draws(count, from: &generator) {
        let formula = try Formula("value ~ \(draws == nil ? "" : "draw") \(value.rest)")
        data["draw"] = draws
        let values = try CompiledFormula(
          formula, data: data, rowCount: count, needsResponse: false
        ).values(at: [])
        data[name] = values
        result.append((name, values))
      }
    }
    return result
  }

  private func draws(
    _ count: Int, from generator: inout Philox
  ) -> [(name: String, draws: [Double]?)] {
    switch source {
    case .none: return [(name, nil)]
    case .choice(let values):
      return [(name, (0..<count).map { _ in values[generator.next(below: values.count)] })]
    case .range(let lower, let upper):
      let isLog = words.contains("log")
      func value(_ share: Double) -> Double {
        isLog
          ? exp(log(lower) + share * (log(upper) - log(lower)))
          : lower + share * (upper - lower)
      }
      let shares = (0..<count).map { row in
        words.contains("even")
          ? Double(row) / Double(max(count - 1, 1)) : generator.nextUniform()
      }
      return [(name, (words.contains("sorted") ? shares.sorted() : shares).map(value))]
    case .simplex(let parts):
      var columns = Array(repeating: [Double](), count: parts)
      for _ in 0..<count {
        let weights = (0..<parts).map { _ in -log(1 - generator.nextUniform()) }
        let total = weights.reduce(0, +)
        for part in 0..<parts { columns[part].append(weights[part] / total) }
      }
      return columns.enumerated().map { ("\(name)\($0 + 1)", $1) }
    }
  }
}
