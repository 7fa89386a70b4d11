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
  /// Distinct columns, `rows.count` each, scaled to a largest entry of 1.
  let columns: [Double]
  /// What each column was divided by.
  let columnScale: [Double]
  /// Ids of the columns of each point: one per linear parameter, the target, then the offset.
  let pointColumns: [Int32]
  /// The scales of each point's basis columns, `linear.count` each.
  let pointScales: [Double]
  /// Distinct pairs of columns whose products are needed, two ids each.
  let pairs: [Int32]
  /// For each point the ids of the pairs (i <= j) over its columns; -1 where a column is missing.
  let pointPairs: [Int32]

  static let maximumRows = 2048
  /// The most numbers kept in columns; fewer points are used beyond.
  static let maximumColumnEntries = 1 << 24

  /// Columns at one point: the linear parameters, the target, and the offset if there is one.
  var columnsPerPoint: Int { linear.count + 1 + (hasOffset ? 1 : 0) }

  /// Plans the search, or nil when no free parameter is linear.
  init?<Model: RegressionModel>(
    model: Model, rows present: [Int], response: [Double], isScaled: Bool, fixed: [Double?],
    ranges: [SearchRange], bounds: [Bounds], options: FitOptions
  ) {
    guard let structure = model.linearStructure else { return nil }
    let count = model.parameterCount
    let freeLinear = structure.parameters.indices.filter {
      fixed[structure.parameters[$0]] == nil
    }
    guard !freeLinear.isEmpty, freeLinear.count <= BoundedQuadratic.maximumCount
    else { return nil }
    let linear = freeLinear.map { structure.parameters[$0] }
    let isLinear = Set(structure.parameters)
    let fixedLinear = structure.parameters.indices.filter {
      fixed[structure.parameters[$0]] != nil
    }
    let axes = (0..<count).filter { fixed[$0] == nil && !isLinear.contains($0) }
    let hasOffset = structure.offsetDependencies != nil || !fixedLinear.isEmpty
    let rowTotal = present.count
    let used = min(rowTotal, SeedPlan.maximumRows)
    let rows = (0..<used).map { present[$0 * rowTotal / used] }

    let (points, shape) = SeedPlan.spread(
      axes: axes, ranges: ranges, bounds: bounds, options: options)
    var total = axes.isEmpty ? 1 : points.count / axes.count
    let perPoint = linear.count + (hasOffset ? 1 : 0)
    if shape.isEmpty, !axes.isEmpty {
      total = min(total, max(16, SeedPlan.maximumColumnEntries / (perPoint * used)))
    }

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
    /// Points that agree on the axes a column depends on share it, and have the same cell.
    func cell(_ point: Int, _ own: [Int]) -> Int {
      if own.isEmpty { return 0 }
      guard shape.count == 2, own.count == 1 else { return point }
      return own[0] == 0 ? point / shape[1] : point % shape[1]
    }
    let target = builder.addTarget()
    var cells = Array(repeating: 0, count: perPoint)
    func evaluate(_ p: Int) {
      for k in cells.indices { cells[k] = cell(p, dependencies[k]) }
      builder.evaluate(cells) { points[(p * axes.count)..<((p + 1) * axes.count)] }
    }
    if shape.count == 2 {
      // Along the diagonal one evaluation gives new columns of both axes.
      for i in 0..<max(shape[0], shape[1]) {
        evaluate(min(i, shape[0] - 1) * shape[1] + min(i, shape[1] - 1))
      }
    }
    let width = perPoint + 1
    var ids: [Int32] = []
    ids.reserveCapacity(total * width)
    var pairIds = PairIds()
    var pairList: [Int32] = []
    var pointPairs: [Int32] = []
    pointPairs.reserveCapacity(total * width * (width + 1) / 2)
    var own: [Int32] = []
    for p in 0..<total {
      evaluate(p)
      own.removeAll(keepingCapacity: true)
      for k in linear.indices { own.append(builder.id(k, cell: cells[k])) }
      own.append(target)
      if hasOffset { own.append(builder.id(linear.count, cell: cells[linear.count])) }
      for i in own.indices {
        for j in i..<own.count {
          guard own[i] >= 0 && own[j] >= 0 else {
            pointPairs.append(-1)
            continue
          }
          let (id, isNew) = pairIds.id(of: own[i], own[j])
          if isNew { pairList += [own[i], own[j]] }
          pointPairs.append(id)
        }
      }
      ids += own
    }
    self.rows = rows
    self.linear = linear
    self.axes = axes
    self.hasOffset = hasOffset
    self.points = points
    self.shape = shape
    pointCount = total
    columns = builder.columns
    columnScale = builder.scales
    pointColumns = ids
    pointScales = (0..<(total * linear.count)).map { index in
      let id = ids[index / linear.count * width + index % linear.count]
      return id >= 0 ? builder.scales[Int(id)] : 1
    }
    pairs = pairList
    self.pointPairs = pointPairs
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
    case 2:
      let first = ticks(axes[0], options.gridPointsPerAxis)
      let second = ticks(axes[1], options.gridPointsPerAxis)
      return (first.flatMap { a in second.flatMap { [a, $0] } }, [first.count, second.count])
    default:
      guard var sequence = SobolSequence(dimension: axes.count) else {
        // More axes than the sequence has: the middle of every range is all that is offered.
        return (axes.map { ranges[$0].point(at: 0.5) }, [])
      }
      var points: [Double] = []
      // Four times as many points for each further axis, as far as that stays quick.
      for _ in 0..<(options.sobolPoints << (2 * min(axes.count - 3, 2))) {
        for (axis, fraction) in zip(axes, sequence.next()) {
          points.append(ranges[axis].point(at: fraction))
        }
      }
      return (points, [])
    }
  }
}

/// Numbers pairs of columns in order of appearance.
private struct PairIds {
  private static let side = 64
  /// The first columns, which are all there are for a law whose terms depend on one axis each.
  private var table = Array(repeating: Int32(-1), count: side * side)
  private var others: [Int64: Int32] = [:]
  private var count: Int32 = 0

  mutating func id(of first: Int32, _ second: Int32) -> (id: Int32, isNew: Bool) {
    let (low, high) = (Int(min(first, second)), Int(max(first, second)))
    if high < PairIds.side {
      let place = low * PairIds.side + high
      if table[place] >= 0 { return (table[place], false) }
      table[place] = count
    } else {
      let key = Int64(low) << 32 | Int64(high)
      if let known = others[key] { return (known, false) }
      others[key] = count
    }
    count += 1
    return (count - 1, true)
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
  private var known: [[Int32]]
  private let unknown: Int32 = -2
  private var block: [Double]

  init<Model: RegressionModel>(
    model: Model, response: [Double], isScaled: Bool, fixed: [Double?], linear: [Int],
    axes: [Int], pointCount: Int, columnCount: Int
  ) {
    known = Array(
      repeating: Array(repeating: unknown, count: pointCount), count: linear.count + 1)
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
    append(target[...], times: Array(repeating: 1, count: target.count))
  }

  /// Evaluates the columns of a point that are not known yet.
  ///
  /// `cells` names the cell of each, the offset's last where there is one.
  mutating func evaluate(_ cells: [Int], at coordinates: () -> ArraySlice<Double>) {
    if linear.indices.contains(where: { known[$0][cells[$0]] == unknown }) {
      // A basis does not depend on the linear parameters, but 1 keeps f away from log(0) on the
      // way.
      fill(coordinates(), linear: 1, order: .gradient)
      for k in linear.indices where known[k][cells[k]] == unknown {
        known[k][cells[k]] = append(column: 1 + linear[k])
      }
    }
    if cells.count > linear.count, known[linear.count][cells[linear.count]] == unknown {
      // The offset is f without the linear parameters.
      fill(coordinates(), linear: 0, order: .value)
      known[linear.count][cells[linear.count]] = append(column: 0)
    }
  }

  /// The id of a column that has been evaluated; -1 where it is not finite.
  func id(_ basis: Int, cell: Int) -> Int32 { known[basis][cell] }

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

  private mutating func append(column: Int) -> Int32 {
    let count = target.count
    return append(block[(column * count)..<((column + 1) * count)], times: factors)
  }

  /// Appends a column times the factors, scaled to a largest entry of 1; -1 where it is not finite.
  private mutating func append(_ column: ArraySlice<Double>, times factors: [Double]) -> Int32 {
    let (start, count) = (columns.count, factors.count)
    precondition(column.count == count)
    columns.append(contentsOf: column)
    var largest = 0.0
    var excess = 0.0
    unsafe columns.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let own = unsafe base + start
      unsafe vm_multiply(own, factors, own, count)
      for i in 0..<count {
        let size = unsafe abs(own[i])
        largest = size > largest ? size : largest
        // 0 times infinity or NaN is NaN.
        unsafe excess += 0 * own[i]
      }
      if largest > 0 { unsafe vm_scale(own, 1 / largest, own, count) }
    }
    guard excess == 0 else {
      columns.removeLast(count)
      return -1
    }
    scales.append(largest > 0 ? largest : 1)
    return Int32(scales.count - 1)
  }
}
