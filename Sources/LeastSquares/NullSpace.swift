#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The directions of the parameters along which no row of a Jacobian changes, found without regard
/// to units.
///
/// A direction is lost when its singular value, columns scaled to unit length, is at most 1e-9 of
/// the largest. A parameter takes part in it when its component is more than rounding explains:
/// ```
/// |v_j| > tau h_j,   h_j^2 = sum over known directions d of (v_dj / s_d)^2
/// ```
/// with tau the largest lost singular value, or 1e-12 of the largest of all. A perturbation tau of
/// the Jacobian turns that much of the known directions into the lost ones; in other words, beyond
/// it the lost direction would contribute more to the variance of the parameter than all known
/// ones. A fixed limit on v_j will not do: the shift of a + b x1 + c x2 with x1 + x2 = 1 and x1 of
/// .01 has a component of .008 along b, which is as undetermined as a and c are.
struct NullSpace {
  /// The singular directions that the rows determine, as indices of the decomposition.
  let known: [Int]
  /// A basis of the lost directions in natural coordinates.
  ///
  /// It is reduced: each has one coordinate, its ``pivots``, that the others have not, so that
  /// combinations which have nothing to do with one another stand apart. The first component that
  /// is not zero is one. Ascending by the place of that component.
  let directions: [[Double]]
  /// For each direction a coordinate that, held at its value, leaves the others determined.
  let pivots: [Int]
  /// The coordinates that take part in a lost direction, ascending.
  let participants: [Int]

  /// The largest singular value that counts as none, as a share of the largest.
  static let limit = 1e-9
  /// What the derivatives of a law and their decomposition are exact to, with a margin.
  private static let rounding = 1e-12

  init(_ parts: ScaledDecomposition) {
    let largest = parts.singular.first ?? 0
    let known = parts.singular.indices.filter { parts.singular[$0] > Self.limit * largest }
    let lost = parts.singular.indices.filter { !(parts.singular[$0] > Self.limit * largest) }
    let norms = parts.norms
    // A column of zeros is a direction of its own, which has no scale.
    let silent = norms.indices.filter { norms[$0] == 0 }
    let tau = lost.reduce(Self.rounding * largest) { max($0, parts.singular[$1]) }
    let explained = norms.indices.map { j in
      tau
        * known.reduce(0.0) {
          let part = parts.vectors[$1][j] / parts.singular[$1]
          return $0 + part * part
        }.squareRoot()
    }
    let basis = Self.reduced(
      lost.map { d in norms.indices.map { norms[$0] > 0 ? parts.vectors[d][$0] : 0 } },
      rank: lost.count - silent.count)
    var found = silent.map { j in
      (pivot: j, direction: norms.indices.map { $0 == j ? 1.0 : 0 })
    }
    for (pivot, vector) in basis {
      let natural = norms.indices.map { j in
        norms[j] > 0 && (j == pivot || abs(vector[j]) > explained[j]) ? vector[j] / norms[j] : 0
      }
      let first = natural.first { $0 != 0 } ?? 1
      found.append((pivot, natural.map { $0 / first }))
    }
    func order(_ direction: [Double]) -> Int { direction.firstIndex { $0 != 0 } ?? 0 }
    found.sort { (order($0.direction), $0.pivot) < (order($1.direction), $1.pivot) }
    self.known = known
    directions = found.map(\.direction)
    pivots = found.map(\.pivot)
    participants = norms.indices.filter { j in found.contains { $0.direction[j] != 0 } }
  }

  /// Gauss-Jordan elimination with complete pivoting: each vector ends with one at its pivot, where
  /// the others have zero.
  private static func reduced(
    _ vectors: [[Double]], rank: Int
  ) -> [(pivot: Int, vector: [Double])] {
    var rows = vectors
    var result: [(pivot: Int, vector: [Double])] = []
    for _ in 0..<max(rank, 0) {
      var best = (row: 0, column: 0, size: 0.0)
      for (row, vector) in rows.enumerated() {
        for (column, entry) in vector.enumerated() where abs(entry) > best.size {
          best = (row, column, abs(entry))
        }
      }
      guard best.size > 0 else { break }
      let chosen = rows.remove(at: best.row)
      let scale = chosen[best.column]
      let vector = chosen.map { $0 / scale }
      func cleared(_ other: [Double]) -> [Double] {
        let factor = other[best.column]
        return other.indices.map {
          $0 == best.column ? 0 : other[$0] - factor * vector[$0]
        }
      }
      rows = rows.map(cleared)
      result = result.map { ($0.pivot, cleared($0.vector)) }
      result.append((best.column, vector))
    }
    return result
  }
}
