#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A parameter whose range follows from others: p g, p / g, g / p, p + g or p - g, with g a function
/// of other nonlinear parameters.
///
/// They are drawn first; g is evaluated on the rows, and p lies where it matters beside that.
struct CoupledScale: Sendable {
  enum Form: Sendable, Hashable {
    /// p g.
    case factor
    /// g / p.
    case divisor
    /// p / g.
    case numerator
    /// p + g (sign -1) or p - g (sign 1).
    case sum(sign: Double)
  }

  let axis: Int
  let form: Form
  /// The node of g in the rewritten graph.
  let node: Int
  /// ln of the scale of the whole.
  let scale: Double

  /// The coupled parameters of a law, in an order in which they can be drawn.
  static func find(
    _ axes: [SearchAxis], linear: [Int], _ law: SearchRewriting, _ analysis: ScaleAnalysis
  )
    -> [CoupledScale]
  {
    let graph = law.graph
    let linearSet = linear.reduce(Graph.ParameterSet(0)) { $0 | 1 << Graph.ParameterSet($1) }
    var result: [CoupledScale] = []
    var taken: Set<Int> = []
    for index in graph.needed(for: [law.root]) where graph.dependsOnParameters(index) {
      let node = graph.nodes[index]
      guard node.b >= 0 else { continue }
      for (own, other) in [(node.a, node.b), (node.b, node.a)] {
        guard case .parameter(let parameter) = graph.nodes[own].op,
          let axis = axes.firstIndex(where: { $0.parameter == parameter }),
          graph.dependsOnParameters(other),
          graph.parameterSets[other] & (linearSet | 1 << Graph.ParameterSet(parameter)) == 0,
          let form = form(node.op, isFirst: own == node.a, axes[axis].kind), !taken.contains(axis)
        else { continue }
        taken.insert(axis)
        let scales = analysis.scales[index] ?? (0, 0)
        result.append(
          CoupledScale(
            axis: axis, form: form, node: other, scale: 0.5 * (scales.largest + scales.smallest)))
      }
    }
    return result
  }

  private static func form(_ op: Graph.Op, isFirst: Bool, _ kind: SearchAxis.Kind) -> Form? {
    switch (op, kind) {
    case (.multiply, .scale): .factor
    case (.divide, .scale): isFirst ? .numerator : .divisor
    case (.add, .added): .sum(sign: -1)
    case (.subtract, .added): .sum(sign: 1)
    default: nil
    }
  }

  /// A value of the parameter where g takes the values given; nil where none lies inside its bounds.
  func draw(_ v: Double, _ values: Span<Double>, wide: Double, _ axis: SearchAxis) -> Double? {
    var (least, most, sum) = (Double.infinity, 0.0, 0.0)
    for index in 0..<values.count where values[index].isFinite {
      sum += values[index]
      let size = abs(values[index])
      guard size > 0 else { continue }
      least = min(least, size)
      most = max(most, size)
    }
    if most == 0 { most = 1 }
    if !least.isFinite { least = 1e-3 * most }
    least = max(least, 1e-9 * most)
    let margin = 3 * wide
    var (low, high) = (log(least), log(most))
    switch form {
    case .factor: (low, high) = (scale - high - margin, scale - low + margin)
    case .divisor: (low, high) = (low - scale - margin, high - scale + margin)
    case .numerator: (low, high) = (scale + low - margin, scale + high + margin)
    case .sum: (low, high) = (low - 0.5 * margin, high + 0.5 * margin)
    }
    low = min(max(low, -690), 690)
    high = min(max(high, -690), 690)
    let value: Double
    if axis.hasFixedSign {
      value = (axis.lower >= 0 ? 1 : -1) * exp(low + (high - low) * v)
    } else {
      let size = exp(low + (high - low) * abs(2 * v - 1))
      // Most often the parameter takes g's place: the sign that cancels it comes first.
      var towards = -1.0
      if case .sum(let sign) = form { towards = (sum < 0 ? -1 : 1) * sign }
      value = (v < 0.5 ? towards : -towards) * size
    }
    return value > axis.lower && value < axis.upper ? value : nil
  }
}
