import Formulas
import LeastSquares
import ScalingLaws
import Tables
import TestSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A law as people type it, made at random: a floor and terms in one to three columns.
struct RandomFormula {
  /// A part of a sum, in words of `DrawnValue`.
  ///
  /// `#1` and `#2` are columns, `low1` and `high1` their ends; `$a` is a parameter, whose name is
  /// made unique.
  struct Term {
    var text: String
    var truth: String
    /// What people may say about the parameters.
    var bounds: String
    /// Whether its columns spread over decades.
    var isLog: Bool

    init(_ text: String, _ truth: String, _ bounds: String = "", log isLog: Bool = false) {
      (self.text, self.truth, self.bounds, self.isLog) = (text, truth, bounds, isLog)
    }

    /// The parameters, in the order of appearance.
    var parameters: [String] {
      var names: [String] = []
      for match in text.matches(of: /\$([A-Za-z]+)/) where !names.contains(String(match.output.1)) {
        names.append(String(match.output.1))
      }
      return names
    }

    var columnCount: Int { text.contains("#2") ? 2 : 1 }
  }

  static let terms: [Term] = [
    Term(
      "$A / #1^$a", "$a = 0.15..0.9; $A = 0.5..3 * low1^$a", "$A > 0; 0 < $a < 2", log: true),
    Term("$A*#1^$a", "$a = 0.2..1.5; $A = 0.5..3 / high1^$a", "$A > 0; $a > 0", log: true),
    Term("($c/#1)^$a", "$a = 0.2..0.6; $c = 0.5..5 * low1", "$c > 0; $a > 0", log: true),
    Term(
      "$A/(#1 + $b)^$a", "$a = 0.4..1.2; $b = 2..20 log * low1; $A = 1..3 * (low1 + $b)^$a",
      "$A > 0; $b > 0; $a > 0", log: true),
    Term("$A*log(#1)", "$A = 0.1..0.5", "$A >= 0", log: true),
    Term("$A*log(1 + #1/$s)", "$s = 2..30 log * low1; $A = 0.2..1", "$s > 0", log: true),
    Term(
      "$A*sigmoid($k*(log(#1) - $m))",
      "$A = 0.5..2; $k = 1..4; $m = 0.3..0.7 * log(high1/low1) + log(low1)", "$k > 0", log: true),
    Term(
      "$A*max(#1, $t)^(-$a)", "$t = 3..20 log * low1; $a = 0.2..0.6; $A = 0.8..2 * $t^$a",
      "$A > 0; $t > 0; $a > 0", log: true),
    Term("$A*#1/(#1 + $K)", "$K = 0.02..0.2 log * high1; $A = 0.5..2", "$K > 0", log: true),
    Term(
      "$A/(#1^$a*#2^$b)",
      "$a = 0.1..0.6; $b = 0.1..0.6; $A = 1..4 * low1^$a * low2^$b", "$A > 0", log: true),
    Term("$A*exp(-$k*#1)", "$k = 1..6 / high1; $A = 0.5..2", "$k > 0"),
    Term("$A*exp(-#1/$s)", "$s = 0.15..0.6 * high1; $A = 0.5..2", "$A > 0; $s > 0"),
    Term("$A*(1 - exp(-#1/$s))", "$s = 0.15..0.6 * high1; $A = 0.5..2", "$s > 0"),
    Term(
      "$A*sigmoid($k*(#1 - $m))",
      "$A = 0.5..2; $k = 6..25 log / high1; $m = 0.3..0.7 * high1", "$k > 0"),
    Term(
      "$A*sigmoid((#1 - $m)/$s)",
      "$A = 0.5..2; $s = 0.04..0.15 log * high1; $m = 0.3..0.7 * high1", "$s > 0; $m > 0"),
    Term(
      "$A/(1 + exp(-(#1 - $m)/$s))",
      "$A = 0.5..2; $s = 0.04..0.15 log * high1; $m = 0.3..0.7 * high1", "$A > 0; $s > 0"),
    Term(
      "$A*tanh((#1 - $m)/$s)",
      "$A = 0.3..1; $s = 0.1..0.4 log * high1; $m = 0.3..0.7 * high1", "$s > 0"),
    Term("$A*max(#1 - $t, 0)", "$t = 0.25..0.75 * high1; $A = 1..3 / high1", "$t >= 0"),
    Term("$A*max($t - #1, 0)", "$t = 0.25..0.75 * high1; $A = 1..3 / high1", "$A > 0; $t > 0"),
    Term("$A*abs(#1 - $m)", "$m = 0.3..0.7 * high1; $A = 1..3 / high1", "$A >= 0"),
    Term("$A*#1", "$A = 0.5..2 / high1"),
    Term("$A*exp(-$k*#1)*#2", "$k = 1..6 / high1; $A = 0.5..2 / high2", "$k > 0"),
  ]

  /// The formula.
  private(set) var text: String
  /// Its parameters as they are to be found.
  private var truth: String
  /// How its columns are drawn.
  private var columns: String
  private var ends: [String: Double] = [:]

  /// Draws a formula of two to six parameters.
  init(from generator: inout Philox) {
    repeat {
      (text, truth, columns, ends) = ("", "", "", [:])
      assemble(&generator)
    } while text.isEmpty
  }

  private mutating func assemble(_ generator: inout Philox) {
    let count = 1 + generator.next(below: 3)
    let spreads = (0..<count).map { _ in generator.next(below: 2) == 0 }
    for (place, isLog) in spreads.enumerated() { addColumn(place, of: count, isLog, &generator) }
    var used: [String: Int] = [:]
    var sum = ""
    var bounds: [String] = []
    if generator.next(below: 4) > 0 {
      sum = "E"
      used["E"] = 1
      truth = "E = 0.5..3"
    }
    for _ in 0..<max(count, 1 + generator.next(below: 2)) {
      let term = Self.terms[generator.next(below: Self.terms.count)]
      let places = spreads.indices.filter { spreads[$0] == term.isLog }
      guard places.count >= term.columnCount else { continue }
      let first = generator.next(below: places.count)
      let names = [places[first], places[(first + 1) % places.count]]
      var renamed: [String: String] = [:]
      for name in term.parameters {
        used[name, default: 0] += 1
        renamed[name] = used[name] == 1 ? name : "\(name)\(used[name] ?? 0)"
      }
      func placed(_ text: String) -> String {
        var text = text
        for (number, place) in names.enumerated() {
          for word in ["#", "low", "high"] {
            let column = Self.columnNames[place]
            text = text.replacing(
              "\(word)\(number + 1)", with: word == "#" ? column : "\(word)_\(column)")
          }
        }
        // Longest first, so that no name is taken for the beginning of another.
        for (name, new) in renamed.sorted(by: { $0.key.count > $1.key.count }) {
          text = text.replacing("$\(name)", with: new)
        }
        return text
      }
      sum += sum.isEmpty ? placed(term.text) : " + \(placed(term.text))"
      truth += "; \(placed(term.truth))"
      if !term.bounds.isEmpty, generator.next(below: 2) == 0 { bounds.append(placed(term.bounds)) }
    }
    let parameters = used.values.reduce(0, +)
    guard (2...6).contains(parameters), used.count > (used["E"] ?? 0) else { return }
    text = (bounds + ["y ~ \(sum)"]).joined(separator: "; ")
  }

  private static let columnNames = ["x", "z", "w"]

  private mutating func addColumn(
    _ place: Int, of count: Int, _ isLog: Bool, _ generator: inout Philox
  ) {
    let units = [1e-9, 1e-3, 1, 1, 100, 1e6, 1e9, 1e12]
    let high = units[generator.next(below: units.count)]
    let low = isLog ? high * [1e-2, 1e-3, 1e-4][generator.next(below: 3)] : 0.02 * high
    let name = Self.columnNames[place]
    (ends["low_\(name)"], ends["high_\(name)"]) = (low, high)
    // One column runs from end to end; several would then rise and fall together.
    let words = (count == 1 ? "even " : "") + (isLog ? "log" : "")
    columns +=
      "\(name) = \(NumberText.shortest(low))..\(NumberText.shortest(high)) \(words)\n"
  }

  // MARK: - Problems

  /// Rows of the formula without noise; nil where no search could find the truth.
  ///
  /// That is: a row without a finite value, a response that does not change, or parameters that
  /// the rows do not determine.
  func problem(_ id: String, from generator: inout Philox) throws -> BankProblem? {
    let rows = 20 + generator.next(below: 41)
    let drawn = try DrawnValue.draw(columns, count: rows, known: [:], from: &generator)
    let data = Dictionary(
      drawn.map { ($0.name, $0.values) }, uniquingKeysWith: { first, _ in first })
    let truth = Dictionary(
      try DrawnValue.draw(self.truth, count: 1, known: ends, from: &generator)
        .map { ($0.name, $0.values[0]) }, uniquingKeysWith: { first, _ in first })
    let formula = try CompiledFormula(
      Formula(text), data: data, rowCount: rows, needsResponse: false)
    let values = formula.parameters.map { truth[$0] ?? .nan }
    let response = formula.values(at: values)
    guard response.allSatisfy(\.isFinite), let low = response.min(), let high = response.max(),
      high - low > 1e-3 * max(abs(low), abs(high)),
      Self.isDetermined(formula, at: values)
    else { return nil }
    var spec = FitSpec(.formula(text))
    spec.loss = .squares
    spec.residuals = low > 0 && generator.next(below: 3) == 0 ? .log : .raw
    let table = Table(
      columns: drawn.map { ($0.name, ColumnValues.numbers($0.values)) }
        + [("y", .numbers(response))], source: id)
    let scale =
      spec.residuals == .log ? Double(rows) : response.reduce(0) { $0 + $1 * $1 }
    return BankProblem(
      id: id, kind: "random", spec: spec, table: table, best: 0, scale: scale, truth: truth)
  }

  /// Whether the Jacobian, with columns of length one, has full rank: Gram and Schmidt, the longest
  /// remaining column first.
  private static func isDetermined(_ formula: CompiledFormula, at values: [Double]) -> Bool {
    let rows = formula.rowCount
    let evaluator = formula.makeEvaluator()
    evaluator.setParameters(values)
    var output = Array(repeating: 0.0, count: (1 + values.count) * rows)
    var span = output.mutableSpan
    evaluator.evaluate(rows: 0..<rows, order: 1, into: &span, stride: rows)
    func length(_ column: [Double]) -> Double {
      column.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
    var left = values.indices.map { Array(output[(1 + $0) * rows..<(2 + $0) * rows]) }
    left = left.map { column in column.map { $0 / length(column) } }
    while !left.isEmpty {
      let lengths = left.map(length)
      guard let largest = lengths.indices.max(by: { lengths[$0] < lengths[$1] }),
        lengths[largest] > 1e-5
      else { return false }
      let pivot = left.remove(at: largest).map { $0 / lengths[largest] }
      left = left.map { column in
        let share = zip(column, pivot).reduce(0) { $0 + $1.0 * $1.1 }
        return zip(column, pivot).map { $0 - share * $1 }
      }
    }
    return true
  }
}
