/// A model searched as it stands, in the ranges that its problem states.
struct DirectSearchModel<Model: RegressionModel>: SearchModel {
  let model: Model
  let linear: [Int]
  let nonlinear: [Int]
  let searchBounds: [Bounds]
  let ranges: [SearchRange]
  let fixed: [Double?]

  init(_ problem: Problem<Model>, ranges: [SearchRange]) {
    model = problem.model
    fixed = problem.fixed
    self.ranges = ranges
    searchBounds = problem.bounds
    let structure = problem.model.linearStructure
    linear = (structure?.parameters ?? []).filter { problem.fixed[$0] == nil }
    nonlinear = (0..<model.parameterCount).filter { [linear, fixed] in
      fixed[$0] == nil && !linear.contains($0)
    }
  }

  private init(_ other: DirectSearchModel, rows: [Int]) {
    model = other.model.selecting(rows: rows)
    linear = other.linear
    nonlinear = other.nonlinear
    searchBounds = other.searchBounds
    ranges = other.ranges
    fixed = other.fixed
  }

  var isLogarithmic: [Bool] {
    nonlinear.map { ranges[$0].scale == .logarithmic && searchBounds[$0].lower >= 0 }
  }
  var periodicPoints: Int { 0 }
  var hasKinks: Bool { false }
  var breaks: [[Double]] { nonlinear.map { _ in [] } }
  func typed(_ searched: [Double]) -> [Double] {
    searched.indices.map { fixed[$0] ?? searched[$0] }
  }
  func searched(_ typed: [Double]) -> [Double] { self.typed(typed) }
  func turns(_ axis: Int, _ value: Double) -> Double? { nil }
  func selecting(rows: [Int]) -> DirectSearchModel { DirectSearchModel(self, rows: rows) }

  func makeSearchEvaluator() -> any SearchEvaluator {
    DirectEvaluator(
      model.makeEvaluator(), rowCount: model.rowCount, parameterCount: model.parameterCount,
      linear: linear, nonlinear: nonlinear, fixed: fixed)
  }

  func makeSeedSampler() -> any SeedSampler { DirectSampler(self) }
}

/// Basis and slopes out of the whole gradient.
private final class DirectEvaluator: SearchEvaluator {
  private let evaluator: any RegressionEvaluator
  private let linear: [Int]
  private let nonlinear: [Int]
  private let fixed: [Double?]
  private var parameters: [Double] = []
  private let block: Numbers

  init(
    _ evaluator: any RegressionEvaluator, rowCount: Int, parameterCount: Int, linear: [Int],
    nonlinear: [Int], fixed: [Double?]
  ) {
    self.evaluator = evaluator
    self.linear = linear
    self.nonlinear = nonlinear
    self.fixed = fixed
    block = Numbers(count: (1 + parameterCount) * rowCount)
  }

  func setParameters(_ theta: [Double]) {
    parameters = theta.indices.map { fixed[$0] ?? theta[$0] }
  }

  func evaluate(
    _ columns: SearchColumns, rows: Range<Int>, into output: inout MutableSpan<Double>, stride: Int
  ) {
    let wanted = columns == .basis ? linear : nonlinear
    let first = columns == .basis ? 1 : 0
    if !wanted.isEmpty || columns == .slopes {
      var theta = parameters
      // A basis does not depend on the linear parameters, but 1 keeps f away from log(0) on the way.
      if columns == .basis { for j in linear { theta[j] = 1 } }
      fill(theta, .gradient, rows)
      for (place, j) in wanted.enumerated() {
        copy(1 + j, rows.count, into: &output, at: (first + place) * stride)
      }
    }
    guard columns == .basis else { return }
    var theta = parameters
    for j in linear { theta[j] = 0 }
    fill(theta, .value, rows)
    copy(0, rows.count, into: &output, at: 0)
  }

  private func fill(_ theta: [Double], _ order: DerivativeOrder, _ rows: Range<Int>) {
    evaluator.setParameters(theta)
    var span = unsafe MutableSpan(_unsafeStart: block.pointer, count: block.count)
    evaluator.evaluate(rows: rows, order: order, into: &span, stride: rows.count)
  }

  private func copy(
    _ column: Int, _ count: Int, into output: inout MutableSpan<Double>, at start: Int
  ) {
    for row in 0..<count { output[start + row] = block[column * count + row] }
  }
}

/// Points of the ranges.
private final class DirectSampler<Model: RegressionModel>: SeedSampler {
  private let model: DirectSearchModel<Model>

  init(_ model: DirectSearchModel<Model>) { self.model = model }

  func draw(_ fractions: [Double], wide: Double, layer: Int) -> [Double] {
    var result = model.fixed.map { $0 ?? 0 }
    for (j, v) in zip(model.nonlinear, fractions) {
      let bound = model.searchBounds[j]
      let value = model.ranges[j].point(at: 0.5 + (v - 0.5) * wide)
      result[j] =
        value > bound.lower && value < bound.upper ? value : model.ranges[j].point(at: v)
      result[j] = Coordinate(bound).inside(
        result[j], distance: 1e-3 * (model.ranges[j].upper - model.ranges[j].lower))
    }
    return result
  }
}
