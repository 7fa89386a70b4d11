extension Table {
  /// A column as numbers, each correctly rounded.
  ///
  /// A number is written `[+-]digits[.digits][e[+-]digits]`; no blanks, no suffixes. `NaN`, `inf`
  /// and `Infinity` in any case, with or without a sign, are recognised.
  ///
  /// - Parameters:
  ///   - column: the name of the column.
  ///   - allowingNonFinite: whether NaN and infinities are accepted. The default is false: they
  ///     are errors.
  /// - Returns: one number per row.
  /// - Throws: ``TableError`` for a missing column, or for the first field that is empty, no
  ///   number, not finite or too large, with its line.
  /// - Complexity: O(bytes of the column); no allocation per field.
  public func numbers(
    _ column: String, allowingNonFinite: Bool = false
  ) throws(TableError) -> [Double] {
    let index = try index(of: column)
    var values = [Double](repeating: 0, count: rowCount)
    if let fault = firstFault(index, allowingNonFinite, into: &values) {
      let found = text(columnIndex: index, row: fault.row)
      let code: TableError.Code =
        switch fault.outcome {
        case .empty: .empty
        case .overflow: .outOfRange(found: found)
        case .nan, .infinity: .notFinite(found: found)
        case .notANumber, .number: .notANumber(found: found)
        }
      throw TableError(
        code: code, source: source, column: column, line: lineNumber(ofRow: fault.row))
    }
    return values
  }

  /// Whether every field of a column is a number, NaN and infinities included.
  ///
  /// False for a column that does not exist and for a column of a file without rows.
  ///
  /// - Complexity: O(bytes of the column).
  public func isNumeric(_ column: String) -> Bool {
    guard let index = try? index(of: column) else { return false }
    if case .columns(let columns) = storage, case .numbers = columns[index] { return true }
    guard rowCount > 0 else { return false }
    var values = [Double](repeating: 0, count: rowCount)
    return firstFault(index, true, into: &values) == nil
  }

  /// Decodes a column into `values` up to the first field that is not acceptable.
  private func firstFault(
    _ column: Int, _ allowingNonFinite: Bool, into values: inout [Double]
  ) -> (row: Int, outcome: NumberDecoder.Outcome)? {
    let decoder = NumberDecoder()
    // One loop for files and memory, so that a refused value is refused in both.
    func decode(_ outcome: (Int) -> NumberDecoder.Outcome) -> (Int, NumberDecoder.Outcome)? {
      for row in 0..<rowCount {
        let outcome = outcome(rows?[row] ?? row)
        switch outcome {
        case .number(let value): values[row] = value
        case .nan where allowingNonFinite: values[row] = .nan
        case .infinity(let negative) where allowingNonFinite:
          values[row] = negative ? -.infinity : .infinity
        default: return (row, outcome)
        }
      }
      return nil
    }
    switch storage {
    case .fields(let fields):
      let bytes = fields.bytes
      return decode { row in
        let place = fields.place(row: row, column: column)
        return decoder.decode(bytes.span, from: Int(place.start), to: Int(place.end))
      }
    case .columns(let columns):
      switch columns[column] {
      case .numbers(let numbers):
        return decode { row in
          let value = numbers[row]
          if value.isNaN { return .nan }
          return value.isInfinite ? .infinity(negative: value < 0) : .number(value)
        }
      case .texts(let texts):
        return decode { row in
          let bytes = Array(texts[row].utf8)
          return decoder.decode(bytes.span, from: 0, to: bytes.count)
        }
      }
    }
  }
}
