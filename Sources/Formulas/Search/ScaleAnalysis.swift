#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What counts in the data below an operation: their differences, or their ratios.
enum ScaleContext { case difference, ratio }

/// The data-only values of a rewritten law that the analysis of scales reads.
struct SearchData {
  private(set) var values: [Int: [Double]] = [:]
  private var scales: [Key: Double] = [:]

  private struct Key: Hashable {
    var node: Int
    var context: ScaleContext
    var isLargest: Bool
  }

  init(_ graph: Graph, root: Int, columns: [[Double]], rowCount: Int) {
    let wanted = graph.needed(for: [root]).filter { !graph.dependsOnParameters($0) }
    for (node, column) in zip(
      wanted, graph.evaluateData(wanted, columns: columns, rowCount: rowCount))
    where graph.dependsOnData[node] {
      values[node] = column
      for context in [ScaleContext.difference, .ratio] {
        for isLargest in [true, false] {
          scales[Key(node: node, context: context, isLargest: isLargest)] =
            context == .ratio
            ? Self.size(column, isLargest) : Self.spread(column, isLargest)
        }
      }
    }
  }

  /// ln of the largest or smallest scale on which a law could vary with data: of the size of the
  /// numbers where ratios count, else of their span, and of their small gaps.
  func scale(_ node: Int, _ context: ScaleContext, isLargest: Bool) -> Double {
    scales[Key(node: node, context: context, isLargest: isLargest)] ?? 0
  }

  /// ln of the span, or of the tenth part of the gaps between neighbours (in order of size).
  static func spread(_ column: [Double], _ isLargest: Bool) -> Double {
    let sorted = column.filter(\.isFinite).sorted()
    guard let first = sorted.first, let last = sorted.last else { return 0 }
    let size = max(abs(first), abs(last))
    if size == 0 { return 0 }
    let span = last - first
    let whole = log(span > 0 ? span : size)
    if isLargest { return whole }
    var gaps: [Double] = []
    for (low, high) in zip(sorted, sorted.dropFirst()) where high > low { gaps.append(high - low) }
    guard gaps.count > 1 else { return whole }
    gaps.sort()
    let place = 0.1 * Double(gaps.count - 1)
    let index = min(Int(place), gaps.count - 2)
    let gap = gaps[index] + (place - Double(index)) * (gaps[index + 1] - gaps[index])
    return log(max(gap, span * 1e-7))
  }

  private static func size(_ column: [Double], _ isLargest: Bool) -> Double {
    var (low, high) = (Double.infinity, 0.0)
    for value in column where value != 0 && value.isFinite {
      low = min(low, abs(value))
      high = max(high, abs(value))
    }
    return high > 0 ? log(isLargest ? high : low) : 0
  }

  /// ln of largest over smallest size in a column; 0 where it is empty.
  static func logarithmicSpan(_ column: [Double]) -> Double {
    size(column, true) - size(column, false)
  }
}

/// The natural scale of every parameter, by dimensional analysis on the graph of a law.
///
/// Each node that depends on a parameter has one unknown, ln of its scale: products add, sums are
/// equal, an argument of exp or sin is of order one, and so on; what the data inside are known to be
/// gives the right-hand sides. The overdetermined system is solved by least squares with a small
/// ridge, once with every data column at its largest scale and once at its smallest: together they
/// are an interval in which the parameter matters, in whatever units the table has.
struct ScaleAnalysis {
  /// For each node with a parameter, ln of its scale: data at their largest, at their smallest.
  private(set) var scales: [Int: (largest: Double, smallest: Double)] = [:]
  let contexts: [Int: ScaleContext]

  private let graph: Graph
  private let root: Int
  private let data: SearchData
  private let bounds: [(lower: Double, upper: Double)]
  private let place: [Int: Int]
  private var equations = NormalEquations(count: 0)

  init(_ law: SearchRewriting, _ data: SearchData) {
    graph = law.graph
    root = law.root
    bounds = law.bounds
    self.data = data
    contexts = Self.contexts(graph, root)
    let nodes = graph.needed(for: [root]).filter(graph.dependsOnParameters)
    place = Dictionary(uniqueKeysWithValues: zip(nodes, nodes.indices))
    equations = NormalEquations(count: nodes.count)
    for node in nodes { addEquations(of: node) }
    let (largest, smallest) = equations.solved(ridge: 1e-4)
    for (index, node) in nodes.enumerated() { scales[node] = (largest[index], smallest[index]) }
  }

  /// Whether a node's data matter by ratio (below a power or a logarithm) or by difference.
  private static func contexts(_ graph: Graph, _ root: Int) -> [Int: ScaleContext] {
    var result: [Int: ScaleContext] = [root: .difference]
    for index in graph.needed(for: [root]).reversed() {
      let own = result[index] ?? .difference
      let node = graph.nodes[index]
      for operand in [node.a, node.b] where operand >= 0 {
        switch node.op {
        case .power where operand == node.a && graph.constantValue(node.b) == nil:
          result[operand] = .ratio
        case .log, .log2, .log10: result[operand] = .ratio
        case let op where op.isSaturating:
          if result[operand] == nil { result[operand] = .difference }
        default: if result[operand] == nil { result[operand] = own }
        }
      }
    }
    return result
  }

  private mutating func addEquations(of index: Int) {
    let node = graph.nodes[index]
    let (a, b) = (node.a, node.b)
    let own = contexts[index] ?? .difference
    switch node.op {
    case .multiply: add([(1, index), (-1, a), (-1, b)], own)
    case .divide: add([(1, index), (-1, a), (1, b)], own)
    case .add, .subtract, .min, .max:
      for operand in [a, b] where !graph.isConstant(operand, 0) {
        add([(1, index), (-1, operand)], own, weight: index == root ? 0.3 : 1)
      }
    case .negate, .abs: add([(1, index), (-1, a)], .difference)
    case .sqrt: add([(1, index), (-0.5, a)], own)
    case .log, .log2, .log10:
      add([(1, a)], .difference, weight: 0.3)
      add([(1, index)], .difference, right: log(logarithmicSpan(below: a, atLeast: 1)))
    case .power:
      if let exponent = graph.constantValue(b) {
        add([(1, index), (-exponent, a)], own)
      } else {
        add([(1, index), (-0.3 * exponentSign(b), a)], .ratio, weight: 0.3)
      }
    case let op where op.isSaturating:
      add([(1, a)], .difference)
      add([(1, index)], .difference, weight: 0.3)
    default: break
    }
  }

  /// The sign of an exponent, as far as its bounds tell.
  private func exponentSign(_ exponent: Int) -> Double {
    var sign = 1.0
    var node = exponent
    while graph.nodes[node].op == .negate {
      sign = -sign
      node = graph.nodes[node].a
    }
    if case .parameter(let parameter) = graph.nodes[node].op, bounds[parameter].upper <= 0 {
      sign = -sign
    }
    return sign
  }

  /// The widest logarithmic span of the data below a node.
  private func logarithmicSpan(below node: Int, atLeast least: Double) -> Double {
    graph.needed(for: [node]).reduce(least) { widest, inner in
      max(widest, data.values[inner].map(SearchData.logarithmicSpan) ?? 0)
    }
  }

  /// Adds weight (sum of factor * S(node)) = weight * right, with data moved to the right.
  private mutating func add(
    _ terms: [(factor: Double, node: Int)], _ context: ScaleContext, weight: Double = 1,
    right: Double = 0
  ) {
    var unknowns: [(factor: Double, place: Int)] = []
    var (largest, smallest) = (right, right)
    for (factor, node) in terms {
      if let place = place[node] {
        unknowns.append((factor, place))
      } else if let value = graph.constantValue(node) {
        let size = value != 0 && value.isFinite ? log(abs(value)) : 0
        largest -= factor * size
        smallest -= factor * size
      } else {
        largest -= factor * data.scale(node, context, isLargest: true)
        smallest -= factor * data.scale(node, context, isLargest: false)
      }
    }
    equations.add(unknowns, largest, smallest, weight: weight)
  }
}

extension Graph.Op {
  /// Whether the slope jumps somewhere.
  var hasKink: Bool {
    switch self {
    case .abs, .min, .max: true
    default: false
    }
  }

  /// Whether a law varies with the argument on a scale of one.
  var isSaturating: Bool {
    switch self {
    case .exp, .tanh, .sigmoid, .sin, .cos, .softplus, .atan, .expm1, .log1p: true
    default: false
    }
  }
}
