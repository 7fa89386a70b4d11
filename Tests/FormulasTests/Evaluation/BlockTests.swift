import Testing

@testable import Formulas

/// Ranges of rows, strides and selections, against one evaluation of the whole.
@Suite struct BlockTests {
  static let law = "r = x / z; y ~ e + a * x^b / z + exp(-c * r) * log(z)"
  static let point = [1.5, -0.75, 0.3, 0.2]

  static func compiled(_ rows: Int) throws -> CompiledFormula {
    var random = SeededRandom(seed: UInt64(rows))
    func column() -> [Double] { (0..<rows).map { _ in Double.random(in: 0.5...4, using: &random) } }
    return try CompiledFormula(
      Formula(law), data: ["x": column(), "z": column(), "y": column()], rowCount: rows,
      order: ["e", "a", "b", "c"])
  }

  @Test(arguments: [1, 127, 128, 129, 1000], [0, 1, 2])
  func rangesAndStrides(_ rows: Int, _ order: Int) throws {
    let formula = try Self.compiled(rows)
    let whole = formula.columns(at: Self.point, order: order)
    let evaluator = formula.makeEvaluator()
    evaluator.setParameters(Self.point)
    var ranges = [0..<rows, 0..<1, (rows - 1)..<rows, 0..<0, rows..<rows, (rows / 3)..<(rows / 2)]
    if rows > 128 { ranges += [1..<129, 127..<129, 0..<128] }
    for range in ranges {
      for padding in [0, 1, 57] {
        let stride = range.count + padding
        var output = Array(repeating: -7.0, count: whole.count * stride)
        var span = output.mutableSpan
        evaluator.evaluate(rows: range, order: order, into: &span, stride: stride)
        for column in whole.indices {
          let start = column * stride
          #expect(output[start..<(start + range.count)] == whole[column][range])
          // What lies between the columns belongs to the caller.
          #expect(output[(start + range.count)..<(start + stride)].allSatisfy { $0 == -7 })
        }
      }
    }
  }

  @Test func ordersAgree() throws {
    let formula = try Self.compiled(300)
    let all = formula.columns(at: Self.point, order: 2)
    #expect(formula.values(at: Self.point) == all[0])
    #expect(formula.columns(at: Self.point, order: 0) == [all[0]])
    #expect(formula.columns(at: Self.point, order: 1) == Array(all[...4]))
  }

  @Test func selectionsWithRepeats() throws {
    let formula = try Self.compiled(300)
    let whole = formula.columns(at: Self.point, order: 2)
    let rows = [299, 0, 7, 7, 7, 128, 127, 0] + Array((100..<290).reversed())
    let selected = formula.selecting(rows: rows)
    #expect(selected.rowCount == rows.count)
    #expect(selected.parameters == formula.parameters)
    #expect(selected.response == rows.map { formula.response[$0] })
    #expect(
      selected.columns(at: Self.point, order: 2) == whole.map { column in rows.map { column[$0] } })
    // A selection of a selection counts in the rows of the first.
    let again = selected.selecting(rows: [1, 0])
    #expect(again.response == [formula.response[0], formula.response[299]])
    #expect(again.values(at: Self.point) == [whole[0][0], whole[0][299]])
    #expect(formula.selecting(rows: []).values(at: Self.point).isEmpty)
  }

  @Test func anEvaluatorFollowsItsParameters() throws {
    let formula = try Self.compiled(200)
    let evaluator = formula.makeEvaluator()
    let other = [-1, 2, 0.5, -0.1]
    var output = Array(repeating: 0.0, count: 200)
    for point in [Self.point, other, Self.point] {
      evaluator.setParameters(point)
      for _ in 0..<2 {
        var span = output.mutableSpan
        evaluator.evaluate(rows: 0..<200, order: 0, into: &span, stride: 200)
        #expect(output == formula.values(at: point))
      }
    }
    #expect(formula.values(at: other) != formula.values(at: Self.point))
  }

  @Test func noRowsAndNoColumns() throws {
    let empty = try CompiledFormula(
      Formula("y ~ a * x + b"), data: ["x": [], "y": []], rowCount: 0)
    #expect(empty.values(at: [1, 2]).isEmpty)
    #expect(empty.response.isEmpty)
    let bare = try CompiledFormula(
      Formula("y ~ a + b"), data: [:], rowCount: 3, needsResponse: false)
    #expect(bare.columns(at: [1, 2], order: 2) == [[3, 3, 3], [1, 1, 1], [1, 1, 1]])
    let fixed = try CompiledFormula(
      Formula("y ~ 2 * x"), data: ["x": [1, 2], "y": [3, 4]], rowCount: 2)
    #expect(fixed.parameters.isEmpty)
    #expect(fixed.columns(at: [], order: 2) == [[2, 4]])
  }
}
