import TestSupport
import Testing

@testable import LeastSquares

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which directions of the parameters the columns of a Jacobian leave open.
@Suite struct NullSpaceTests {
  private static func null(_ columns: [[Double]]) throws -> NullSpace {
    let rows = columns[0].count
    let matrix = (0..<rows).flatMap { row in columns.map { $0[row] } }
    return NullSpace(
      try #require(ScaledDecomposition(matrix, rows: rows, columns: columns.count)))
  }

  private static let one = [1.0, 1, 1, 1, 1, 1, 1]
  private static let u = [0.002, 0.004, 0.008, 0.01, 0.014, 0.018, 0.021]
  private static let v = [3.1, -2.2, 0.7, 5.3, -4.1, 1.9, 0.3]

  @Test func aFullSetHasNone() throws {
    let null = try Self.null([Self.one, Self.u, Self.v])
    #expect(null.known.count == 3 && null.directions == [] && null.participants == [])
  }

  /// 1 - u - (1 - u) = 0: with u of a hundredth, its share of the scaled direction is a hundredth.
  @Test(arguments: [1, 1e-2, 1e-4, 1e-6])
  func smallSharesCount(_ size: Double) throws {
    let u = Self.u.map { $0 * size }
    let null = try Self.null([Self.one, u, zip(Self.one, u).map { $0 - $1 }, Self.v])
    #expect(null.known.count == 3)
    #expect(null.participants == [0, 1, 2])
    let direction = try #require(null.directions.first)
    #expect(null.directions.count == 1 && direction[0] == 1 && direction[3] == 0)
    // The rounding of 1 - u, 1e-16 of one, is that share of u.
    #expect(abs(direction[1] + 1) < 1e-12 / size && abs(direction[2] + 1) < 1e-12 / size)
  }

  /// Units are a choice of the reader's.
  @Test func unitsChangeNothing() throws {
    let columns = [
      Self.one, Self.u, zip(Self.one, Self.u).map { $0 - $1 }, Self.v,
      Self.v.map { $0 * $0 }, Self.v.map { 3 * $0 * $0 },
    ]
    for place in columns.indices {
      for scale in [1e-9, 1e-3, 1e9] {
        var scaled = columns
        scaled[place] = scaled[place].map { $0 * scale }
        let null = try Self.null(scaled)
        #expect(null.known.count == 4, "\(place) \(scale)")
        #expect(null.participants == [0, 1, 2, 4, 5], "\(place) \(scale)")
        // What has nothing to do with one another stands apart.
        let members = null.directions.map { direction in
          direction.indices.filter { direction[$0] != 0 }
        }
        #expect(members == [[0, 1, 2], [4, 5]], "\(place) \(scale)")
        #expect(
          Set(null.pivots).count == 2 && zip(members, null.pivots).allSatisfy { $0.contains($1) })
      }
    }
  }

  /// A column of zeros is a direction of its own.
  @Test func columnsWithoutEffect() throws {
    let zero = Self.one.map { _ in 0.0 }
    let null = try Self.null([Self.u, zero, Self.v, Self.u.map { 2 * $0 }, zero])
    #expect(null.participants == [0, 1, 3, 4])
    #expect(null.directions.count == 3 && null.known.count == 2)
    #expect(null.directions[1] == [0, 1, 0, 0, 0] && null.directions[2] == [0, 0, 0, 0, 1])
    #expect(abs(null.directions[0][3] + 0.5) < 1e-14)
    let all = try Self.null([zero, zero])
    #expect(all.known == [] && all.participants == [0, 1])
  }

  /// Two columns that differ by 1e-10 are the same; what is merely ill determined is not open.
  @Test func limitOfSingularValues() throws {
    let near = zip(Self.v, Self.u).map { $0 + 1e-10 * $1 }
    #expect(try Self.null([Self.v, near, Self.one]).participants == [0, 1])
    let apart = zip(Self.v, Self.u).map { $0 + 1e-5 * $1 }
    #expect(try Self.null([Self.v, apart, Self.one]).participants == [])
  }

  /// Random matrices of known rank: the directions lie in the null space, and random combinations of
  /// all columns leave none out.
  @Test func randomMatrices() throws {
    for stream in 0..<200 {
      var random = Philox(seed: 3, stream: UInt64(stream))
      let (rows, rank, columns) = (12, 2 + stream % 3, 6)
      let base = (0..<rank).map { _ in (0..<rows).map { _ in random.nextNormal() } }
      // The last column is independent of all others.
      let own = (0..<rows).map { _ in random.nextNormal() }
      let made = (0..<columns - 1).map { _ -> [Double] in
        let mix = base.map { _ in random.nextNormal() }
        let scale = exp(8 * random.nextNormal())
        return (0..<rows).map { row in
          scale * base.indices.reduce(0) { $0 + mix[$1] * base[$1][row] }
        }
      }
      let null = try Self.null(made + [own])
      #expect(null.known.count == rank + 1)
      #expect(null.participants == Array(0..<columns - 1), "stream \(stream)")
      for direction in null.directions {
        for row in 0..<rows {
          let parts = made.indices.map { made[$0][row] * direction[$0] }
          let size = parts.reduce(0) { $0 + abs($1) }
          // Singular values down to a hundredth cost two digits, the elimination another.
          #expect(abs(parts.reduce(0, +)) <= 1e-11 * size + 1e-280)
        }
      }
    }
  }
}
