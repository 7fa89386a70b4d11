import Tables

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// SplitMix64: the same numbers on every run, so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A standard normal number, by Box and Muller.
  mutating func normal() -> Double {
    let radius = (-2 * log(1 - Double.random(in: 0..<1, using: &self))).squareRoot()
    return radius * cos(2 * .pi * Double.random(in: 0..<1, using: &self))
  }
}

/// Runs of E + A / N^alpha + B / D^beta on a grid of eight sizes and eight lengths.
struct SimulatedRuns {
  static let truth = ["E": 1.8, "A": 400.0, "B": 1500.0, "alpha": 0.34, "beta": 0.36]

  var params: [Double] = []
  var tokens: [Double] = []
  var loss: [Double] = []

  /// Simulates the runs.
  ///
  /// - Parameters:
  ///   - E: the floor.
  ///   - noise: standard deviation of the logarithm of the loss.
  ///   - outliers: every so many runs one is 20 % too high; 0 for none.
  ///   - ratio: tokens per parameter if all runs are to have the same.
  ///   - seed: of the noise.
  init(
    E: Double = 1.8, noise: Double = 0, outliers: Int = 0, ratio: Double? = nil, seed: UInt64 = 1
  ) {
    var generator = SeededGenerator(seed: seed)
    for size in 0..<8 {
      for length in 0..<8 {
        let n = 1e7 * pow(10, Double(size) * 0.5)
        let d = ratio.map { $0 * n } ?? 1e9 * pow(10, Double(length) * 0.5)
        let clean = E + 400 / pow(n, 0.34) + 1500 / pow(d, 0.36)
        var value = clean * exp(noise * generator.normal())
        if outliers > 0, loss.count % outliers == outliers - 1 { value *= 1.2 }
        params.append(n)
        tokens.append(d)
        loss.append(value)
      }
    }
  }

  var table: Table {
    Table(columns: [
      ("params", .numbers(params)), ("tokens", .numbers(tokens)), ("loss", .numbers(loss)),
    ])
  }
}
