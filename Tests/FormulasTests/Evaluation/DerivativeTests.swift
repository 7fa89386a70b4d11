import Foundation
import Testing

@testable import Formulas

/// Random formulas: values, first and second derivatives against forward-mode dual numbers.
@Suite struct DerivativeTests {
  /// Of 64-bit significands, or of the module's own precision where there are none.
  static let tolerance = 1e-10

  struct Case {
    var tree: RandomTree
    var text: String
    var rows: [[Double]]
    var parameters: [Double]

    init(seed: UInt64) {
      var random = SeededRandom(seed: seed)
      func away(from lower: Double, to upper: Double, signed: Bool) -> Double {
        let size = Double.random(in: lower...upper, using: &random)
        return signed && random.next() % 2 == 0 ? -size : size
      }
      rows = (0..<3).map { _ in
        [away(from: 0.3, to: 3, signed: false), away(from: 0.3, to: 2, signed: true)]
      }
      parameters = (0..<4).map { away(from: 0.2, to: 2, signed: $0 >= 2) }
      var grower = TreeGrower(random: random, rows: rows, parameters: parameters)
      tree = grower.grow(depth: Int(seed % 5) + 2).tree
      var writer = RandomTree.Writer(random: grower.random)
      let prediction = writer.text(tree, level: 1)
      // The positive parameters are known to be positive in half of the cases.
      let bounds = random.next() % 2 == 0 ? ["a > 0", "0 < b < 5"] : []
      text = (writer.definitions + ["y ~ \(prediction)"]).joined(separator: "\n")
      for bound in bounds {
        let names = text.split { !$0.isLetter && !$0.isNumber }
        if names.contains(bound.contains("a") ? "a" : "b") { text += "\n" + bound }
      }
    }

    func compiled() throws -> CompiledFormula {
      try CompiledFormula(
        Formula(text), data: ["x": rows.map { $0[0] }, "z": rows.map { $0[1] }],
        rowCount: rows.count, needsResponse: false)
    }

    /// The parameters in the order of a compiled formula, as indices into `parameters`.
    func order(_ compiled: CompiledFormula) throws -> [Int] {
      try compiled.parameters.map { try #require(RandomTree.parameterNames.firstIndex(of: $0)) }
    }
  }

  static let perPart: UInt64 = 500

  @Test(arguments: 0..<(8 as UInt64))
  func gradientsAndSecondDerivatives(_ part: UInt64) throws {
    for seed in (part * Self.perPart)..<((part + 1) * Self.perPart) {
      let sample = Case(seed: seed)
      let compiled = try sample.compiled()
      let order = try sample.order(compiled)
      let found = compiled.columns(at: order.map { sample.parameters[$0] }, order: 2)
      let count = order.count
      for (row, columns) in sample.rows.enumerated() {
        let expected = sample.tree.dual(columns: columns, parameters: sample.parameters)
        func check(_ found: Double, _ expected: Real, _ scale: Real, _ what: String) {
          let error = abs(Real(found) - expected)
          guard error <= Real(Self.tolerance) * max(abs(expected), scale) else {
            Issue.record("seed \(seed), \(what): \(found), not \(expected)\n\(sample.text)")
            return
          }
        }
        check(found[0][row], expected.value, 0, "value")
        for i in 0..<count {
          check(
            found[1 + i][row], expected.gradient[order[i]], expected.gradientScale[order[i]],
            "d/d\(compiled.parameters[i])")
        }
        var present = Set<[Int]>()
        for pair in compiled.hessianPairs {
          #expect(pair.first <= pair.second && present.insert([pair.first, pair.second]).inserted)
        }
        for i in 0..<count {
          for j in i..<count {
            let k = order[i] * 4 + order[j]
            let what = "d2/d\(compiled.parameters[i])d\(compiled.parameters[j])"
            let column = compiled.hessianPairs.firstIndex { $0.first == i && $0.second == j }
            // A pair that is not there is zero; here terms may cancel to rounding.
            check(
              column.map { found[1 + count + $0][row] } ?? 0, expected.hessian[k],
              expected.hessianScale[k], what)
          }
        }
        // What the formula does not mention it does not depend on.
        for index in 0..<4 where !order.contains(index) {
          #expect(expected.gradientScale[index] == 0)
        }
      }
    }
  }

  /// The linear structure that the compiler reports, on the same formulas: moving the linear parameters
  /// together moves the prediction along its gradient.
  @Test func reportedLinearParametersAreLinear() throws {
    var linearCases = 0
    for seed in 10_000..<(11_500 as UInt64) {
      let sample = Case(seed: seed)
      let compiled = try sample.compiled()
      guard !compiled.linearParameters.isEmpty else { continue }
      linearCases += 1
      let order = try sample.order(compiled)
      let start = order.map { sample.parameters[$0] }
      let columns = compiled.columns(at: start, order: 1)
      // Positive parameters stay so: their signs have been taken for granted.
      var moved = start
      for index in compiled.linearParameters { moved[index] *= 3 }
      let after = compiled.columns(at: moved, order: 1)
      for row in 0..<compiled.rowCount {
        let terms = compiled.linearParameters.map { 2 * start[$0] * columns[1 + $0][row] }
        let scale = terms.reduce(columns[0][row].magnitude) { $0 + $1.magnitude }
        #expect(
          (after[0][row] - columns[0][row] - terms.reduce(0, +)).magnitude <= 1e-12 * scale,
          "seed \(seed)\n\(sample.text)")
        if compiled.offsetDependencies == nil {
          #expect(
            (terms.reduce(0, +) / 2 - columns[0][row]).magnitude <= 1e-12 * scale,
            "seed \(seed)\n\(sample.text)")
        }
      }
      // Coefficients move with the parameters they are said to depend on, and no others.
      for (linear, dependencies) in zip(compiled.linearParameters, compiled.linearDependencies) {
        #expect(Set(dependencies).isDisjoint(with: compiled.linearParameters))
        let held = start.indices.map {
          dependencies.contains($0) ? start[$0] : start[$0] * 1.25
        }
        #expect(compiled.columns(at: held, order: 1)[1 + linear] == columns[1 + linear])
      }
    }
    // One formula in nine has one. Were nothing ever found, nothing would be tested.
    #expect(linearCases > 100)
  }

  @Test func kinksTakeTheSideOfTheFirstArgument() throws {
    for (text, slope) in [
      ("min(a, 2 * b - 1)", [1.0, 0]), ("min(2 * b - 1, a)", [0, 2]),
      ("max(a, 2 * b - 1)", [1, 0]),
      ("max(2 * b - 1, a)", [0, 2]), ("abs(a - 1) + 0 * b", [0, 0]),
    ] {
      let compiled = try CompiledFormula(
        Formula("y ~ \(text)"), data: [:], rowCount: 1, needsResponse: false, order: ["a", "b"])
      let columns = compiled.columns(at: [1, 1], order: 2)
      #expect(columns[1...2].map { $0[0] } == slope)
      #expect(compiled.hessianPairs.isEmpty)
    }
  }

  @Test func powersOfZeroHaveAnExponentDerivativeOfZero() throws {
    let compiled = try CompiledFormula(
      Formula("y ~ a * x^b"), data: ["x": [0, 2]], rowCount: 2, needsResponse: false,
      order: ["a", "b"])
    let columns = compiled.columns(at: [3, 0.5], order: 2)
    #expect(columns.map { $0[0] } == [0, 0, 0, 0, 0])
    // d/db = 3 log 2 sqrt 2; pow and log are good to an ulp each.
    #expect(isClose(columns[2][1], 3 * log(2) * 2.0.squareRoot(), 1e-15))
  }

  @Test(arguments: [
    "a * max(x - t, 0)^b", "a * max(x - t, 0)^0.5 + 0 * b", "a * sqrt(max(x - t, 0)) * b",
    "a * (w / t)^b", "a * sqrt(w * t)^b",
  ])
  func powersAreFlatWhereTheirBaseIsZero(_ text: String) throws {
    let compiled = try CompiledFormula(
      Formula("y ~ \(text); t > 0"), data: ["x": [1, 2, 3], "w": [0, 1, 2]], rowCount: 3,
      needsResponse: false, order: ["a", "b", "t"])
    for exponent in [0.5, 0.9, 1.5] {
      let columns = compiled.columns(at: [3, exponent, 1.5], order: 2)
      #expect(columns.allSatisfy { $0[0] == 0 })
      #expect(columns.allSatisfy { $0[2].isFinite } && columns[0][2] > 0)
    }
  }

  @Test func secondDerivativesThatVanishAreLeftOut() throws {
    let compiled = try CompiledFormula(
      Formula("loss ~ E + A / N^alpha + B / D^beta; alpha > 0"), data: ["N": [2], "D": [3]],
      rowCount: 1, needsResponse: false)
    #expect(compiled.parameters == ["E", "A", "alpha", "B", "beta"])
    #expect(
      compiled.hessianPairs.map { [$0.first, $0.second] } == [[1, 2], [2, 2], [3, 4], [4, 4]])
  }
}
