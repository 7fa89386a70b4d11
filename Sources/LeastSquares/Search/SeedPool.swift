#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The seeds of a search: where they lie, what the projected objective is there, which were tried.
struct SeedPool {
  private let model: any SearchModel
  private let sampler: any SeedSampler
  private let stated: [(axis: Int, range: SearchRange)]
  private var sequence: SeedSequence
  private var drawn = 0
  /// The nonlinear parameters of every seed, one after the other.
  private var points: [[Double]] = []
  private(set) var values: [Double] = []
  private var isIndependent: [Bool] = []
  /// Their coordinates, once the sizes are known.
  private var places: [[Double]] = []
  private var tried: [Int] = []
  /// The size of each parameter among the first seeds: asinh of a value over it is the coordinate in
  /// which seeds are near or far.
  private var sizes: [Double] = []

  private var q: Int { model.nonlinear.count }
  /// How far apart two starts must be, in the range of the seeds.
  private var radius: Double { q <= 3 ? 0.12 : 0.2 }

  /// - Parameters:
  ///   - model: the law.
  ///   - stated: for each parameter as typed, where it is said to lie; empty or nil where nothing is
  ///     known.
  init(_ model: any SearchModel, stated: [SearchRange?]) {
    self.model = model
    self.stated = model.nonlinear.indices.compactMap { axis in
      let parameter = model.nonlinear[axis]
      guard stated.indices.contains(parameter), let range = stated[parameter] else { return nil }
      return (axis, range)
    }
    sampler = model.makeSeedSampler()
    sequence = SeedSequence(dimension: model.nonlinear.count)
  }

  var count: Int { points.count }

  /// Draws seeds over the whole ranges, every third where its parameters are said to lie.
  mutating func draw(_ count: Int, wide: Double) -> [[Double]] {
    (0..<count).map { _ in
      let fractions = sequence.next()
      var theta = sampler.draw(fractions, wide: wide, layer: drawn)
      if drawn % 3 == 2 { place(&theta, fractions) }
      drawn += 1
      return theta
    }
  }

  private func place(_ theta: inout [Double], _ fractions: [Double]) {
    guard !stated.isEmpty else { return }
    var typed = model.typed(theta)
    for (axis, range) in stated {
      typed[model.nonlinear[axis]] = range.point(at: fractions[axis])
    }
    let searched = model.searched(typed)
    for (axis, _) in stated {
      let parameter = model.nonlinear[axis]
      theta[parameter] = inside(axis, searched[parameter])
    }
  }

  /// Draws seeds in the box of the best sixteenth, half of them around `best` where there is one.
  mutating func drawNear(_ count: Int, best: [Double]?) -> [(theta: [Double], isIndependent: Bool)]
  {
    let order = order
    let top = order.prefix(max(6, order.count / 16))
    guard !top.isEmpty else { return [] }
    let ends = (0..<q).map { axis in
      let all = places.map { $0[axis] }
      let range = max((all.max() ?? 0) - (all.min() ?? 0), 1e-12)
      let own = top.map { places[$0][axis] }.sorted()
      let low = own[Int(0.05 * Double(own.count - 1))]
      let high = own[Int((0.95 * Double(own.count - 1)).rounded(.up))]
      return (low: low, width: max(high - low, 0.05 * range), range: range)
    }
    let center = best.map { theta in self.coordinates(of: model.nonlinear.map { theta[$0] }) }
    return (0..<count).map { number in
      let u = sequence.next()
      var theta = Array(repeating: 0.0, count: model.searchBounds.count)
      let isNear = center != nil && number < count / 2
      for axis in 0..<q {
        let (low, width, range) = ends[axis]
        var place = low + width * (1.5 * u[axis] - 0.25)
        if isNear, let center { place = center[axis] + 0.15 * range * (2 * u[axis] - 1) }
        theta[model.nonlinear[axis]] = inside(axis, sinh(place) * sizes[axis])
      }
      return (theta, !isNear)
    }
  }

  private func inside(_ axis: Int, _ value: Double) -> Double {
    let bounds = model.searchBounds[model.nonlinear[axis]]
    var value = value
    if value <= bounds.lower { value = bounds.lower + 1e-3 * abs(value - bounds.lower) }
    if value >= bounds.upper { value = bounds.upper - 1e-3 * abs(value - bounds.upper) }
    return min(max(value, bounds.lower), bounds.upper)
  }

  /// Adds a seed with its projected objective.
  mutating func add(_ theta: [Double], value: Double, isIndependent: Bool) {
    points.append(model.nonlinear.map { theta[$0] })
    values.append(value)
    self.isIndependent.append(isIndependent)
    if !sizes.isEmpty { places.append(coordinates(of: points[points.count - 1])) }
  }

  /// Fixes the sizes by the seeds so far.
  mutating func measure() {
    sizes = (0..<q).map { axis in
      let sorted = points.map { abs($0[axis]) }.sorted()
      return max(sorted[sorted.count / 2], 1e-300)
    }
    places = points.map(coordinates)
  }

  private func coordinates(of point: [Double]) -> [Double] {
    point.indices.map { model.turns($0, point[$0]) ?? asinh(point[$0] / sizes[$0]) }
  }

  /// Seeds with a value, best first.
  private var order: [Int] {
    values.indices.filter { values[$0].isFinite }.sorted {
      (Float(values[$0]), $0) < (Float(values[$1]), $1)
    }
  }

  /// What counts as the whole width of each axis, in coordinates.
  private var widths: [Double] {
    (0..<q).map { axis in
      if model.turns(axis, 1) != nil { return 1 / radius }
      let all = places.map { $0[axis] }
      return max((all.max() ?? 0) - (all.min() ?? 0), 1e-12)
    }
  }

  /// How far apart two points are, as the largest share of a width.
  private static func distance(_ a: [Double], _ b: [Double], _ widths: [Double]) -> Double {
    var most = 0.0
    for axis in widths.indices { most = max(most, abs(a[axis] - b[axis]) / widths[axis]) }
    return most
  }

  /// The best of some points that lie elsewhere than a known one, apart from each other.
  func rivals(of known: SearchPoint, among others: [SearchPoint], most: Int) -> [Int] {
    let widths = widths
    func place(_ point: SearchPoint) -> [Double] {
      coordinates(of: model.nonlinear.map { point.theta[$0] })
    }
    var taken = [place(known)]
    var picked: [Int] = []
    let order = others.indices.sorted { (others[$0].value, $0) < (others[$1].value, $1) }
    for index in order where picked.count < most && others[index].value.isFinite {
      let own = place(others[index])
      if taken.contains(where: { Self.distance(own, $0, widths) < radius }) { continue }
      taken.append(own)
      picked.append(index)
    }
    return picked
  }

  /// The best seeds apart from each other and from those tried before.
  mutating func pick(_ wanted: Int) -> [Int] {
    let widths = widths
    func distance(_ a: Int, _ b: Int) -> Double {
      Self.distance(places[a], places[b], widths)
    }
    let order = order
    var picked: [Int] = []
    for seed in order.prefix(400) where picked.count < wanted {
      if picked.contains(where: { distance(seed, $0) < radius }) { continue }
      if tried.contains(where: { distance(seed, $0) < 0.5 * radius }) { continue }
      if !isIndependent[seed],
        picked.count(where: { !isIndependent[$0] }) >= max(3, wanted / 2)
      {
        continue
      }
      picked.append(seed)
    }
    if picked.count < 4 {
      let known = Set(tried + picked)
      picked += order.lazy.filter { !known.contains($0) }.prefix(6 - picked.count)
    }
    tried += picked
    return picked
  }

  /// A seed as a point to descend from.
  func point(_ seed: Int, round: Int) -> SearchPoint {
    var theta = Array(repeating: 0.0, count: model.searchBounds.count)
    for (j, value) in zip(model.nonlinear, points[seed]) { theta[j] = value }
    return SearchPoint(
      theta: theta, value: values[seed], seed: seed, round: round,
      isIndependent: isIndependent[seed])
  }
}

/// Points spread evenly over the unit cube: Sobol's sequence, shifted by a fixed random vector.
struct SeedSequence {
  private let dimension: Int
  private var random = Philox(seed: 12, stream: 0)
  private var block: [[Double]] = []
  private var used = 0
  private var shift: [Double]

  init(dimension: Int) {
    self.dimension = dimension
    shift = []
    shift = (0..<dimension).map { _ in random.nextUniform() }
  }

  mutating func next() -> [Double] {
    if used == block.count { extend() }
    used += 1
    return block[used - 1]
  }

  /// GSL's sequence has forty dimensions; the others are plainly random.
  private mutating func extend() {
    let size = max(256, 2 * block.count)
    guard dimension > 0, var sobol = SobolSequence(dimension: min(dimension, 40)) else {
      block += Array(repeating: [], count: size)
      return
    }
    for number in 0..<size {
      let point = sobol.next()
      guard number >= block.count else { continue }
      block.append(
        (0..<dimension).map { axis in
          var value = axis < point.count ? point[axis] + shift[axis] : random.nextUniform()
          if value >= 1 { value -= 1 }
          return min(max(value, 1e-9), 1 - 1e-9)
        })
    }
  }
}
