internal import Formulas
internal import Tables

/// The compute of every row, which orders runs from small to large, and its levels.
struct RunBudgets {
  /// Where it comes from: a column, `6ND`, or the one variable of the laws.
  let name: String
  /// One per row.
  let values: [Double]

  /// Compute of the rows: the column of C, else 6ND, else the one variable that all laws read.
  ///
  /// - Returns: nil where none of them is there and positive in every row.
  init?(_ laws: [FitData], stated: [String: String]) {
    guard let table = laws.first?.table else { return nil }
    func column(_ name: String) -> [Double]? {
      guard let column = try? ColumnMapping.find(name, stated: stated, table: table),
        let values = try? ColumnMapping.numbers(column, in: table),
        values.allSatisfy({ $0 > 0 && $0.isFinite })
      else { return nil }
      return values
    }
    if let flops = column("C") {
      name = (try? ColumnMapping.find("C", stated: stated, table: table)) ?? "C"
      values = flops
    } else if let params = column("N"), let tokens = column("D") {
      name = "6ND"
      values = zip(params, tokens).map { 6 * $0 * $1 }
    } else {
      let inputs = Set(laws.map(Self.inputs))
      guard inputs.count == 1, let only = inputs.first, only.count == 1, let name = only.first,
        let column = laws.first?.values[name], column.allSatisfy({ $0 > 0 && $0.isFinite })
      else { return nil }
      self.name = laws.first?.columns[name] ?? name
      values = column
    }
  }

  /// The data that a prediction reads.
  private static func inputs(of data: FitData) -> Set<String> {
    Set(data.parsed.freeNames.filter { data.values[$0] != nil })
      .subtracting(data.parsed.responseNames)
  }

  /// Some rows by budget, smallest first: the distinct budgets of a grid, else tenths of the rows.
  ///
  /// Budgets are a grid where rows within 1 % of each other make up to 25 levels of three rows and
  /// more on average.
  func levels(of rows: [Int]) -> (rows: [[Int]], isGrid: Bool) {
    let order = rows.sorted { (values[$0], $0) < (values[$1], $1) }
    var levels: [[Int]] = []
    for row in order {
      if let first = levels.last?.first, values[row] <= values[first] * 1.01 {
        levels[levels.count - 1].append(row)
      } else {
        levels.append([row])
      }
    }
    if levels.count <= 25, levels.count * 3 <= rows.count { return (levels, true) }
    let count = min(10, order.count)
    let tenths = (0..<count).map {
      Array(order[($0 * order.count / count)..<(($0 + 1) * order.count / count)])
    }
    return (tenths, false)
  }
}
