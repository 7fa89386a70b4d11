import ScalingLaws
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Matching digits: minus log10 of the relative error, at most 15.
func digits(_ value: Double, _ known: Double) -> Double {
  let error = abs(value / known - 1)
  return error.isNaN ? 0 : -log10(max(error, 1e-15))
}

extension LawFit {
  /// The parameter of that name.
  func parameter(_ name: String) throws -> ParameterPart {
    try #require(parameters.first { $0.name == name }, "no parameter \(name)")
  }

  /// The quantity of that name.
  func quantity(_ name: String) throws -> QuantityPart {
    try #require(quantities?.first { $0.name == name }, "no quantity \(name)")
  }

  /// The warnings that speak of something.
  func warnings(about words: String...) -> [String] {
    quality.warnings.filter { warning in words.allSatisfy { warning.contains($0) } }
  }
}
