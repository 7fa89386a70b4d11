import Tables
import Testing

@testable import Formulas

/// Whatever the text, there is a value or an error with a place in the text.
@Suite struct FuzzTests {
  #if DEBUG
    static let total = 50_000
  #else
    static let total = 1_000_000
  #endif
  static let parts = 12

  static let table = Table(columns: [
    ("x", .numbers([0.5, 2, 0])), ("z", .numbers([-1, .nan, 3])),
    ("kind", .texts(["hot", "", "é"])),
  ])

  @Test(arguments: FuzzText.Kind.allCases, 0..<parts)
  func anyText(_ kind: FuzzText.Kind, _ part: Int) {
    var fuzz = FuzzText(random: SeededRandom(seed: UInt64(part) << 8 + 17))
    var valid = (formulas: 0, filters: 0, bounds: 0)
    for _ in 0..<(Self.total / Self.parts / FuzzText.Kind.allCases.count + 1) {
      let text = fuzz.next(kind)
      do throws(FormulaError) {
        let formula = try Formula(text)
        valid.formulas += 1
        try compile(formula, evenly: valid.formulas)
      } catch {
        check(error, text)
      }
      do throws(FormulaError) {
        valid.bounds += try Formula.bounds(in: text).isEmpty ? 0 : 1
      } catch {
        check(error, text)
      }
      do throws(FormulaError) {
        let filter = try RowFilter(text)
        let rows = try filter.rows(of: Self.table)
        if !rows.allSatisfy({ 0..<3 ~= $0 }) || rows != rows.sorted() {
          Issue.record("rows \(rows) of \(text.debugDescription)")
        }
        valid.filters += 1
      } catch {
        check(error, text)
      }
    }
    // Some of the soup and of the mutants must be sound, or nothing but the parser was tried.
    if kind != .bytes { #expect(valid.formulas > 20) }
    if kind == .mutations { #expect(valid.filters > 5 && valid.bounds > 5) }
  }

  /// Compiles a formula and evaluates all of it; every tenth only, and the first ones.
  private func compile(_ formula: Formula, evenly index: Int) throws(FormulaError) {
    guard index < 30 || index.isMultiple(of: 10) else { return }
    let compiled = try CompiledFormula(
      formula, data: ["x": [0.5, 2, 0], "z": [-1, .nan, 3]], rowCount: 3, needsResponse: false)
    let point = compiled.parameters.indices.map { 0.5 + Double($0) / 3 }
    let columns = compiled.columns(at: point, order: 2)
    #expect(columns.count == 1 + point.count + compiled.hessianPairs.count)
    // The value does not depend on which derivatives are asked for.
    let values = compiled.values(at: point)
    #expect(zip(values, columns[0]).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) })
  }

  private func check(_ error: FormulaError, _ text: String) {
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    let isInside =
      1...lines.count ~= error.line && 1...(lines[error.line - 1].count + 1) ~= error.column
    let isOneLine = error.description.unicodeScalars.allSatisfy {
      $0.value >= 0x20 && $0.value != 0x7f && $0.value != 0x2028 && $0.value != 0x2029
    }
    // An #expect for each of millions would take longer than all the parsing.
    if !isInside || !isOneLine || error.message.isEmpty {
      Issue.record("\(error.description.debugDescription) in \(text.debugDescription)")
    }
  }
}
