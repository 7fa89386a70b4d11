internal import CGSL

/// A closure GSL can call: it cannot capture, so it gets a pointer to this box.
final class ScalarFunction {
  let body: (Double) -> Double

  init(_ body: @escaping (Double) -> Double) { self.body = body }

  /// Calls `body` with a `gsl_function` that is valid during the call.
  func withFunction<Result>(_ body: (UnsafeMutablePointer<gsl_function>) -> Result) -> Result {
    withExtendedLifetime(self) {
      var function = unsafe gsl_function(
        function: scalarValue, params: Unmanaged.passUnretained(self).toOpaque())
      return unsafe withUnsafeMutablePointer(to: &function) { unsafe body($0) }
    }
  }
}

// A private function for the reason given in NewtonWorkspace.swift.
private func scalarValue(_ x: Double, _ parameters: UnsafeMutableRawPointer?) -> Double {
  guard let parameters = unsafe parameters else { return .nan }
  return unsafe Unmanaged<ScalarFunction>.fromOpaque(parameters)._withUnsafeGuaranteedRef {
    $0.body(x)
  }
}

/// A minimum or root found by bracketing.
public struct BracketResult: Sendable, Hashable {
  /// Where it is.
  public var x: Double
  /// The function there.
  public var value: Double
  /// Iterations made.
  public var iterations: Int
  /// Whether the bracket became as narrow as asked within the iterations allowed.
  public var converged: Bool
}
