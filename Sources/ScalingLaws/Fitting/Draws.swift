internal import Tables

/// Parameter vectors of resampled fits, in the order of the parameters.
///
/// Its saved form is a line for each: the values separated by blanks, shortest text that
/// round-trips.
public struct Draws: Sendable, Hashable {
  /// The parameters of each draw.
  public var values: [[Double]]

  /// How many there are.
  public var count: Int { values.count }

  /// Makes draws of parameter vectors.
  public init(values: [[Double]]) { self.values = values }

  /// Residuals in ascending order, or a thousand quantiles of more, as one line.
  static func line(ofResiduals residuals: [Double]) -> String {
    let kept =
      residuals.count <= 1001
      ? residuals.sorted() : quantiles(residuals, (0...1000).map { Double($0) / 1000 })
    return kept.map(NumberText.shortest).joined(separator: " ")
  }

  /// Checks that every draw has a value for each parameter.
  func check(parameterCount: Int) throws(AnalysisError) {
    if let index = values.firstIndex(where: { $0.count != parameterCount }) {
      throw AnalysisError(
        .badFile,
        "draw \(index + 1): expected \(parameterCount) numbers, found \(values[index].count)")
    }
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

extension Draws: Codable {
  /// Reads the lines of a saved fit.
  public init(from decoder: any Decoder) throws {
    var lines = try decoder.unkeyedContainer()
    values = []
    while !lines.isAtEnd {
      let line = try lines.decode(String.self)
      let fields = line.split(separator: " ")
      values.append(fields.compactMap { Double($0) })
      guard values.last?.count == fields.count else {
        throw DecodingError.dataCorruptedError(
          in: lines, debugDescription: "expected numbers, found '\(line)'")
      }
    }
  }

  /// Writes a line for each draw.
  public func encode(to encoder: any Encoder) throws {
    var lines = encoder.unkeyedContainer()
    for draw in values {
      try lines.encode(draw.map(NumberText.shortest).joined(separator: " "))
    }
  }
}
