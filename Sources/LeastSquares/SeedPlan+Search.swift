internal import CVectorMath

/// Numbers a seed search writes; kept between replicates so that they allocate nothing large.
struct SeedWork {
  var weighted: [Double] = []
  var products: [Double] = []
  var values: [Double] = []
  var solutions: [Double] = []
  var sides: [Int32] = []
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
    if work.values.count != pointCount {
      work.values = Array(repeating: .infinity, count: pointCount)
      work.solutions = Array(repeating: 0, count: pointCount * linear.count)
      work.sides = Array(repeating: 0, count: pointCount * linear.count)
    }
    solve(nil, held: nil, bounds, &work)
    var numbers = pick(work.values, limit: limit)
    if vanishing { numbers += witnesses(work.values, beside: numbers, count: min(2, limit)) }
    if spread {
      numbers += (0..<pointCount).filter { isCoarse($0) && work.values[$0].isFinite }
    }
    var picked = numbers.map { seed(at: $0, point: $0, work) }
    if vanishing { picked += vanishingSeeds(bounds, &work) }
    return picked
  }

  /// For each linear parameter with a lower bound, the best point when it is held at its bound.
  private func vanishingSeeds(_ bounds: [Bounds], _ work: inout SeedWork) -> [Seed] {
    let thinned = (0..<pointCount).filter(isThinned)
    return linear.indices.compactMap { k in
      guard abs(bounds[linear[k]].lower).isFinite else { return nil }
      solve(thinned, held: k, bounds, &work)
      guard let best = thinned.indices.min(by: { work.values[$0] < work.values[$1] }),
        work.values[best].isFinite
      else { return nil }
      var seed = seed(at: best, point: thinned[best], work)
      seed.isVanishing = true
      return seed
    }
  }

  /// The seed of a solution of the buffers.
  private func seed(at place: Int, point: Int, _ work: SeedWork) -> Seed {
    let range = (place * linear.count)..<((place + 1) * linear.count)
    return Seed(
      point: point, value: work.values[place], linear: Array(work.solutions[range]),
      active: work.sides[range].map { $0 != 0 })
  }

  /// Solves the linear problems of the points chosen, or of all, into the buffers.
  private func solve(_ chosen: [Int]?, held: Int?, _ bounds: [Bounds], _ work: inout SeedWork) {
    let lower = linear.map { bounds[$0].lower }
    let upper = linear.map { bounds[$0].upper }
    let width = columnsPerPoint
    let count = chosen?.count ?? pointCount
    precondition(places.count == width * (width + 1) / 2)
    precondition(pointScales.count == pointCount * linear.count)
    precondition(work.values.count >= count && work.products.count == pairs.count / 2)
    precondition(chosen?.allSatisfy { $0 >= 0 && $0 < pointCount } ?? true)
    unsafe places.withUnsafeBufferPointer { places in
      unsafe pointScales.withUnsafeBufferPointer { scales in
        unsafe work.products.withUnsafeBufferPointer { products in
          unsafe lower.withUnsafeBufferPointer { lower in
            unsafe upper.withUnsafeBufferPointer { upper in
              var problems = unsafe vm_problems(
                unknowns: linear.count, has_offset: hasOffset ? 1 : 0, row_width: rowWidth,
                places: places.baseAddress, products: products.baseAddress,
                scales: scales.baseAddress, lower: lower.baseAddress, upper: upper.baseAddress)
              unsafe vm_bounded_minima(
                &problems, chosen, count, held ?? -1, &work.values, &work.solutions, &work.sides)
            }
          }
        }
      }
    }
  }

  /// Products of all pairs of columns under the weights.
  private func multiplyColumns(_ weights: [Double], _ work: inout SeedWork) {
    if work.products.count != pairs.count / 2 {
      work.products = Array(repeating: 0, count: pairs.count / 2)
    }
    if weights.allSatisfy({ $0 == 1 }) {
      multiplyPairs(columns, rows.count, into: &work.products)
      return
    }
    let present = weights.indices.filter { weights[$0] > 0 }
    let roots = present.map { weights[$0].squareRoot() }
    if work.weighted.count < columnCount * rows.count {
      work.weighted = Array(repeating: 0, count: columnCount * rows.count)
    }
    gather(present, roots, &work.weighted)
    multiplyPairs(work.weighted, present.count, into: &work.products)
  }

  private func multiplyPairs(_ weighted: [Double], _ count: Int, into products: inout [Double]) {
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
  private func gather(_ present: [Int], _ roots: [Double], _ weighted: inout [Double]) {
    let (count, stride) = (present.count, rows.count)
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
    while all.count < count {
      var best: Int?
      for p in values.indices where values[p].isFinite {
        if let best, Float(values[p]) >= Float(values[best]) { continue }
        let isNear = all.contains { q in
          abs(p / width - q / width) < 3 && abs(p % width - q % width) < 3
        }
        if !isNear { best = p }
      }
      guard let best else { break }
      all.append(best)
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
