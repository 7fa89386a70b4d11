import Formulas
import Foundation
import LeastSquares
import ScalingLaws
import Tables
import TestSupport

/// One draw of a kind: its size, unit, noise, truth and rows.
struct BankDraw {
  /// What is done to the rows, one after the other.
  private enum Variant: Int, CaseIterable {
    case plain
    case outliers
    case logarithmic
    case resampled
  }

  private let kind: BankKind
  private var generator: Philox
  private var variant: Variant
  private let rows: Int
  private let unit: Double
  private let noise: Double

  init(_ kind: BankKind, turn: Int, _ generator: Philox) {
    (self.kind, self.generator) = (kind, generator)
    rows = kind.rows[self.generator.next(below: kind.rows.count)]
    unit = kind.units[self.generator.next(below: kind.units.count)]
    let isLaw = if case .law = kind.source { true } else { false }
    variant = isLaw ? .plain : Variant.allCases[turn % Variant.allCases.count]
    if variant == .logarithmic && !kind.isPositive || variant == .resampled && rows < 40 {
      variant = .plain
    }
    let noises = [0, 0.002, 0.003, 0.005, 0.01, 0.01, 0.02, 0.05]
    let drawn = noises[self.generator.next(below: noises.count)]
    // Huber's loss needs a scale, and rows that repeat need noise to be more than fewer rows.
    noise = drawn == 0 && (variant == .outliers || variant == .resampled) ? 0.002 : drawn
  }

  /// A plain draw of the first size and unit of a kind, with given noise.
  init(_ kind: BankKind, noise: Double, _ generator: Philox) {
    (self.kind, self.noise, self.generator) = (kind, noise, generator)
    (variant, rows, unit) = (.plain, kind.rows[0], kind.units[0])
  }

  /// The problem without its best objective; nil if the rows cannot be fitted.
  mutating func problem(_ id: String) throws -> BankProblem? {
    let drawnTruth = try DrawnValue.draw(
      kind.truth, count: 1, known: ["unit": unit], from: &generator)
    let truth = Dictionary(
      drawnTruth.map { ($0.name, $0.values[0]) }, uniquingKeysWith: { first, _ in first })
    var columns = try dataColumns(truth)
    let formula = try Formula(kind.formula)
    let data = Dictionary(
      columns.map { ($0.name, $0.values) }, uniquingKeysWith: { first, _ in first })
    let compiled = try CompiledFormula(formula, data: data, rowCount: rows, needsResponse: false)
    let names = Set(compiled.parameters)
    precondition(names.isSubset(of: truth.keys), "\(kind.name): a parameter without a truth")
    var clean = compiled.values(at: compiled.parameters.map { truth[$0] ?? .nan })
    clean = clean.map { formula.responseScale.column(of: $0) }
    var spec = FitSpec(kind.source)
    (spec.loss, spec.residuals) = objective(clean)
    guard let response = response(clean, isLog: spec.residuals == .log) else { return nil }
    columns.append((formula.responseText, response))
    var table = Table(
      columns: columns.map { ($0.name, ColumnValues.numbers($0.values)) }, source: id)
    if variant == .resampled {
      table = table.selecting(
        rows: (0..<rows).map { _ in generator.next(below: rows) }.sorted())
    }
    var values = try table.numbers(columns[columns.count - 1].name)
    if formula.responseScale == .log10 { values = values.map { log10($0) } }
    return BankProblem(
      id: id, kind: kind.name, spec: spec, table: table, best: 0, scale: scale(spec, values),
      truth: truth.filter { names.contains($0.key) }, noise: noise, unit: unit,
      note: variant == .outliers || variant == .resampled ? "\(variant)" : "")
  }

  private mutating func dataColumns(
    _ truth: [String: Double]
  ) throws -> [(name: String, values: [Double])] {
    let shared = kind.responses
    let drawn = try DrawnValue.draw(
      kind.columns, count: rows / shared, known: ["unit": unit], from: &generator)
    let columns = drawn.map { name, values in
      (name, (0..<rows).map { Self.rounded(values[$0 / shared]) })
    }
    guard shared > 1 else { return columns }
    return columns
      + (1...shared).map { number in
        ("i\(number)", (0..<rows).map { $0 % shared == number - 1 ? 1 : 0 })
      }
  }

  private func objective(_ clean: [Double]) -> (Loss, ResidualKind) {
    if case .law(let law) = kind.source {
      switch law.objective {
      case .lossLaw: return (.huber(delta: 1e-3), .log)
      case .logLeastSquares: return (.squares, .log)
      case .leastSquares: return (.squares, .raw)
      }
    }
    switch variant {
    case .outliers:
      let delta = noise * Self.range(clean)
      return (.huber(delta: Double(Rounding.significant(delta, 2)) ?? delta), .raw)
    case .logarithmic: return (.squares, .log)
    case .plain, .resampled: return (.squares, .raw)
    }
  }

  /// The response with noise and outliers; nil if it is constant, not finite or has no logarithm.
  private mutating func response(_ clean: [Double], isLog: Bool) -> [Double]? {
    let range = Self.range(clean)
    guard clean.allSatisfy(\.isFinite), range > 0 else { return nil }
    let isLaw = if case .law = kind.source { true } else { false }
    var values = clean
    if noise > 0 {
      for row in values.indices {
        let normal = generator.nextNormal()
        if isLaw && isLog {
          values[row] *= exp(min(noise, 0.01) * normal)
        } else {
          values[row] += min(noise, kind.noise) * range * normal
        }
      }
    }
    if variant == .outliers {
      var left = Array(values.indices)
      for _ in 0..<Int((0.08 * Double(rows)).rounded()) {
        let row = left.remove(at: generator.next(below: left.count))
        values[row] += (generator.next(below: 2) == 0 ? -0.4 : 0.4) * range
      }
    }
    if noise > 0 { values = values.map(Self.rounded) }
    return isLog && values.contains { $0 <= 0 } ? nil : values
  }

  private func scale(_ spec: FitSpec, _ response: [Double]) -> Double {
    let count = Double(response.count)
    let squares =
      spec.residuals == .log ? count : response.reduce(0) { $0 + $1 * $1 }
    return spec.loss?.delta.map { $0 * (count * squares).squareRoot() } ?? squares
  }

  private static func range(_ values: [Double]) -> Double {
    (values.max() ?? .nan) - (values.min() ?? .nan)
  }

  /// Six digits, as people publish.
  private static func rounded(_ value: Double) -> Double {
    Double(Rounding.significant(value, 6)) ?? value
  }
}
