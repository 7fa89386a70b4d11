internal import Formulas
internal import Tables

extension FitData {
  /// The rows of each cluster; each row for itself without a column.
  func clusters(by column: String?) throws -> [[Int]] {
    let rows = table.rowCount
    guard let column else { return (0..<rows).map { [$0] } }
    var members: [String: [Int]] = [:]
    var order: [String] = []
    for (row, name) in try table.texts(column).enumerated() {
      if members[name] == nil { order.append(name) }
      members[name, default: []].append(row)
    }
    guard order.count > 1 else {
      throw AnalysisError(
        .badSetting,
        "column \(column) names one cluster only; there is nothing to resample: leave --cluster out "
          + "or give another column")
    }
    return order.map { members[$0] ?? [] }
  }

  /// The number of the cluster of each row; nil without a column.
  func clusterNumbers(by column: String?) throws -> [Int]? {
    guard column != nil else { return nil }
    var result = Array(repeating: 0, count: table.rowCount)
    for (number, rows) in try clusters(by: column).enumerated() {
      for row in rows { result[row] = number }
    }
    return result
  }

  /// Refuses fewer clusters than free parameters and one: nothing could be said about their
  /// scatter.
  func checkClusters(_ clusters: [Int]?, _ spec: FitSpec) throws(AnalysisError) {
    guard let count = clusters.map({ Set($0).count }) else { return }
    let free = formula.parameters.count - spec.fixed.count
    guard count > free else {
      throw AnalysisError(
        .badSetting,
        "column \(spec.cluster ?? ""): \(count) clusters for \(free) free parameters; errors over clusters "
          + "need more clusters than parameters, so leave --cluster out or fix parameters (--fix)")
    }
  }
}
