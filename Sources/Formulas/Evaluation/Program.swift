internal import CVectorMath

/// A straight-line program for some roots of a graph, in two parts: what depends on parameters only runs
/// once per parameter vector on scalars; what depends on rows and parameters runs over blocks of rows.
///
/// What depends on data only has been computed before: it comes as columns.
struct Program: Sendable {
  /// Where an operand of a row instruction lies.
  enum Operand: Sendable, Hashable {
    /// A register: one block of rows.
    case register(Int)
    /// A column that the caller gets.
    case output(Int)
    /// A data column of the table.
    case column(Int)
    /// One number for all rows.
    case scalar(Int)
  }

  struct RowInstruction: Sendable {
    var op: Graph.Op
    var a: Operand
    var b: Operand
    var out: Operand
  }

  struct ScalarInstruction: Sendable {
    var op: Graph.Op
    var a: Int
    var b: Int
    var out: Int
  }

  /// Start values of the scalar slots; slot `p` below `parameterCount` belongs to parameter `p`.
  private(set) var scalars: [Double]
  private(set) var scalarInstructions: [ScalarInstruction] = []
  private(set) var rowInstructions: [RowInstruction] = []
  /// Outputs that are a column, a scalar or another output, to be copied.
  private(set) var copies: [(output: Int, from: Operand)] = []
  private(set) var registerCount = 0
  let outputCount: Int
  /// The row instructions and copies as the interpreter runs them.
  private(set) var code: [vm_instruction] = []

  /// Compiles the values of `roots`; output `i` of the program is root `i`, and `columns` has the column
  /// of every data-only node that the program may need.
  ///
  /// - Complexity: linear in the nodes below the roots.
  init(_ graph: Graph, roots: [Int], parameterCount: Int, columns: [Int: Int]) {
    scalars = Array(repeating: 0, count: parameterCount)
    outputCount = roots.count
    let needed = graph.needed(for: roots)
    let size = (needed.last ?? -1) + 1
    var place: [Operand?] = Array(repeating: nil, count: size)
    for (node, column) in columns where node < size { place[node] = .column(column) }
    var lastUse = Array(repeating: -1, count: size)
    for node in needed where graph.isVarying(node) {
      let inner = graph.nodes[node]
      lastUse[inner.a] = node
      if inner.op.isBinary { lastUse[inner.b] = node }
    }
    var outputOf: [Int?] = Array(repeating: nil, count: size)
    for (output, root) in roots.enumerated() where outputOf[root] == nil { outputOf[root] = output }
    var free: [Int] = []
    for node in needed {
      let inner = graph.nodes[node]
      if graph.dependsOnData[node] && !graph.dependsOnParameters(node) { continue }
      guard graph.isVarying(node) else {
        place[node] = .scalar(scalarSlot(of: node, in: graph, place))
        continue
      }
      let a = place[inner.a] ?? .scalar(-1)
      let b = inner.op.isBinary ? place[inner.b] ?? .scalar(-1) : a
      // Registers that end here can take the result: kernels work in place.
      for operand in [inner.a, inner.op.isBinary ? inner.b : inner.a]
      where lastUse[operand] == node {
        if case .register(let register) = place[operand] { free.append(register) }
        lastUse[operand] = -1
      }
      let out: Operand
      if let output = outputOf[node] {
        out = .output(output)
      } else if let register = free.popLast() {
        out = .register(register)
      } else {
        out = .register(registerCount)
        registerCount += 1
      }
      place[node] = out
      rowInstructions.append(RowInstruction(op: inner.op, a: a, b: b, out: out))
    }
    for (output, root) in roots.enumerated() {
      guard let from = place[root], from != .output(output) else { continue }
      copies.append((output, from))
    }
    code = rowInstructions.map { Self.code($0.op.kernel, $0.a, $0.b, $0.out) }
    code += copies.map { Self.code(vm_op_copy, $0.from, $0.from, .output($0.output)) }
  }

  private static func code(
    _ op: vm_op, _ a: Operand, _ b: Operand, _ out: Operand
  ) -> vm_instruction {
    let shape = a.isScalar ? vm_scalar_rows : b.isScalar ? vm_rows_scalar : vm_both_rows
    return vm_instruction(op: op, shape: shape, a: a.place, b: b.place, out: out.place)
  }

  private mutating func scalarSlot(
    of node: Int, in graph: Graph, _ place: [Operand?]
  ) -> Int {
    let inner = graph.nodes[node]
    switch inner.op {
    case .parameter(let index): return index
    case .constant(let bits):
      scalars.append(Double(bitPattern: bits))
    default:
      func slot(_ operand: Int) -> Int {
        if case .scalar(let slot) = place[operand] {
          slot
        } else {
          preconditionFailure("no scalar")
        }
      }
      scalars.append(0)
      scalarInstructions.append(
        ScalarInstruction(
          op: inner.op, a: slot(inner.a), b: inner.op.isBinary ? slot(inner.b) : slot(inner.a),
          out: scalars.count - 1))
    }
    return scalars.count - 1
  }
}

extension Program.Operand {
  fileprivate var isScalar: Bool { if case .scalar = self { true } else { false } }

  fileprivate var place: vm_operand {
    switch self {
    case .register(let index): vm_operand(memory: vm_in_registers, index: Int32(index))
    case .output(let index): vm_operand(memory: vm_in_output, index: Int32(index))
    case .column(let index): vm_operand(memory: vm_in_columns, index: Int32(index))
    case .scalar(let index): vm_operand(memory: vm_in_scalars, index: Int32(index))
    }
  }
}

extension Graph {
  /// Whether a node must be computed for every row at every parameter vector.
  func isVarying(_ node: Int) -> Bool { dependsOnData[node] && dependsOnParameters(node) }

  /// The nodes below some roots, in order.
  func needed(for roots: [Int]) -> [Int] {
    guard let last = roots.max() else { return [] }
    var isNeeded = Array(repeating: false, count: last + 1)
    for root in roots { isNeeded[root] = true }
    for index in stride(from: last, through: 0, by: -1) where isNeeded[index] {
      let node = nodes[index]
      if node.a >= 0 { isNeeded[node.a] = true }
      if node.b >= 0 { isNeeded[node.b] = true }
    }
    return (0...last).filter { isNeeded[$0] }
  }

  /// The data-only nodes that varying nodes or the roots read: what is computed once per table.
  func hoisted(for roots: [Int]) -> [Int] {
    func isData(_ node: Int) -> Bool { dependsOnData[node] && !dependsOnParameters(node) }
    var found = Set(roots.filter(isData))
    for index in needed(for: roots) where isVarying(index) {
      let node = nodes[index]
      if isData(node.a) { found.insert(node.a) }
      if node.b >= 0, isData(node.b) { found.insert(node.b) }
    }
    return found.sorted()
  }
}
