import CVectorMath
import Testing

@testable import Formulas

#if arch(x86_64) && canImport(Glibc)
  import Glibc
#endif

@Suite struct PowerTests {
  /// Equal bits, or both NaN.
  private func same(_ a: Double, _ b: Double) -> Bool {
    a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN)
  }

  // MARK: - Special values

  private static let inf = Double.infinity

  /// Base, exponent and power, from ISO C, annex F.10.4.4.
  static let specials: [(x: Double, y: Double, power: Double)] = [
    (.nan, 0, 1), (.nan, -0.0, 1), (1, .nan, 1), (1, inf, 1), (.nan, 1, .nan), (2, .nan, .nan),
    (0, .nan, .nan), (inf, .nan, .nan), (-1, .nan, .nan), (-1, inf, 1), (-1, -inf, 1),
    (0, 3, 0), (-0.0, 3, -0.0), (0, 2, 0), (-0.0, 2, 0), (-0.0, 0.5, 0), (-0.0, 2.5, 0),
    (0, -3, inf), (-0.0, -3, -inf), (-0.0, -2, inf), (-0.0, -0.5, inf), (0, inf, 0),
    (0, -inf, inf), (-0.0, -inf, inf), (0.5, inf, 0), (0.5, -inf, inf), (-0.5, inf, 0),
    (2, inf, inf), (2, -inf, 0), (-2, -inf, 0), (-2, inf, inf), (inf, 0.5, inf), (inf, -1, 0),
    (-inf, 3, -inf), (-inf, 2, inf), (-inf, 0.5, inf), (-inf, -3, -0.0), (-inf, -2, 0),
    (-inf, -0.5, 0), (-8, 1.0 / 3, .nan), (-1, 0.5, .nan), (-2, 3, -8), (-2, 4, 16),
    (-1, 0x1p52 + 1, -1), (-1, 0x1p53 - 1, -1), (-1, 0x1p53, 1), (-1, 0x1p300, 1),
    (-1, 0x1p52 - 0.5, .nan), (-1, -0x1p53 + 1, -1), (2, 1023, 0x1p1023), (2, 1024, inf),
    (-2, 1025, -inf), (2, -1074, 0x1p-1074), (2, -1076, 0), (-2, -1077, -0.0),
    (0x1p-1074, 1, 0x1p-1074), (0x1p-1074, -0.5, 0x1p537), (0x1p-1060, 0.25, 0x1p-265),
    (-0x1p-1073, 1, -0x1p-1073), (1 + 0x1p-52, 1e19, inf), (1 - 0x1p-53, 1e300, 0),
    (1 + 0x1p-52, -1e19, 0), (1e308, 2, inf), (1e308, -2, 0), (2, 10, 1024), (10, 15, 1e15),
    (9, 0.5, 3), (4, -1.5, 0.125), (.greatestFiniteMagnitude, 1, .greatestFiniteMagnitude),
  ]

  @Test(arguments: specials.indices)
  func specialValue(_ index: Int) {
    let (x, y, expected) = Self.specials[index]
    #expect(same(vm_pow(x, y), expected), "\(x)^\(y) = \(vm_pow(x, y)), not \(expected)")
  }

  // MARK: - Accuracy

  #if arch(x86_64) && canImport(Glibc)
    /// Bases, and what the logarithms of their powers may be at most.
    struct Bases: Sendable {
      var place: String
      var span: Double
      var values: [Double]
    }

    static let bases: [Bases] = {
      let normal = KernelInputs.byBits(0x1p-1022...1.7e308, 60_001)
      let aroundOne = (1...500).flatMap { (i: Int) -> [Double] in
        [1 + 0x1p-52 * Double(i), 1 - 0x1p-53 * Double(i)]
      }
      return [
        Bases(place: "all sizes, all results", span: 745, values: normal),
        Bases(place: "all sizes, moderate results", span: 8, values: normal),
        Bases(
          place: "subnormals", span: 745, values: KernelInputs.byBits(0x1p-1074...0x1p-1022, 20_001)
        ),
        Bases(
          place: "[0.5, 2], all results", span: 745, values: KernelInputs.linear(0.5...2, 60_001)),
        Bases(
          place: "[0.5, 2], moderate results", span: 3,
          values: KernelInputs.linear(0.5...2, 60_001)),
        Bases(
          place: "near 1", span: 745, values: KernelInputs.linear(0.9999...1.0001, 20_001)),
        Bases(place: "next to 1", span: 745, values: aroundOne),
      ]
    }()

    /// The library's 80-bit power is good to 0.001 ulp of a double.
    @Test(arguments: bases.indices)
    func errorStaysWithinBound(_ index: Int) {
      let bases = Self.bases[index]
      var worst = 0.0
      var worstOperands = (0.0, 0.0)
      for (i, x) in bases.values.enumerated() where x != 1 {
        // Scattered over -span ... span without the library's help.
        let fraction = Double((i &* 48_271) % 65_537) / 32_768 - 1
        let y = bases.span * fraction / log(x).magnitude
        let truth = Glibc.pow(Float80(x), Float80(y))
        // Powers out of range are special values.
        guard truth < Float80(Double.greatestFiniteMagnitude) else { continue }
        let error = Double(abs(Float80(vm_pow(x, y)) - truth) / Float80(Double(truth).ulp))
        if !(error <= worst) { (worst, worstOperands) = (error, (x, y)) }
      }
      #expect(worst <= 1.1, "\(bases.place): worst error \(worst) ulp at \(worstOperands)")
    }
  #endif

  @Test func smallIntegerPowersAreNearlyAlwaysExact() {
    var inexact = 0
    for x in 1...200 {
      var power = 1.0
      for y in 0...6 {
        let found = vm_pow(Double(x), Double(y))
        #expect((found - power).magnitude <= power.ulp)
        inexact += found == power ? 0 : 1
        power *= Double(x)
      }
    }
    #expect(inexact <= 30)
  }

  // MARK: - Forms agree

  /// The bases, exponents and one of each: the first set takes the fast loops, the others the careful.
  static let operands: [(x: [Double], y: [Double])] = {
    let x = KernelInputs.byBits(1e-5...1e12, 64)
    let y = KernelInputs.linear(-3...2, 64)
    let special = KernelInputs.special
    return [(x, y), (special + x, y + special), (x, [.nan, .infinity, 1e300] + y)]
  }()

  @Test(arguments: operands.indices, [128, 256, 512] as [Int32])
  func everyFormHasTheSameBits(_ index: Int, width: Int32) {
    let widest = vm_width()
    defer { vm_use_width(widest) }
    vm_use_width(width)
    let (bases, exponents) = Self.operands[index]
    for count in [0, 1, 2, 3, 5, 8, 9, 16, 17, 31, 33, 64] {
      for start in [0, 1, 3] where start + count <= min(bases.count, exponents.count) {
        let x = Array(bases[start..<(start + count)])
        let y = Array(exponents[start..<(start + count)])
        var both = Array(repeating: -7.0, count: count + 1)
        var inBase = x
        var inExponent = y
        unsafe vm_pow_array(x, y, &both, count)
        unsafe inBase.withUnsafeMutableBufferPointer {
          if let base = $0.baseAddress { unsafe vm_pow_array(base, y, base, count) }
        }
        unsafe inExponent.withUnsafeMutableBufferPointer {
          if let base = $0.baseAddress { unsafe vm_pow_array(x, base, base, count) }
        }
        #expect(both[count] == -7, "written beyond the count")
        for i in 0..<count {
          let expected = vm_pow(x[i], y[i])
          #expect(same(both[i], expected) && same(inBase[i], expected))
          #expect(same(inExponent[i], expected))
        }
        for scalar in [y.last ?? 0, -0.34, .nan, 0] {
          unsafe vm_pow_to(x, scalar, &both, count)
          #expect(zip(x, both).allSatisfy { same($1, vm_pow($0, scalar)) })
        }
        for scalar in [x.last ?? 0, 10, -2, 0, 1] {
          unsafe vm_pow_of(scalar, y, &both, count)
          #expect(zip(y, both).allSatisfy { same($1, vm_pow(scalar, $0)) })
        }
      }
    }
  }

  // MARK: - Bits

  /// As `VectorMathTests.hashes`.
  @Test func bitsAreStable() {
    let x = KernelInputs.byBits(1e-300...1e300, 4096)
    let y = KernelInputs.linear(-2...2, 4096)
    let hash = KernelInputs.hash(zip(x, y).map { vm_pow($0, $1) })
    #expect(hash == 0x8060_bc09_f83f_1432, "0x\(String(hash, radix: 16))")
  }
}
