internal import Formulas
internal import LeastSquares
internal import Tables

/// Runs that could be made, not far from those that were.
///
/// They take round values of the law's first two inputs (N and D where it has them) from a tenth to
/// ten times what the data span, at most the largest budget already spent. Other inputs are held at
/// their median.
struct CandidateRuns {
  private let columns: [String: [Double]]
  private let count: Int
  private let hasCompute: Bool
  /// The weight of a run like the others.
  private let weight: Double

  /// Six values a decade, which people can remember.
  private static let mantissas = [1, 1.5, 2, 3, 5, 7]

  /// Lists the candidates; nil where none is left, or the law has no input.
  ///
  /// - Parameters:
  ///   - data: the runs made.
  ///   - rows: those of them in use.
  ///   - isUseful: which values of the first two inputs to consider at all.
  init?(data: FitData, rows: [Int], where isUseful: (Double, Double) -> Bool) {
    var spans: [String: (lower: Double, upper: Double, middle: Double)] = [:]
    for name in data.inputNames {
      let sorted = rows.compactMap { data.values[name]?[$0] }.sorted()
      guard let lower = sorted.first, let upper = sorted.last else { return nil }
      spans[name] = (lower, upper, sorted[sorted.count / 2])
    }
    hasCompute = spans["N"] != nil && spans["D"] != nil
    let axes = hasCompute ? ["N", "D"] : Array(data.inputNames.prefix(2))
    guard let first = axes.first else { return nil }
    func nodes(_ name: String) -> [Double] {
      guard let span = spans[name] else { return [] }
      guard span.lower > 0 else {
        return (0...24).map { span.lower + (span.upper - span.lower) * Double($0) / 24 }
      }
      return Self.round(from: span.lower / 10, to: span.upper * 10)
    }
    let limit = rows.map { data.runSize[$0] }.max() ?? .infinity
    var found: [[Double]] = []
    for a in nodes(first) {
      for b in axes.count > 1 ? nodes(axes[1]) : [0] {
        let isAffordable =
          hasCompute
          ? 6 * a * b <= limit : axes.firstIndex(of: "C").map { [a, b][$0] <= limit } ?? true
        if isAffordable, isUseful(a, b) { found.append([a, b]) }
      }
    }
    guard !found.isEmpty else { return nil }
    count = found.count
    var columns: [String: [Double]] = [:]
    for (name, span) in spans {
      let axis = axes.firstIndex(of: name)
      columns[name] = found.map { run in axis.map { run[$0] } ?? span.middle }
    }
    self.columns = columns
    weight =
      data.weights.map { weights in
        rows.reduce(0) { $0 + weights[$1] } / Double(max(rows.count, 1))
      } ?? 1
  }

  private static func round(from lower: Double, to upper: Double) -> [Double] {
    let tolerance = 1e-9
    var decade = floor(base10(lower))
    var result: [Double] = []
    while true {
      for mantissa in mantissas {
        // Read from text, so that the value is the one that people write.
        let value = Double("\(mantissa)e\(Int(decade))") ?? .nan
        if value > upper * (1 + tolerance) { return result }
        if value >= lower * (1 - tolerance) { result.append(value) }
      }
      decade += 1
      guard decade < 400 else { return result }
    }
  }

  private static func base10(_ x: Double) -> Double { logarithm(x) / logarithm(10) }

  private static func floor(_ x: Double) -> Double { x.rounded(.down) }

  /// The inputs of a candidate.
  func inputs(_ run: Int) -> [String: Double] { columns.mapValues { $0[run] } }

  /// Its compute, for laws of N and D.
  func flops(_ run: Int) -> Double? {
    guard hasCompute, let params = columns["N"], let tokens = columns["D"] else { return nil }
    return 6 * params[run] * tokens[run]
  }

  /// The row of the weighted Jacobian that each candidate would add.
  func jacobian(_ data: FitData, at parameters: [Double], free: [Int]) throws -> [[Double]] {
    let compiled = try CompiledFormula(
      data.parsed, data: columns, rowCount: count, needsResponse: false,
      order: data.formula.parameters)
    guard compiled.parameters == data.formula.parameters else { return [] }
    let evaluator = compiled.makeEvaluator()
    evaluator.setParameters(parameters)
    var output = Array(repeating: 0.0, count: (1 + parameters.count) * count)
    var span = output.mutableSpan
    evaluator.evaluate(rows: 0..<count, order: 1, into: &span, stride: count)
    return (0..<count).map { run in
      let scale = weight.squareRoot() * (data.residuals == .raw ? 1 : 1 / output[run])
      return free.map { scale * output[(1 + $0) * count + run] }
    }
  }
}
