internal import CVectorMath

/// Numbers a seed search writes; kept between replicates so that they allocate nothing large.
struct SeedWork {
  var weighted: [Double] = []
  var products: [Double] = []
  var values: [Double] = []
  var solutions: [Double] = []
  var active: [Bool] = []
}

/// A starting point with its linear parameters solved for.
struct Seed {
  /// The point's number in the plan.
  var point: Int
  /// The weighted sum of squares of the linear problem.
  var value: Double
  /// Linear parameters in natural units, at a bound where `active`.
  var linear: [Double]
  var active: [Bool]
  /// Whether one linear parameter was held at its bound on purpose.
  var isVanishing = false
}

extension SeedPlan {
  /// Solves the linear problem at every point and picks where to polish, best first.
  ///
  /// - Parameters:
  ///   - weights: One weight for each of `rows`; zero leaves a row out.
  ///   - bounds: Bounds of all parameters.
  ///   - limit: The most seeds to return.
  ///   - vanishing: Also seeds with one linear parameter held at its bound nearest zero.
  ///   - spread: Also seeds all over the grid, every fourth point along each axis.
  ///   - work: Buffers.
  /// - Returns: The seeds, those that vanish last.
  /// - Complexity: O(rows * distinct pairs + points * linear^3).
  func seeds(
    weights: [Double], bounds: [Bounds], limit: Int, vanishing: Bool, spread: Bool,
    work: inout SeedWork
  ) -> [Seed] {
    multiplyColumns(weights, &work)
    var problem = BoundedQuadratic(count: linear.count)
    let width = columnsPerPoint
    let tableSize = width * (width + 1) / 2
    let scales = pointScales
    if work.values.count != pointCount {
      work.values = Array(repeating: .infinity, count: pointCount)
      work.solutions = Array(repeating: 0, count: pointCount * linear.count)
      work.active = Array(repeating: false, count: pointCount * linear.count)
    }
    for p in 0..<pointCount {
      work.values[p] = .infinity
      guard let constant = load(p, width, tableSize, work.products, bounds, scales, &problem)
      else { continue }
      let value = problem.solve()
      guard value.isFinite else { continue }
      work.values[p] = value + constant
      for k in linear.indices {
        work.solutions[p * linear.count + k] = problem.solution[k] / scales[p * linear.count + k]
        work.active[p * linear.count + k] = problem.isActive(k)
      }
    }
    var numbers = pick(work.values, limit: limit)
    if vanishing { numbers += witnesses(work.values, beside: numbers, count: min(2, limit)) }
    if spread {
      numbers += (0..<pointCount).filter { isCoarse($0) && work.values[$0].isFinite }
    }
    var picked = numbers.map { p in
      let range = (p * linear.count)..<((p + 1) * linear.count)
      return Seed(
        point: p, value: work.values[p], linear: Array(work.solutions[range]),
        active: Array(work.active[range]))
    }
    if vanishing { picked += vanishingSeeds(width, tableSize, bounds, scales, &problem, work) }
    return picked
  }

  /// For each linear parameter with a lower bound, the best point when it is held at its bound.
  private func vanishingSeeds(
    _ width: Int, _ tableSize: Int, _ bounds: [Bounds], _ scales: [Double],
    _ problem: inout BoundedQuadratic, _ work: SeedWork
  ) -> [Seed] {
    let held = linear.indices.filter { abs(bounds[linear[$0]].lower).isFinite }
    var best: [Seed?] = held.map { _ in nil }
    for p in 0..<pointCount where isThinned(p) {
      guard let constant = load(p, width, tableSize, work.products, bounds, scales, &problem)
      else { continue }
      for (place, k) in held.enumerated() {
        let value = problem.solve(without: k) + constant
        guard value < best[place]?.value ?? .infinity else { continue }
        best[place] = Seed(
          point: p, value: value,
          linear: linear.indices.map { problem.solution[$0] / scales[p * linear.count + $0] },
          active: linear.indices.map { problem.isActive($0) }, isVanishing: true)
      }
    }
    return best.compactMap(\.self)
  }

  /// Products of all pairs of columns under the weights.
  private func multiplyColumns(_ weights: [Double], _ work: inout SeedWork) {
    let present = weights.indices.filter { weights[$0] > 0 }
    let roots = present.map { weights[$0].squareRoot() }
    let count = present.count
    let stride = rows.count
    let columnCount = columnScale.count
    if work.weighted.count < columnCount * stride {
      work.weighted = Array(repeating: 0, count: columnCount * stride)
    }
    if work.products.count != pairs.count / 2 {
      work.products = Array(repeating: 0, count: pairs.count / 2)
    }
    gather(columnCount, stride, present, roots, &work.weighted)
    multiplyPairs(work.weighted, count, into: &work.products)
  }

  private func multiplyPairs(_ weighted: [Double], _ count: Int, into products: inout [Double]) {
    let columnCount = columnScale.count
    precondition(weighted.count >= columnCount * count && 2 * products.count == pairs.count)
    unsafe weighted.withUnsafeBufferPointer { weighted in
      unsafe pairs.withUnsafeBufferPointer { pairs in
        unsafe products.withUnsafeMutableBufferPointer { products in
          guard let columns = weighted.baseAddress, let pairs = pairs.baseAddress,
            let result = products.baseAddress
          else { return }
          unsafe vm_dot_pairs(columns, count, pairs, products.count, count, result)
        }
      }
    }
  }

  /// Copies the rows present, times the root of their weights, column by column.
  private func gather(
    _ columnCount: Int, _ stride: Int, _ present: [Int], _ roots: [Double],
    _ weighted: inout [Double]
  ) {
    let count = present.count
    precondition(columns.count >= columnCount * stride && weighted.count >= columnCount * count)
    precondition(present.allSatisfy { $0 >= 0 && $0 < stride } && roots.count == count)
    unsafe columns.withUnsafeBufferPointer { columns in
      unsafe present.withUnsafeBufferPointer { present in
        unsafe roots.withUnsafeBufferPointer { roots in
          unsafe weighted.withUnsafeMutableBufferPointer { weighted in
            guard let source = columns.baseAddress, let rows = present.baseAddress,
              let factors = roots.baseAddress, let target = weighted.baseAddress
            else { return }
            for c in 0..<columnCount {
              unsafe vm_gather(source + c * stride, rows, factors, target + c * count, count)
            }
          }
        }
      }
    }
  }

  /// Fills the linear problem of a point; returns its constant, or nil when a column is missing.
  private func load(
    _ p: Int, _ width: Int, _ tableSize: Int, _ products: [Double], _ bounds: [Bounds],
    _ scales: [Double], _ problem: inout BoundedQuadratic
  ) -> Double? {
    let count = linear.count
    var index = p * tableSize
    var constant = 0.0
    for i in 0..<width {
      for j in i..<width {
        let id = pointPairs[index]
        index += 1
        guard id >= 0 else { return nil }
        var product = products[Int(id)]
        // Columns are stored scaled; the target and the offset go back to their own units.
        if i >= count { product *= columnScale[Int(pointColumns[p * width + i])] }
        if j >= count { product *= columnScale[Int(pointColumns[p * width + j])] }
        if j < count {
          problem.gram[i * count + j] = product
          problem.gram[j * count + i] = product
        } else if i < count {
          if j == count { problem.right[i] = product } else { problem.right[i] -= product }
        } else {
          constant += i == j ? product : -2 * product
        }
      }
    }
    for k in 0..<count {
      problem.lower[k] = bounds[linear[k]].lower * scales[p * count + k]
      problem.upper[k] = bounds[linear[k]].upper * scales[p * count + k]
    }
    return constant
  }

  /// Local minima of a grid, or the best points well apart of a scatter; best first.
  private func pick(_ values: [Double], limit: Int) -> [Int] {
    let order = values.indices.filter { values[$0].isFinite && isGridMinimum($0, values) }
      .sorted { (Float(values[$0]), $0) < (Float(values[$1]), $1) }
    return shape.isEmpty ? apart(order, limit) : Array(order.prefix(limit))
  }

  /// The best points at least three steps of the grid away from those already picked, so that at
  /// least `count` are polished: agreement of one seed with itself would certify nothing.
  private func witnesses(_ values: [Double], beside picked: [Int], count: Int) -> [Int] {
    guard let width = shape.last, picked.count < count else { return [] }
    var all = picked
    let order = values.indices.filter { values[$0].isFinite }
      .sorted { (Float(values[$0]), $0) < (Float(values[$1]), $1) }
    for p in order where all.count < count {
      let isNear = all.contains { q in
        abs(p / width - q / width) < 3 && abs(p % width - q % width) < 3
      }
      if !isNear { all.append(p) }
    }
    return Array(all.dropFirst(picked.count))
  }

  /// Every second point along each axis of a grid over two; all points elsewhere.
  private func isThinned(_ p: Int) -> Bool {
    shape.count != 2 || (p / shape[1] % 2 == 0 && p % shape[1] % 2 == 0)
  }

  private func isCoarse(_ p: Int) -> Bool {
    switch shape.count {
    case 0: p % 16 == 8
    case 1: p % 4 == 2
    default: p / shape[1] % 4 == 2 && p % shape[1] % 4 == 2
    }
  }

  private func isGridMinimum(_ p: Int, _ values: [Double]) -> Bool {
    switch shape.count {
    case 0: return true
    case 1:
      return (p == 0 || values[p - 1] >= values[p])
        && (p + 1 == values.count || values[p + 1] >= values[p])
    default: break
    }
    let row = p / shape[1]
    let column = p % shape[1]
    for i in max(row - 1, 0)...min(row + 1, shape[0] - 1) {
      for j in max(column - 1, 0)...min(column + 1, shape[1] - 1)
      where values[i * shape[1] + j] < values[p] {
        return false
      }
    }
    return true
  }

  /// The best points no two of which are close, measured in ranks along each axis.
  private func apart(_ order: [Int], _ limit: Int) -> [Int] {
    guard !axes.isEmpty else { return Array(order.prefix(1)) }
    var ranks = Array(repeating: 0.0, count: pointCount * axes.count)
    for a in axes.indices {
      let sorted = (0..<pointCount).sorted {
        (points[$0 * axes.count + a], $0) < (points[$1 * axes.count + a], $1)
      }
      for (rank, p) in sorted.enumerated() {
        ranks[p * axes.count + a] = Double(rank) / Double(pointCount)
      }
    }
    var chosen: [Int] = []
    for p in order where chosen.count < limit {
      let isNear = chosen.contains { q in
        axes.indices.allSatisfy {
          abs(ranks[p * axes.count + $0] - ranks[q * axes.count + $0]) < 0.15
        }
      }
      if !isNear { chosen.append(p) }
    }
    return chosen
  }
}
