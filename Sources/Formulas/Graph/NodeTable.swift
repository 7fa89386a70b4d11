internal import CVectorMath

/// Finds a node among those of a graph by what it computes.
///
/// An open hash table of indices: a dictionary of nodes took a third of the time of a compilation, most of
/// it for a hash that withstands attacks.
struct NodeTable {
  /// Indices of nodes, -1 where there is none; a power of two, at most half of it in use.
  private var slots: [Int32] = Array(repeating: -1, count: 256)
  private var count = 0

  /// The index of a node, if it is in the table.
  func find(_ node: Graph.Node, in nodes: [Graph.Node]) -> Int? {
    var slot = first(node)
    while slots[slot] >= 0 {
      if nodes[Int(slots[slot])] == node { return Int(slots[slot]) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Adds the last of some nodes, which is not there yet.
  mutating func insertLast(of nodes: [Graph.Node]) {
    count += 1
    if 2 * count > slots.count {
      slots = Array(repeating: -1, count: 2 * slots.count)
      for index in nodes.indices { put(nodes[index], index) }
    } else {
      put(nodes[nodes.count - 1], nodes.count - 1)
    }
  }

  private mutating func put(_ node: Graph.Node, _ index: Int) {
    var slot = first(node)
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = Int32(index)
  }

  private func first(_ node: Graph.Node) -> Int {
    let operands = UInt64(truncatingIfNeeded: node.a << 32 ^ node.b)
    let mixed = (node.op.identity ^ operands &* 0x9e37_79b9_7f4a_7c15) &* 0xbf58_476d_1ce4_e5b9
    return Int(truncatingIfNeeded: mixed >> 32) & (slots.count - 1)
  }
}

extension Graph.Op {
  /// A number that tells most operations apart.
  fileprivate var identity: UInt64 {
    switch self {
    case .constant(let bits): bits &* 0x94d0_49bb_1331_11eb
    case .column(let index): 1 << 32 | UInt64(index)
    case .parameter(let index): 1 << 40 | UInt64(index)
    default: UInt64(kernel.rawValue) << 48
    }
  }
}
