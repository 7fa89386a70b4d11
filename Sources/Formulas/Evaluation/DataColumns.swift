internal import CVectorMath

/// The data columns a compiled formula reads: raw ones and everything computed from data alone.
struct DataColumns: Sendable {
  let rowCount: Int
  /// Column after column, each `rowCount` long.
  private(set) var values: [Double] = []
  private(set) var count = 0

  init(rowCount: Int) { self.rowCount = rowCount }

  mutating func append(_ column: [Double]) {
    precondition(column.count == rowCount)
    values += column
    count += 1
  }

  /// The same columns for some of the rows, in the order given.
  func selecting(rows: [Int]) -> DataColumns {
    var result = DataColumns(rowCount: rows.count)
    result.values.reserveCapacity(rows.count * count)
    for column in 0..<count {
      let start = column * rowCount
      for row in rows { result.values.append(values[start + row]) }
    }
    result.count = count
    return result
  }
}

extension Graph {
  /// The values of the data-only nodes `wanted` on every row.
  ///
  /// `columns` are the table's, by the index that `.column` nodes carry.
  func evaluateData(_ wanted: [Int], columns: [[Double]], rowCount: Int) -> [[Double]] {
    var values: [Int: [Double]] = [:]
    for index in needed(for: wanted) where !dependsOnParameters(index) {
      let node = nodes[index]
      switch node.op {
      case .column(let column): values[index] = columns[column]
      case .constant(let bits):
        values[index] = Array(repeating: Double(bitPattern: bits), count: rowCount)
      default:
        guard let a = values[node.a] else { continue }
        let b = node.b >= 0 ? values[node.b] ?? a : a
        values[index] = unsafe [Double](unsafeUninitializedCapacity: rowCount) { out, count in
          unsafe a.withUnsafeBufferPointer { x in
            unsafe b.withUnsafeBufferPointer { y in
              if let x = x.baseAddress, let y = y.baseAddress, let out = out.baseAddress {
                unsafe vm_apply(node.op.kernel, vm_both_rows, x, y, out, rowCount)
              }
            }
          }
          count = rowCount
        }
      }
    }
    return wanted.map { values[$0] ?? [] }
  }
}
