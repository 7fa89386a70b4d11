#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The natural logarithm.
func logarithm(_ x: Double) -> Double { log(x) }

/// e to the power of x.
func exponential(_ x: Double) -> Double { exp(x) }
