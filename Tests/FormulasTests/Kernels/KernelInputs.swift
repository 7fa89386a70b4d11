import CVectorMath
import Testing

@testable import Formulas

typealias VectorForm = (UnsafePointer<Double>, UnsafeMutablePointer<Double>, Int) -> Void

/// A one-argument function under test, in both forms.
struct Kernel: Sendable, CustomTestStringConvertible {
  enum Name: String, CaseIterable {
    case exp, log, expm1, log1p, tanh, sigmoid, softplus, sqrt, log2, log10, sin, cos, atan
  }

  var name: Name
  var testDescription: String { name.rawValue }

  static let all = Name.allCases.map { Kernel(name: $0) }

  func scalar(_ x: Double) -> Double {
    switch name {
    case .exp: vm_exp(x)
    case .log: vm_log(x)
    case .expm1: vm_expm1(x)
    case .log1p: vm_log1p(x)
    case .tanh: vm_tanh(x)
    case .sigmoid: vm_sigmoid(x)
    case .softplus: vm_softplus(x)
    case .sqrt: x.squareRoot()
    case .log2: vm_log2(x)
    case .log10: vm_log10(x)
    case .sin: vm_sin(x)
    case .cos: vm_cos(x)
    case .atan: vm_atan(x)
    }
  }

  var vector: VectorForm {
    switch name {
    case .exp: unsafe vm_exp_array
    case .log: unsafe vm_log_array
    case .expm1: unsafe vm_expm1_array
    case .log1p: unsafe vm_log1p_array
    case .tanh: unsafe vm_tanh_array
    case .sigmoid: unsafe vm_sigmoid_array
    case .softplus: unsafe vm_softplus_array
    case .sqrt: { unsafe vm_apply(vm_op_sqrt, vm_both_rows, $0, $0, $1, $2) }
    case .log2: unsafe vm_log2_array
    case .log10: unsafe vm_log10_array
    case .sin: unsafe vm_sin_array
    case .cos: unsafe vm_cos_array
    case .atan: unsafe vm_atan_array
    }
  }

  /// The vector form on an array.
  func callAsFunction(_ x: [Double]) -> [Double] {
    let form = unsafe vector
    return unsafe Self.filled(x.count) { y in
      unsafe x.withUnsafeBufferPointer { source in
        if let base = source.baseAddress { unsafe form(base, y, x.count) }
      }
    }
  }

  /// The vector form with the same pointer for operand and result.
  func inPlace(_ x: [Double]) -> [Double] {
    let form = unsafe vector
    var result = x
    unsafe result.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress { unsafe form(base, base, buffer.count) }
    }
    return result
  }

  /// An array of `count` values written by `body`, NaN where it wrote nothing.
  static func filled(
    _ count: Int, _ body: (UnsafeMutablePointer<Double>) -> Void
  ) -> [Double] {
    var result = [Double](repeating: .nan, count: count)
    unsafe result.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress { unsafe body(base) }
    }
    return result
  }
}

/// Deterministic test operands.
enum KernelInputs {
  /// Operands whose results are special or sit at an edge of a range.
  static let special: [Double] = [
    .nan, .infinity, -.infinity, 0, -0.0, -1, 1, -2, 0x1p-1074, -0x1p-1074, 2.3e-308, -2.3e-308,
    709.782712893384, 709.7827128933841, 710, 711, 1e4, -708, -709, -745.13, -745.14, -746, -1e4,
    .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 0.5, -0.5, 0.7071067811865475,
    0.7071067811865476, 1.4142135623730951, -0.2928932188134524, 0.41421356237309515, 1e16, -1e16,
  ]

  /// `count` values spread evenly over a range, computed without the library.
  static func linear(_ range: ClosedRange<Double>, _ count: Int) -> [Double] {
    let width = range.upperBound - range.lowerBound
    return (0..<count).map { range.lowerBound + width * (Double($0) / Double(count - 1)) }
  }

  /// `count` positive values whose bit patterns are spread evenly: about log-uniform.
  static func byBits(_ range: ClosedRange<Double>, _ count: Int) -> [Double] {
    let low = range.lowerBound.bitPattern
    let width = range.upperBound.bitPattern - low
    // An odd multiplier scatters the low bits, which an even spread would leave zero.
    return (0..<count).map { i in
      let step = width / UInt64(count)
      let jitter = (UInt64(i) &* 0x9e37_79b9_7f4a_7c15) % Swift.max(step, 1)
      return Double(bitPattern: low + step * UInt64(i) + jitter)
    }
  }

  /// The values and their negatives.
  static func bothSigns(_ values: [Double]) -> [Double] { values + values.map { -$0 } }

  /// FNV-1a over the bit patterns, low byte first.
  static func hash(_ values: [Double]) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for value in values {
      for shift in stride(from: UInt64(0), to: 64, by: 8) {
        hash = (hash ^ ((value.bitPattern >> shift) & 0xff)) &* 0x0000_0100_0000_01b3
      }
    }
    return hash
  }
}
