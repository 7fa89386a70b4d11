import CVectorMath
import Testing

@testable import Formulas

@Suite struct VectorMathTests {
  /// Equal bits, or both NaN.
  private func same(_ a: Double, _ b: Double) -> Bool {
    a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN)
  }

  // MARK: - Special values

  struct Special: Sendable {
    var kernel: Kernel.Name
    var x: Double
    var y: Double

    init(_ kernel: Kernel.Name, _ x: Double, _ y: Double) {
      self.kernel = kernel
      self.x = x
      self.y = y
    }
  }

  static let specials: [Special] =
    [
      Special(.exp, .nan, .nan), Special(.exp, .infinity, .infinity), Special(.exp, -.infinity, 0),
      Special(.exp, 0, 1), Special(.exp, -0.0, 1), Special(.exp, 0x1p-1074, 1),
      // log of the largest finite number and the number after it.
      Special(.exp, 709.782712893384, 0x1.fffffffffff2ap1023),
      Special(.exp, 709.7827128933841, .infinity),
      Special(.exp, 1e300, .infinity), Special(.exp, -745.1332191019411, 0x1p-1074),
      Special(.exp, -745.1332191019412, 0), Special(.exp, -1e300, 0),
      Special(.log, .nan, .nan), Special(.log, .infinity, .infinity), Special(.log, 0, -.infinity),
      Special(.log, -0.0, -.infinity), Special(.log, -0x1p-1074, .nan), Special(.log, -1, .nan),
      Special(.log, -.infinity, .nan), Special(.log, 1, 0), Special(.log, 2, 0x1.62e42fefa39efp-1),
      Special(.log, 0x1p-1074, -0x1.74385446d71c3p9),
      Special(.log, .greatestFiniteMagnitude, 0x1.62e42fefa39efp9),
      Special(.expm1, .nan, .nan), Special(.expm1, .infinity, .infinity),
      Special(.expm1, -.infinity, -1), Special(.expm1, 0, 0), Special(.expm1, -0.0, -0.0),
      Special(.expm1, 0x1p-1074, 0x1p-1074),
      Special(.expm1, -0x1p-1074, -0x1p-1074), Special(.expm1, -50, -1),
      Special(.expm1, 709.7827128933841, .infinity), Special(.expm1, -1e300, -1),
      Special(.log1p, .nan, .nan), Special(.log1p, .infinity, .infinity),
      Special(.log1p, -1, -.infinity), Special(.log1p, -1.0000000000000002, .nan),
      Special(.log1p, -.infinity, .nan), Special(.log1p, 0, 0), Special(.log1p, -0.0, -0.0),
      Special(.log1p, 0x1p-1074, 0x1p-1074), Special(.log1p, -0x1p-1074, -0x1p-1074),
      Special(.log1p, .greatestFiniteMagnitude, 0x1.62e42fefa39efp9),
      Special(.tanh, .nan, .nan), Special(.tanh, .infinity, 1), Special(.tanh, -.infinity, -1),
      Special(.tanh, 0, 0), Special(.tanh, -0.0, -0.0), Special(.tanh, 1e300, 1),
      Special(.tanh, -0x1p-1074, -0x1p-1074),
      Special(.sigmoid, .nan, .nan), Special(.sigmoid, .infinity, 1),
      Special(.sigmoid, -.infinity, 0), Special(.sigmoid, 0, 0.5), Special(.sigmoid, -0.0, 0.5),
      Special(.sigmoid, -745.1332191019411, 0x1p-1074),
      Special(.softplus, .nan, .nan), Special(.softplus, .infinity, .infinity),
      Special(.softplus, -.infinity, 0), Special(.softplus, 0, 0x1.62e42fefa39efp-1),
      Special(.softplus, 1e300, 1e300), Special(.softplus, -745.1332191019411, 0x1p-1074),
      Special(.sqrt, .nan, .nan), Special(.sqrt, -1, .nan), Special(.sqrt, -0.0, -0.0),
      Special(.sqrt, .infinity, .infinity), Special(.sqrt, 2, 0x1.6a09e667f3bcdp0),
    ]
    + [Kernel.Name.log2, .log10].flatMap { name in
      [
        Special(name, .nan, .nan), Special(name, .infinity, .infinity),
        Special(name, 0, -.infinity), Special(name, -0.0, -.infinity), Special(name, 1, 0),
        Special(name, -0x1p-1074, .nan), Special(name, -.infinity, .nan),
      ]
    } + [
      Special(.sin, .nan, .nan), Special(.sin, .infinity, .nan), Special(.sin, -0.0, -0.0),
      Special(.sin, 0x1p-1074, 0x1p-1074), Special(.cos, .nan, .nan),
      Special(.cos, -.infinity, .nan),
      Special(.cos, -0.0, 1), Special(.cos, 0x1p-1074, 1), Special(.atan, .nan, .nan),
      Special(.atan, .infinity, .pi / 2), Special(.atan, -.infinity, -.pi / 2),
      Special(.atan, -0.0, -0.0), Special(.atan, 1, .pi / 4),
      Special(.atan, -0x1p-1074, -0x1p-1074),
      Special(.log2, 0x1p-1074, -1074), Special(.log2, 0x1p1023, 1023),
      Special(.log10, 1000, 3), Special(.log10, 1e-5, -5), Special(.log10, 1e300, 300),
    ]

  @Test(arguments: specials)
  func specialValue(_ special: Special) {
    let result = Kernel(name: special.kernel).scalar(special.x)
    #expect(same(result, special.y), "\(special.kernel.rawValue)(\(special.x)) = \(result)")
  }

  // MARK: - Forms agree

  /// Tests that run beside this one meet other widths too: they should not notice.
  @Test(arguments: Kernel.all, [128, 256, 512] as [Int32])
  func everyFormHasTheSameBits(_ kernel: Kernel, width: Int32) {
    let widest = vm_width()
    defer { vm_use_width(widest) }
    vm_use_width(width)
    let ordinary = KernelInputs.linear(0.01...30, 64)
    // The first set takes the fast loop of log, the second the careful one.
    for operands in [ordinary, KernelInputs.special + ordinary] {
      for count in 0...17 {
        for start in stride(from: 0, to: operands.count - count, by: 3) {
          let x = Array(operands[start..<(start + count)])
          let scalar = x.map { kernel.scalar($0) }
          #expect(zip(kernel(x), scalar).allSatisfy(same), "\(count) values from \(start)")
          #expect(zip(kernel.inPlace(x), scalar).allSatisfy(same), "in place, \(count) values")
        }
      }
    }
  }

  @Test func nothingIsWrittenBeyondTheCount() {
    let x = KernelInputs.linear(1...2, 9)
    let result = unsafe Kernel.filled(9) { y in
      unsafe x.withUnsafeBufferPointer { source in
        if let base = source.baseAddress { unsafe vm_exp_array(base, y, 5) }
      }
    }
    #expect(result[4] == vm_exp(x[4]))
    #expect(result[5...].allSatisfy { $0.isNaN })
  }

  // MARK: - Bits

  struct Hash: Sendable {
    var kernel: Kernel.Name
    var range: ClosedRange<Double>
    var hash: UInt64
  }

  /// Hashes of 4,096 results.
  ///
  /// They change only with the algorithm or its coefficients, never with
  /// the optimisation level or the processor: a change here changes published numbers.
  static let hashes: [Hash] = [
    Hash(kernel: .exp, range: -708...709, hash: 0x08c1_9870_cbb6_084d),
    Hash(kernel: .exp, range: -50...0, hash: 0x25bd_7240_32e1_cb0a),
    Hash(kernel: .log, range: 1e-300...1e300, hash: 0x887e_cd4c_feb6_991d),
    Hash(kernel: .log, range: 0.5...2, hash: 0x6835_f111_1495_2aa4),
    Hash(kernel: .expm1, range: 1e-10...10, hash: 0xad48_94ff_84fe_f580),
    Hash(kernel: .log1p, range: 1e-10...10, hash: 0xefa0_5af9_c7b9_8fed),
    Hash(kernel: .tanh, range: 1e-10...10, hash: 0x32e0_0e3e_5c92_28c8),
    Hash(kernel: .sigmoid, range: -20...20, hash: 0x3352_de3d_e530_35ff),
    Hash(kernel: .softplus, range: -20...20, hash: 0x0bb3_792c_1454_f82e),
    Hash(kernel: .log2, range: 1e-300...1e300, hash: 0xf899_de9d_d404_c679),
    Hash(kernel: .log10, range: 1e-300...1e300, hash: 0x0048_b701_cffd_d8c5),
    Hash(kernel: .sin, range: -1e3...1e6, hash: 0x1d86_c000_58ac_6ec1),
    Hash(kernel: .cos, range: -1e3...1e6, hash: 0xd9bd_5caf_e835_6da0),
    Hash(kernel: .atan, range: 1e-3...1e3, hash: 0x4ff5_5d1a_4d4e_713f),
  ]

  @Test(arguments: hashes)
  func bitsAreStable(_ stored: Hash) {
    let operands =
      stored.range.lowerBound > 0
      ? KernelInputs.byBits(stored.range, 4096) : KernelInputs.linear(stored.range, 4096)
    let hash = KernelInputs.hash(Kernel(name: stored.kernel)(operands))
    #expect(hash == stored.hash, "\(stored.kernel.rawValue): 0x\(String(hash, radix: 16))")
  }
}
