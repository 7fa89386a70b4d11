import CVectorMath
import Testing

@testable import LeastSquares

/// The kernels' sums against the order of summation they promise, bit for bit, at every width.
@Suite struct RowSumTests {
  private static let widths: [Int32] = [128, 256, 512]

  /// Numbers of both signs and many sizes, without a generator's help.
  private static func numbers(_ count: Int, _ seed: Int) -> [Double] {
    (0..<count).map { index in
      let bits = UInt64(index * 7 + seed) &* 0x9e37_79b9_7f4a_7c15
      let unit = Double(bits >> 11) * 0x1p-53
      return (unit - 0.5) * [1, 1e-3, 1e5][index % 3]
    }
  }

  private static func withWidth(_ bits: Int32, _ body: () -> Void) {
    let widest = vm_width()
    vm_use_width(bits)
    body()
    vm_use_width(widest)
  }

  /// Eight running sums, row i going to i mod 8, added in pairs.
  private static func ordered(_ a: [Double], _ b: [Double]) -> Double {
    var s = Array(repeating: 0.0, count: 8)
    for i in a.indices { s[i % 8] += a[i] * b[i] }
    return ((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7]))
  }

  @Test(arguments: widths)
  func scalarProductsHaveOneOrder(_ width: Int32) {
    Self.withWidth(width) {
      for count in 0...41 {
        let (a, b) = (Self.numbers(count, 1), Self.numbers(count, 2))
        #expect(unsafe vm_dot(a, b, count) == Self.ordered(a, b), "\(count) rows")
      }
    }
  }

  @Test(arguments: widths)
  func productsOfColumnsAreScalarProducts(_ width: Int32) {
    Self.withWidth(width) {
      // Six columns of which five move: the sums go in fours and singly.
      let (count, stride) = (21, 32)
      let columns = Self.numbers(6 * stride, 3)
      let (c, d) = (Self.numbers(count, 4), Self.numbers(count, 5))
      let moving = [0, 1, 3, 4, 5]
      var gradient = Array(repeating: 1.0, count: 5)
      var matrix = Array(repeating: 2.0, count: 25)
      var work = Array(repeating: 0.0, count: count)
      unsafe vm_add_products(
        columns, stride, moving, 5, c, d, count, &work, &gradient, &matrix)
      func column(_ k: Int) -> [Double] {
        Array(columns[(moving[k] * stride)..<(moving[k] * stride + count)])
      }
      for k in 0..<5 {
        #expect(gradient[k] == 1 + Self.ordered(column(k), c))
        let scaled = zip(column(k), d).map { $0 * $1 }
        for l in 0..<5 {
          let sum = l <= k ? Self.ordered(scaled, column(l)) : 0
          #expect(matrix[k * 5 + l] == 2 + sum, "\(k), \(l)")
        }
      }
    }
  }

  /// Every kind of residual and loss against the definitions, one row at a time.
  @Test(arguments: widths, [0, 1, 2] as [Int32])
  func coefficientsFollowTheirDefinition(_ width: Int32, order: Int32) {
    let count = 19
    let f = Self.numbers(count, 6).map { abs($0) + 0.1 }
    let y = Self.numbers(count, 7).map { abs($0) + 0.1 }
    let w = Self.numbers(count, 8).map { abs($0) }
    let losses: [Loss] = [
      .squares, .huber(delta: 0.3), .softL1(delta: 0.3), .cauchy(delta: 0.3), .absolute,
    ]
    Self.withWidth(width) {
      for kind in ResidualKind.allCases {
        for loss in losses {
          var slope = Array(repeating: 0.0, count: count)
          var curvature = slope
          var work = slope
          let target = kind == .log ? y.map { vm_log($0) } : y
          let inverse = y.map { 1 / $0 }
          let sum = unsafe f.withUnsafeBufferPointer { f in
            unsafe target.withUnsafeBufferPointer { target in
              unsafe inverse.withUnsafeBufferPointer { inverse in
                unsafe w.withUnsafeBufferPointer { w in
                  unsafe slope.withUnsafeMutableBufferPointer { slope in
                    unsafe curvature.withUnsafeMutableBufferPointer { curvature in
                      unsafe work.withUnsafeMutableBufferPointer { work in
                        var rows = unsafe vm_rows(
                          count: count, prediction: f.baseAddress, target: target.baseAddress,
                          inverse: inverse.baseAddress, weights: w.baseAddress,
                          slope: slope.baseAddress, curvature: curvature.baseAddress,
                          work: work.baseAddress, floor: 1)
                        return unsafe vm_coefficients(
                          kind.kernel, loss.kernel, loss.delta ?? 0, order, &rows)
                      }
                    }
                  }
                }
              }
            }
          }
          var rho: [Double] = []
          for i in 0..<count {
            let (r, s): (Double, Double)
            switch kind {
            case .log: (r, s) = (vm_log(y[i]) - vm_log(f[i]), 1 / f[i])
            case .raw: (r, s) = (y[i] - f[i], 1)
            case .relative: (r, s) = ((y[i] - f[i]) * inverse[i], inverse[i])
            }
            rho.append(loss.value(r))
            guard order > 0 else { continue }
            let bend =
              order == 1
              ? loss.weight(r) : loss.psiDerivative(r) + (kind == .log ? loss.psi(r) : 0)
            #expect(slope[i] == -w[i] * loss.psi(r) * s, "\(kind) \(loss) row \(i)")
            #expect(curvature[i] == w[i] * bend * s * s, "\(kind) \(loss) row \(i)")
          }
          #expect(sum == Self.ordered(w, rho), "\(kind) \(loss)")
        }
      }
    }
  }

  @Test func logResidualsRefuseWhatIsNotPositive() throws {
    let data = try PublishedRuns.chinchilla()
    let problem = Problem(model: data.model, response: data.loss)
    let fitter = try GlobalFitter(problem)
    #expect(fitter.objective(at: [-100, 1, 1, 0.5, 0.5]) == .infinity)
  }
}
