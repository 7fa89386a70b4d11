import LeastSquares
public import Tables

/// A way to lay out training runs.
public enum StudyDesign: String, Sendable, CaseIterable {
  /// Six budgets from 1e18 to 1e21 FLOP, seven sizes each around the optimum: 42 runs.
  case isoFLOP = "isoFLOP grid, 42 runs"
  /// Sixty runs scattered over sizes and 3 to 300 tokens per parameter.
  case scattered = "scattered, 60 runs"
  /// Twelve scattered runs.
  case few = "few runs, 12"
  /// Twelve training runs with eight checkpoints each, whose errors go together.
  case checkpoints = "checkpoints, 12 x 8"

  /// Whether the rows of a run belong together.
  public var hasClusters: Bool { self == .checkpoints }
}

/// How losses scatter about the law, in their logarithm; the standard deviation is half a percent.
public enum StudyNoise: String, Sendable, CaseIterable {
  /// Normal.
  case normal
  /// Student's t with three degrees of freedom, scaled to the same standard deviation.
  case heavyTailed = "heavy-tailed"
  /// Normal with a smaller deviation, and one run in twenty up to 5 % too high.
  case outliers

  func draw(_ generator: inout Philox) -> Double {
    switch self {
    case .normal: return 0.005 * generator.nextNormal()
    case .heavyTailed:
      let normal = generator.nextNormal()
      var squares = 0.0
      for _ in 0..<3 {
        let other = generator.nextNormal()
        squares += other * other
      }
      // The variance of t with three degrees of freedom is three.
      return 0.005 * normal / (squares / 3).squareRoot() / 3.0.squareRoot()
    case .outliers:
      let normal = generator.nextNormal()
      let isOutlier = generator.nextUniform() < 0.05
      return 0.003 * normal + (isOutlier ? 0.05 * generator.nextUniform() : 0)
    }
  }
}

/// Runs simulated from a known Chinchilla law.
public struct SimulatedStudy: Sendable {
  /// The true parameters: those of Besiroglu et al.
  public static let truth = [
    "E": 1.8172, "A": 482.01, "B": 2085.43, "alpha": 0.3478, "beta": 0.3658,
  ]

  /// The largest budget of every design, in FLOP.
  public static let largestBudget = 1e21

  /// One data set: columns params, tokens, loss and run.
  public static func table(_ design: StudyDesign, _ noise: StudyNoise, number: Int) -> Table {
    var generator = Philox(seed: 20_240_410, stream: stream(design, noise, number))
    var params: [Double] = []
    var tokens: [Double] = []
    var runs: [Double] = []
    for (n, d, run) in layout(design, &generator) {
      params.append(n)
      tokens.append(d)
      runs.append(Double(run))
    }
    var shared: [Double: Double] = [:]
    let losses = params.indices.map { row -> Double in
      var error = noise.draw(&generator)
      if design.hasClusters {
        // Half of the variance belongs to the run, half to the checkpoint.
        let ofRun = shared[runs[row]] ?? noise.draw(&generator)
        shared[runs[row]] = ofRun
        error = (error + ofRun) * 0.5.squareRoot()
      }
      return loss(params[row], tokens[row]) * StudyMath.exp(error)
    }
    return Table(columns: [
      ("params", .numbers(params)), ("tokens", .numbers(tokens)), ("loss", .numbers(losses)),
      ("run", .numbers(runs)),
    ])
  }

  /// The true loss.
  public static func loss(_ params: Double, _ tokens: Double) -> Double {
    (truth["E"] ?? 0) + (truth["A"] ?? 0) * StudyMath.pow(params, -(truth["alpha"] ?? 0))
      + (truth["B"] ?? 0) * StudyMath.pow(tokens, -(truth["beta"] ?? 0))
  }

  private static func stream(_ design: StudyDesign, _ noise: StudyNoise, _ number: Int) -> UInt64 {
    let place =
      (StudyDesign.allCases.firstIndex(of: design) ?? 0) * StudyNoise.allCases.count
      + (StudyNoise.allCases.firstIndex(of: noise) ?? 0)
    return UInt64(place) << 32 | UInt64(number)
  }

  private static func layout(
    _ design: StudyDesign, _ generator: inout Philox
  ) -> [(params: Double, tokens: Double, run: Int)] {
    switch design {
    case .isoFLOP:
      return (0..<42).map { index in
        let flops = StudyMath.pow(10, 18 + 0.6 * Double(index / 7))
        let optimum = StudyMath.pow(flops / 6 / 20, 0.5)
        let n = optimum * StudyMath.pow(2, Double(index % 7 - 3))
        return (n, flops / 6 / n, index)
      }
    case .scattered: return scattered(60, &generator)
    case .few: return scattered(12, &generator)
    case .checkpoints:
      return scattered(12, &generator).flatMap { n, d, run in
        (1...8).map { (n, d * Double($0) / 8, run) }
      }
    }
  }

  /// Runs with budgets from 1e18 to 1e21 and 3 to 300 tokens per parameter, both even in the
  /// logarithm.
  private static func scattered(
    _ count: Int, _ generator: inout Philox
  ) -> [(params: Double, tokens: Double, run: Int)] {
    (0..<count).map { run in
      let flops = StudyMath.pow(10, 18 + 3 * generator.nextUniform())
      let ratio = 3 * StudyMath.pow(10, 2 * generator.nextUniform())
      let n = (flops / 6 / ratio).squareRoot()
      return (n, n * ratio, run)
    }
  }
}
