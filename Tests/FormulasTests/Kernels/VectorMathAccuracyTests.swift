#if arch(x86_64) && canImport(Glibc)
  import Glibc
  import Testing

  @testable import Formulas

  /// Errors in ulp against the library's 80-bit functions, whose own error is below 0.001 ulp here.
  @Suite struct VectorMathAccuracyTests {
    /// One function, one set of operands, one bound.
    struct Case: Sendable, CustomTestStringConvertible {
      var kernel: Kernel.Name
      var place: String
      var bound: Double
      var operands: [Double]
      var testDescription: String { "\(kernel.rawValue) on \(place)" }

      init(_ kernel: Kernel.Name, _ place: String, _ bound: Double, _ operands: [Double]) {
        self.kernel = kernel
        self.place = place
        self.bound = bound
        self.operands = operands
      }
    }

    static let cases: [Case] = expCases + logCases + otherCases + turnCases

    private static let nearZero: [Double] =
      KernelInputs.bothSigns(KernelInputs.byBits(1e-300...0.99, 40_001))

    private static let expCases: [Case] = [
      Case(.exp, "[-708, 709]", 1.1, KernelInputs.linear(-708...709, 60_001)),
      Case(.exp, "[-50, 0]", 1.1, KernelInputs.linear(-50...0, 60_001)),
      Case(.exp, "subnormal results", 1.1, KernelInputs.linear((-745.2)...(-708), 20_001)),
      Case(.exp, "the upper edge", 1.1, KernelInputs.linear(709...709.78, 20_001)),
      Case(.exp, "near 0", 1.1, nearZero),
      Case(.expm1, "near 0", 1.3, nearZero),
      Case(.expm1, "[-2, 2]", 1.3, KernelInputs.linear(-2...2, 60_001)),
      Case(.expm1, "[-50, 709.78]", 1.3, KernelInputs.linear(-50...709.78, 60_001)),
    ]

    private static var logCases: [Case] {
      let huge = Double.greatestFiniteMagnitude
      let small = Double.leastNormalMagnitude
      let aroundOne: [Double] = (1...500).flatMap { (i: Int) -> [Double] in
        [1 + 0x1p-52 * Double(i), 1 - 0x1p-53 * Double(i)]
      }
      let aboveMinusOne: [Double] = KernelInputs.byBits(1e-16...1, 20_001).map { $0 - 1 }
      let otherBases = [Kernel.Name.log2, .log10].flatMap { name in
        [
          Case(name, "positive normals", 0.51, KernelInputs.byBits(small...huge, 60_001)),
          Case(name, "subnormals", 0.51, KernelInputs.byBits(0x1p-1074...small, 20_001)),
          Case(name, "[0.5, 2]", 0.51, KernelInputs.linear(0.5...2, 60_001)),
          Case(name, "next to 1", 0.51, aroundOne),
        ]
      }
      return otherBases + [
        Case(.log, "positive normals", 1, KernelInputs.byBits(small...huge, 60_001)),
        Case(.log, "subnormals", 1, KernelInputs.byBits(0x1p-1074...small, 20_001)),
        Case(.log, "[0.5, 2]", 1, KernelInputs.linear(0.5...2, 60_001)),
        Case(.log, "near 1", 1, KernelInputs.linear(0.9999...1.0001, 20_001)),
        Case(.log, "next to 1", 1, aroundOne),
        Case(.log1p, "near 0", 1, nearZero),
        Case(.log1p, "[-0.9, 2]", 1, KernelInputs.linear(-0.9...2, 60_001)),
        Case(.log1p, "[-1, 0]", 1, aboveMinusOne),
        Case(.log1p, "large numbers", 1, KernelInputs.byBits(1...1e308, 40_001)),
      ]
    }

    private static let otherCases: [Case] = [
      Case(.tanh, "[-25, 25]", 2.5, KernelInputs.linear(-25...25, 40_001)),
      Case(.tanh, "[-1, 1]", 2.5, KernelInputs.linear(-1...1, 40_001)),
      Case(.tanh, "near 0", 2.5, nearZero),
      Case(.sigmoid, "[-745, 50]", 2.5, KernelInputs.linear(-745...50, 40_001)),
      Case(.sigmoid, "[-10, 10]", 2.5, KernelInputs.linear(-10...10, 40_001)),
      Case(.softplus, "[-745, 700]", 2.5, KernelInputs.linear(-745...700, 40_001)),
      Case(.softplus, "[-40, 40]", 2.5, KernelInputs.linear(-40...40, 40_001)),
    ]

    private static var turnCases: [Case] {
      // Next to multiples of pi / 2 nearly everything cancels.
      let quarters = (1...20_000).map { Double($0 * 29) * (Double.pi / 2) }
      let turns = [Kernel.Name.sin, .cos].flatMap { name in
        [
          Case(name, "[-10, 10]", 1, KernelInputs.linear(-10...10, 60_001)),
          Case(name, "[-1e6, 1e6]", 1, KernelInputs.linear(-1e6...1e6, 60_001)),
          Case(name, "quarters of a turn", 1, quarters), Case(name, "near 0", 1, nearZero),
          // The library's, which is good to less.
          Case(name, "many turns", 1, KernelInputs.byBits(1e6...1e300, 2_001)),
        ]
      }
      let all = KernelInputs.bothSigns(KernelInputs.byBits(1e-300...1e300, 40_001))
      return turns + [
        Case(.atan, "all sizes", 2, all),
        Case(.atan, "[-4, 4]", 2, KernelInputs.linear(-4...4, 60_001)),
        Case(.atan, "where the base begins", 2, KernelInputs.linear(0.4...0.45, 20_001)),
      ]
    }

    static func reference(_ name: Kernel.Name, _ x: Double) -> Float80 {
      let x = Float80(x)
      switch name {
      case .exp: return Glibc.exp(x)
      case .log: return Glibc.log(x)
      case .expm1: return Glibc.expm1(x)
      case .log1p: return Glibc.log1p(x)
      case .tanh: return Glibc.tanh(x)
      case .sigmoid: return 1 / (1 + Glibc.exp(-x))
      case .softplus: return x > 0 ? x + Glibc.log1p(Glibc.exp(-x)) : Glibc.log1p(Glibc.exp(x))
      case .sqrt: return x.squareRoot()
      case .log2: return Glibc.log2(x)
      case .log10: return Glibc.log10(x)
      case .sin: return Glibc.sin(x)
      case .cos: return Glibc.cos(x)
      case .atan: return Glibc.atan(x)
      }
    }

    @Test(arguments: cases)
    func errorStaysWithinBound(_ testCase: Case) {
      let operands = testCase.operands
      let results = Kernel(name: testCase.kernel)(operands)
      var worst = 0.0
      var place = Double.nan
      for (x, y) in zip(operands, results) {
        let truth = Self.reference(testCase.kernel, x)
        // An ulp of the true value as a Double; it never goes below the smallest subnormal.
        let ulp = Float80(Double(truth).ulp)
        let error = Double(abs(Float80(y) - truth) / ulp)
        // Written so that a NaN counts as the worst error.
        if !(error <= worst) {
          worst = error
          place = x
        }
      }
      #expect(worst <= testCase.bound, "worst error \(worst) ulp at \(place)")
    }
  }
#endif
