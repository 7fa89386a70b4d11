internal import CVectorMath

/// How a parameter meets the data: what tells a search where to look for it.
///
/// Found from the formula's structure, so that a law typed for the first time is searched sensibly: in
/// `exp(-b x)` the parameter multiplies data, and values of the order of one over the range of `x` matter;
/// in `x / d` or `x - d` it is measured in the units of `x`.
public enum ParameterScale: Sendable, Hashable {
  /// It multiplies data that span `range`, of size `magnitude` at most.
  case factor(range: Double, magnitude: Double)
  /// It is added to, divides or is compared with data between `lower` and `upper`.
  case location(lower: Double, upper: Double)
  /// It is added to or divides the logarithm of data between `lower` and `upper` (given as data).
  case logarithmicLocation(lower: Double, upper: Double)
  /// It meets no data directly.
  case none

  static func find(
    in graph: Graph, root: Int, parameterCount: Int, hoisted: [Int], _ columns: DataColumns
  ) -> [ParameterScale] {
    var result = Array(repeating: ParameterScale.none, count: parameterCount)
    let rows = columns.rowCount
    guard rows > 0 else { return result }
    var range: [Int: (Double, Double)] = [:]
    for (index, node) in hoisted.enumerated() {
      let values = columns.values[(index * rows)..<((index + 1) * rows)]
      if let low = values.min(), let high = values.max(), low.isFinite, high.isFinite {
        range[node] = (low, high)
      }
    }
    func single(_ node: Int) -> (parameter: Int, isLogarithm: Bool)? {
      var node = node
      var isLogarithm = false
      while true {
        switch graph.nodes[node].op {
        case .parameter(let index): return (index, isLogarithm)
        case .log where !isLogarithm: isLogarithm = true
        case .negate: break
        default: return nil
        }
        node = graph.nodes[node].a
      }
    }
    for index in graph.needed(for: [root]) where graph.isVarying(index) {
      let node = graph.nodes[index]
      guard node.op.isBinary else { continue }
      for (first, second) in [(node.a, node.b), (node.b, node.a)] {
        guard let (low, high) = range[first], let (parameter, isLogarithm) = single(second),
          result[parameter] == .none
        else { continue }
        switch node.op {
        case .multiply:
          result[parameter] = .factor(
            range: high - low, magnitude: Swift.max(Swift.abs(low), Swift.abs(high)))
        case .add, .subtract, .divide, .min, .max, .lessOrEqual:
          result[parameter] =
            isLogarithm
            ? .logarithmicLocation(lower: vm_exp(low), upper: vm_exp(high))
            : .location(lower: low, upper: high)
        default: continue
        }
      }
    }
    return result
  }
}
