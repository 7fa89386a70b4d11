internal import Tables

/// Parameter vectors drawn by a bootstrap, in the order of the parameters.
struct Draws: Sendable, Hashable {
  var values: [[Double]]
  /// Replicates without a finite fit.
  var failed: Int
  /// Replicates whose search ended without reaching a minimum; they are among the values.
  var unconverged = 0

  var count: Int { values.count }

  /// One line per draw, shortest numbers that round-trip: what the saved fit holds.
  var lines: [String] {
    values.map { $0.map(NumberText.shortest).joined(separator: " ") }
  }

  init(values: [[Double]], failed: Int = 0) {
    self.values = values
    self.failed = failed
  }

  /// Residuals in ascending order, or a thousand quantiles of more, as one line.
  static func line(ofResiduals residuals: [Double]) -> String {
    let kept =
      residuals.count <= 1001
      ? residuals.sorted() : quantiles(residuals, (0...1000).map { Double($0) / 1000 })
    return kept.map(NumberText.shortest).joined(separator: " ")
  }

  /// Reads the lines of a saved fit.
  init(lines: [String], parameterCount: Int) throws(AnalysisError) {
    var values: [[Double]] = []
    values.reserveCapacity(lines.count)
    for (index, line) in lines.enumerated() {
      let draw = line.split(separator: " ").compactMap { Double($0) }
      guard draw.count == parameterCount, draw.count == line.split(separator: " ").count else {
        throw AnalysisError(
          .badFile, "draw \(index + 1): expected \(parameterCount) numbers, found '\(line)'")
      }
      values.append(draw)
    }
    self.init(values: values)
  }

  /// Quantiles of some numbers, by linear interpolation between order statistics (R's type 7); NaN
  /// is left out.
  static func quantiles(_ numbers: [Double], _ levels: [Double]) -> [Double] {
    let sorted = numbers.filter { !$0.isNaN }.sorted()
    guard let last = sorted.last else { return levels.map { _ in .nan } }
    return levels.map { level in
      let position = level * Double(sorted.count - 1)
      let index = min(Int(position), sorted.count - 1)
      guard index + 1 < sorted.count else { return last }
      let (low, high) = (sorted[index], sorted[index + 1])
      return low == high ? low : low + (position - Double(index)) * (high - low)
    }
  }

  /// The standard deviation of a parameter over the draws.
  func standardDeviation(of parameter: Int) -> Double {
    guard count > 1 else { return .nan }
    let column = values.map { $0[parameter] }
    let mean = column.reduce(0, +) / Double(count)
    return (column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)).squareRoot()
  }
}
