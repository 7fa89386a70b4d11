internal import CVectorMath

// Variable projection, for seeds only: over a set of points of the nonlinear parameters the
// linear ones are solved for. What can be computed without the weights is computed once, so that
// bootstrap replicates share it: the distinct columns, and which pairs of them are needed.

/// The points a search looks at, with the columns of the linear problem at each.
struct SeedPlan: Sendable {
  /// Rows used: all, or evenly spaced ones where there are very many.
  let rows: [Int]
  /// The free nonlinear parameters, the axes of the search.
  let axes: [Int]
  /// The free linear parameters.
  let linear: [Int]
  /// Coordinates of the points, `axes.count` each.
  let points: [Double]
  let pointCount: Int
  /// Points along each axis of a grid (last axis fastest); empty for scattered points.
  let shape: [Int]
  let hasOffset: Bool
  /// Distinct columns, `rows.count` each; those of a basis are scaled to a largest entry of 1.
  let columns: [Double]
  let columnCount: Int
  /// What each point's basis columns were divided by, `linear.count` each.
  let pointScales: [Double]
  /// Distinct pairs of columns whose products are needed, two ids each; -1 where a column is
  /// missing.
  let pairs: [Int32]
  /// For each two columns (i <= j) of a point, which of the pairs are theirs.
  let places: [vm_place]
  /// Points along the last axis of a grid; 1 for scattered points.
  let rowWidth: Int

  static let maximumRows = 2048
  /// Columns at one point: the linear parameters, the target, and the offset if there is one.
  var columnsPerPoint: Int { linear.count + 1 + (hasOffset ? 1 : 0) }

  /// Plans the search, or nil when no free parameter is linear, or more than two are not, or one of
  /// those has no stated range.
  init?<Model: RegressionModel>(
    model: Model, rows present: [Int], response: [Double], isScaled: Bool, fixed: [Double?],
    stated: [SearchRange?], ranges: [SearchRange], bounds: [Bounds], options: FitOptions
  ) {
    guard let structure = model.linearStructure else { return nil }
    let count = model.parameterCount
    let freeLinear = structure.parameters.indices.filter {
      fixed[structure.parameters[$0]] == nil
    }
    guard !freeLinear.isEmpty, freeLinear.count <= Int(VM_MAXIMUM_UNKNOWNS)
    else { return nil }
    let linear = freeLinear.map { structure.parameters[$0] }
    let isLinear = Set(structure.parameters)
    let fixedLinear = structure.parameters.indices.filter {
      fixed[structure.parameters[$0]] != nil
    }
    let axes = (0..<count).filter { fixed[$0] == nil && !isLinear.contains($0) }
    guard axes.count <= 2, axes.allSatisfy({ stated[$0] != nil }) else { return nil }
    let hasOffset = structure.offsetDependencies != nil || !fixedLinear.isEmpty
    let rowTotal = present.count
    let used = min(rowTotal, SeedPlan.maximumRows)
    let rows = (0..<used).map { present[$0 * rowTotal / used] }

    let (points, shape) = SeedPlan.spread(
      axes: axes, ranges: ranges, bounds: bounds, options: options)
    let total = axes.isEmpty ? 1 : points.count / axes.count
    let perPoint = linear.count + (hasOffset ? 1 : 0)

    // Axes each column depends on; the offset also carries linear parameters that are fixed.
    var offsetAxes = Set(structure.offsetDependencies ?? [])
    for k in fixedLinear { offsetAxes.formUnion(structure.dependencies[k]) }
    var dependencies = freeLinear.map { k in
      axes.indices.filter { structure.dependencies[k].contains(axes[$0]) }
    }
    if hasOffset { dependencies.append(axes.indices.filter { offsetAxes.contains(axes[$0]) }) }

    var builder = ColumnBuilder(
      model: model.selecting(rows: rows), response: rows.map { response[$0] }, isScaled: isScaled,
      fixed: fixed, linear: linear, axes: axes, pointCount: total,
      columnCount: 2
        + dependencies.reduce(0) { sum, own in
          sum + (own.count == 1 && shape.count == 2 ? shape[own[0]] : own.isEmpty ? 1 : total)
        })
    let target = builder.addTarget()
    // Points that agree on the axes a column depends on share it: it is that of their cell.
    let rowWidth = shape.count == 2 ? shape[1] : 1
    var cells = dependencies.map { own in
      shape.count != 2
        ? Cells(row: !own.isEmpty, column: false)
        : Cells(row: own.contains(0), column: own.contains(1))
    }
    var place = Array(repeating: 0, count: perPoint)
    var ids = Array(repeating: Int32(0), count: perPoint)
    var pointScales = Array(repeating: 1.0, count: total * linear.count)
    func evaluate(_ p: Int) {
      let (row, column) = p.quotientAndRemainder(dividingBy: rowWidth)
      for k in 0..<perPoint { place[k] = cells[k].number(row, column, rowWidth) }
      builder.findIds(place, at: points[(p * axes.count)..<((p + 1) * axes.count)], into: &ids)
      for k in 0..<linear.count where ids[k] >= 0 {
        pointScales[p * linear.count + k] = builder.scales[Int(ids[k])]
      }
    }
    if shape.count == 2 {
      // Along the diagonal one evaluation gives new columns of both axes.
      for i in 0..<max(shape[0], shape[1]) {
        evaluate(min(i, shape[0] - 1) * shape[1] + min(i, shape[1] - 1))
      }
    }
    for p in 0..<total { evaluate(p) }
    cells.insert(Cells(row: false, column: false), at: linear.count)
    var pairs: [Int32] = []
    var places: [vm_place] = []
    for i in cells.indices {
      for j in i..<cells.count {
        let both = cells[i].union(cells[j])
        let strides = both.strides(rowWidth)
        places.append(
          vm_place(
            first: Int32(pairs.count / 2), row: Int32(strides.row), column: Int32(strides.column)))
        for row in 0..<(both.row ? total / rowWidth : 1) {
          for column in 0..<(both.column ? rowWidth : 1) {
            for k in [i, j] {
              let cell = cells[k].number(row, column, rowWidth)
              let basis = k > linear.count ? k - 1 : k
              pairs.append(k == linear.count ? target : builder.id(basis, cell: cell))
            }
          }
        }
      }
    }
    self.rows = rows
    self.linear = linear
    self.axes = axes
    self.hasOffset = hasOffset
    self.points = points
    self.shape = shape
    pointCount = total
    columns = builder.columns
    columnCount = builder.scales.count
    self.pointScales = pointScales
    self.pairs = pairs
    self.places = places
    self.rowWidth = rowWidth
  }

  /// The points over the axes and, for a grid, its shape.
  static func spread(
    axes: [Int], ranges: [SearchRange], bounds: [Bounds], options: FitOptions
  ) -> ([Double], [Int]) {
    func ticks(_ axis: Int, _ n: Int) -> [Double] {
      let range = ranges[axis]
      var points = (0..<n).map { range.point(at: Double($0) / Double(n - 1)) }
      // A degenerate optimum likes the far ends, so they are looked at where there are any.
      let edge = 1e-3 * (range.upper - range.lower)
      let ends = (bounds[axis].lower + edge, bounds[axis].upper - edge)
      if ends.0.isFinite && ends.0 < range.lower { points.insert(ends.0, at: 0) }
      if ends.1.isFinite && ends.1 > range.upper { points.append(ends.1) }
      return points
    }
    switch axes.count {
    case 0: return ([], [])
    case 1:
      let points = ticks(axes[0], 4 * options.gridPointsPerAxis)
      return (points, [points.count])
    default:
      let first = ticks(axes[0], options.gridPointsPerAxis)
      let second = ticks(axes[1], options.gridPointsPerAxis)
      var points: [Double] = []
      points.reserveCapacity(2 * first.count * second.count)
      for a in first {
        for b in second {
          points.append(a)
          points.append(b)
        }
      }
      return (points, [first.count, second.count])
    }
  }
}

/// Which axes of a grid a column depends on, and so how many different ones there are.
private struct Cells {
  let row: Bool
  let column: Bool

  func union(_ other: Cells) -> Cells {
    Cells(row: row || other.row, column: column || other.column)
  }

  /// How far a step along each axis leads in the numbers of the cells.
  func strides(_ rowWidth: Int) -> (row: Int, column: Int) {
    (row ? column ? rowWidth : 1 : 0, column ? 1 : 0)
  }

  /// The number of the cell of a point.
  func number(_ row: Int, _ column: Int, _ rowWidth: Int) -> Int {
    let strides = strides(rowWidth)
    return row * strides.row + column * strides.column
  }
}

/// Evaluates basis columns, each distinct one once.
private struct ColumnBuilder {
  let evaluator: any RegressionEvaluator
  /// What a column is multiplied by, a row: 1 / y for scaled residuals, else 1.
  let factors: [Double]
  let target: [Double]
  let fixed: [Double?]
  let linear: [Int]
  let axes: [Int]
  var columns: [Double] = []
  var scales: [Double] = []
  /// For each basis, the offset last, the column of each cell; `unknown` where there is none yet.
  private var known: [Int32]
  private let pointCount: Int
  private let unknown: Int32 = -2
  private var block: [Double]

  init<Model: RegressionModel>(
    model: Model, response: [Double], isScaled: Bool, fixed: [Double?], linear: [Int],
    axes: [Int], pointCount: Int, columnCount: Int
  ) {
    self.pointCount = pointCount
    known = Array(repeating: unknown, count: pointCount * (linear.count + 1))
    evaluator = model.makeEvaluator()
    factors = response.map { isScaled ? 1 / $0 : 1 }
    target = isScaled ? Array(repeating: 1, count: response.count) : response
    self.fixed = fixed
    self.linear = linear
    self.axes = axes
    block = Array(repeating: 0, count: (1 + model.parameterCount) * response.count)
    columns.reserveCapacity(columnCount * response.count)
  }

  mutating func addTarget() -> Int32 {
    append(target[...], times: Array(repeating: 1, count: target.count), isScaled: false)
  }

  /// Looks up the columns of a point, and evaluates those that are not known yet.
  ///
  /// `cells` names the cell of each, the offset's last where there is one. An id is -1 where the
  /// column is not finite.
  mutating func findIds(
    _ cells: [Int], at coordinates: ArraySlice<Double>, into ids: inout [Int32]
  ) {
    var isKnown = true
    for k in 0..<cells.count {
      ids[k] = known[k * pointCount + cells[k]]
      isKnown = isKnown && ids[k] != unknown
    }
    if isKnown { return }
    let count = linear.count
    if ids[..<count].contains(unknown) {
      // A basis does not depend on the linear parameters, but 1 keeps f away from log(0) on the
      // way.
      fill(coordinates, linear: 1, order: .gradient)
      for k in 0..<count where ids[k] == unknown {
        ids[k] = append(column: 1 + linear[k], isScaled: true)
      }
    }
    if cells.count > count, ids[count] == unknown {
      // The offset is f without the linear parameters.
      fill(coordinates, linear: 0, order: .value)
      ids[count] = append(column: 0, isScaled: false)
    }
    for k in 0..<cells.count { known[k * pointCount + cells[k]] = ids[k] }
  }

  /// The id of a column that has been evaluated.
  func id(_ basis: Int, cell: Int) -> Int32 { known[basis * pointCount + cell] }

  private mutating func fill(
    _ coordinates: ArraySlice<Double>, linear value: Double, order: DerivativeOrder
  ) {
    var theta = fixed.map { $0 ?? 0 }
    for (axis, value) in zip(axes, coordinates) { theta[axis] = value }
    for j in linear { theta[j] = value }
    let (evaluator, count) = (evaluator, factors.count)
    evaluator.setParameters(theta)
    var output = block.mutableSpan
    evaluator.evaluate(rows: 0..<count, order: order, into: &output, stride: count)
  }

  private mutating func append(column: Int, isScaled: Bool) -> Int32 {
    let count = target.count
    return append(
      block[(column * count)..<((column + 1) * count)], times: factors, isScaled: isScaled)
  }

  /// Appends a column times the factors, scaled to a largest entry of 1 or not; -1 where it is not
  /// finite.
  private mutating func append(
    _ column: ArraySlice<Double>, times factors: [Double], isScaled: Bool
  ) -> Int32 {
    let (start, count) = (columns.count, factors.count)
    precondition(column.count == count)
    columns.append(contentsOf: column)
    var largest = 0.0
    unsafe columns.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let own = unsafe base + start
      unsafe vm_multiply(own, factors, own, count)
      largest = unsafe vm_largest(own, count)
      if isScaled && largest > 0 && largest < .infinity {
        unsafe vm_scale(own, 1 / largest, own, count)
      }
    }
    guard largest < .infinity else {
      columns.removeLast(count)
      return -1
    }
    scales.append(isScaled && largest > 0 ? largest : 1)
    return Int32(scales.count - 1)
  }
}
