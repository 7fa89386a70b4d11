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
}
