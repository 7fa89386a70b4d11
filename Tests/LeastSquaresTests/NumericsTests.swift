import Foundation
import LeastSquares
import Testing

@Suite struct NumericsTests {
  /// Quantiles from published tables, to the digits printed there.
  @Test func quantiles() {
    #expect(abs(StudentT.quantile(0.975, degreesOfFreedom: 10) - 2.228138852) < 1e-8)
    #expect(abs(StudentT.quantile(0.95, degreesOfFreedom: 1) - 6.313751515) < 1e-8)
    #expect(abs(StandardNormal.quantile(0.975) - 1.959963984540054) < 1e-12)
    #expect(abs(StandardNormal.cumulative(1.959963984540054) - 0.975) < 1e-12)
    #expect(abs(ChiSquared.quantile(0.95, degreesOfFreedom: 1) - 3.841458821) < 1e-8)
    #expect(abs(ChiSquared.upperTail(3.841458821, degreesOfFreedom: 1) - 0.05) < 1e-9)
    #expect(abs(FisherF.quantile(0.95, numerator: 3, denominator: 10) - 3.708264819) < 1e-7)
    let t = StudentT.quantile(0.9, degreesOfFreedom: 7)
    #expect(abs(StudentT.cumulative(t, degreesOfFreedom: 7) - 0.9) < 1e-12)
  }

  /// The first points of Sobol's sequence are dyadic fractions known exactly.
  @Test func sobol() {
    // #require takes no noncopyable value.
    guard var sequence = SobolSequence(dimension: 2) else {
      Issue.record("dimension 2 is supported")
      return
    }
    #expect(sequence.next() == [0.5, 0.5])
    #expect(sequence.next() == [0.75, 0.25])
    #expect(sequence.next() == [0.25, 0.75])
    #expect(sequence.next() == [0.375, 0.375])
    let none = SobolSequence(dimension: 41) == nil
    #expect(none)
  }

  @Test func brent() throws {
    let minimum = try #require(BrentMinimizer.minimize(in: 0...4) { ($0 - 1.3) * ($0 - 1.3) + 2 })
    // The minimum of a parabola is known to the root of the rounding of its value.
    #expect(abs(minimum.x - 1.3) < 1e-7)
    #expect(minimum.converged)
    let edge = try #require(BrentMinimizer.minimize(in: 0...4) { $0 })
    #expect(edge.x == 0)
    #expect(BrentMinimizer.minimize(in: 0...1) { _ in .nan } == nil)
    let root = try #require(BrentRoot.find(in: 0...2) { $0 * $0 - 2 })
    #expect(abs(root.x - 2.0.squareRoot()) < 1e-12)
    #expect(BrentRoot.find(in: 2...3) { $0 * $0 - 2 } == nil)
  }

  @Test func eigen() throws {
    let parts = try #require(SymmetricEigen([2, 1, 1, 2], size: 2))
    #expect(abs(parts.values[0] - 1) < 1e-15 && abs(parts.values[1] - 3) < 1e-15)
    #expect(abs(abs(parts.vectors[1][0]) - 0.5.squareRoot()) < 1e-15)
    #expect(SymmetricEigen([.nan], size: 1) == nil)
  }

  /// The known answers of the Random123 distribution, philox4x32 with ten rounds.
  @Test func philoxKnownAnswers() {
    let zero = Philox.block(counter: (0, 0, 0, 0), key: (0, 0))
    #expect(zero == (0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    let ones = UInt32.max
    let full = Philox.block(counter: (ones, ones, ones, ones), key: (ones, ones))
    #expect(full == (0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
  }

  @Test func philoxStreams() {
    var first = Philox(seed: 0, stream: 0)
    #expect(first.next() == 0xe169_c58d_6627_e8d5)
    #expect(first.next() == 0x9b00_dbd8_bc57_ac4c)
    var a = Philox(seed: 5, stream: 1)
    var b = Philox(seed: 5, stream: 2)
    #expect(a.next() != b.next())
    // 60,000 throws of a die: each face within five standard deviations of 10,000.
    var counts = Array(repeating: 0, count: 6)
    for _ in 0..<60_000 { counts[a.next(below: 6)] += 1 }
    #expect(counts.allSatisfy { abs(Double($0) - 10_000) < 5 * (60_000.0 * 5 / 36).squareRoot() })
    let normal = (0..<40_000).map { _ in b.nextNormal() }
    let mean = normal.reduce(0, +) / 40_000
    let variance = normal.reduce(0) { $0 + $1 * $1 } / 40_000
    // Five standard deviations of a mean (0.005) and of a variance (0.00707).
    #expect(abs(mean) < 0.025 && abs(variance - 1) < 0.036)
    #expect(a.nextResample(of: 50).reduce(0, +) == 50)
  }
}
