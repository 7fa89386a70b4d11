import LeastSquares
import Planning
import ScalingLaws
import Tables
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How coverage grows with samples.
struct SampleCoverageTests {
  /// n 10, c 3: .3 and .916667.
  @Test func unbiasedPassAtK() {
    let problem = Attempts.Problem("p", samples: 10, correct: 3)
    #expect(abs(problem.passAt(1) - 0.3) <= 1e-15)
    #expect(abs(problem.passAt(5) - 0.916667) <= 5e-7)
    #expect(problem.passAt(8) == 1 && problem.passAt(10) == 1)
    #expect(Attempts.Problem("p", samples: 10, correct: 0).passAt(10) == 0)
    #expect(Attempts.Problem("p", samples: 10, correct: 10).passAt(1) == 1)
  }

  /// Against every subset of k samples.
  @Test func passAtKIsTheShareOfSubsets() {
    for (n, c) in [(7, 2), (8, 5), (6, 1)] {
      for k in 1...n {
        let subsets = (0..<(1 << n)).filter { $0.nonzeroBitCount == k }
        let solved = subsets.count { $0 & ((1 << c) - 1) != 0 }
        let problem = Attempts.Problem("p", samples: n, correct: c)
        #expect(abs(problem.passAt(k) - Double(solved) / Double(subsets.count)) <= 1e-14)
      }
    }
  }

  /// Thousands of samples, where binomial coefficients overflow: c = 1 gives k/n.
  @Test func passAtKOfManySamples() {
    let problem = Attempts.Problem("p", samples: 100_000, correct: 1)
    #expect(abs(problem.passAt(30_000) / 0.3 - 1) <= 1e-12)
  }

  /// SWE-bench Lite: 15.9 % at 1 and 56 % at 250; the digits printed.
  @Test func twoPointsOfPublishedCoverage() throws {
    let curve = CoverageCurve(through: (1, 0.159), (250, 0.56))
    guard case .power(let a, let b) = curve else {
      Issue.record("no power law")
      return
    }
    #expect(abs(a + 1.838851) <= 5e-7 && abs(b + 0.209035) <= 5e-7)
    #expect(abs(curve.coverage(100) - 0.49548) <= 5e-6)
    #expect(abs(try #require(curve.samples(reaching: 0.43)) - 41.5) <= 0.05)
    #expect(curve.source.contains("2407.21787"))
    // Two points are fitted exactly.
    let fitted = try #require(
      CoverageCurve.power(
        fitting: [CoveragePoint(k: 1, coverage: 0.159), CoveragePoint(k: 250, coverage: 0.56)]))
    #expect(abs(fitted.coverage(100) - curve.coverage(100)) <= 1e-12)
  }

  /// Against a grid around the minimum of squares in coverage.
  @Test func powerLawIsTheLeastSquaresOne() throws {
    let points = [(1.0, 0.1), (3, 0.22), (10, 0.35), (30, 0.41), (100, 0.6)].map {
      CoveragePoint(k: $0, coverage: $1)
    }
    guard case .power(let a, let b)? = CoverageCurve.power(fitting: points) else {
      Issue.record("no power law")
      return
    }
    func misfit(_ a: Double, _ b: Double) -> Double {
      points.reduce(0) { $0 + pow($1.coverage - exp(a * pow($1.k, b)), 2) }
    }
    let best = misfit(a, b)
    for (da, db) in [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1)] {
      #expect(misfit(a * (1 + 1e-4 * Double(da)), b * (1 + 1e-4 * Double(db))) > best)
    }
    #expect(CoverageCurve.power(fitting: [points[0]]) == nil)
    #expect(
      CoverageCurve.power(fitting: points.map { CoveragePoint(k: 1 / $0.k, coverage: $0.coverage) })
        == nil)
  }

  /// Beta(alpha, beta) by integration: the mean of 1 - (1 - p)^k; and its samples.
  @Test func betaBinomialCoverage() throws {
    let curve = CoverageCurve.betaBinomial(alpha: 2, beta: 5)
    // B(2, 5) = 1/30; the midpoint rule errs by h^2.
    for k in [1.0, 4, 20] {
      let steps = 20_000
      let mean = (0..<steps).reduce(0.0) { sum, step in
        let p = (Double(step) + 0.5) / Double(steps)
        return sum + 30 * p * pow(1 - p, 4) * (1 - pow(1 - p, k)) / Double(steps)
      }
      #expect(abs(curve.coverage(k) - mean) <= 1e-7)
    }
    #expect(abs(curve.coverage(1) - 2.0 / 7) <= 1e-14)
    let heavy = CoverageCurve.betaBinomial(alpha: 0.3, beta: 4)
    let samples = try #require(heavy.samples(reaching: 0.9))
    #expect(abs(heavy.coverage(samples) - 0.9) <= 1e-10)
    // The tail falls as k^-alpha.
    let tail = (1 - heavy.coverage(1e8)) / (1 - heavy.coverage(1e9))
    #expect(abs(log10(tail) - 0.3) <= 1e-6)
    #expect(CoverageCurve.betaBinomial(alpha: 0.01, beta: 4).samples(reaching: 0.99) == nil)
  }

  /// Problems drawn from Beta(0.4, 3), 100 samples each.
  static func simulated(_ count: Int, seed: UInt64) throws -> Attempts {
    try Attempts(
      (0..<count).map { index in
        var random = Philox(seed: seed, stream: UInt64(index))
        // Beta(0.4, 3) by Jöhnk's rejection from powers of uniform numbers.
        var p = 0.0
        while true {
          let x = pow(random.nextUniform(), 1 / 0.4)
          let y = pow(random.nextUniform(), 1 / 3.0)
          if x + y <= 1, x + y > 0 {
            p = x / (x + y)
            break
          }
        }
        let correct = (0..<100).count { _ in random.nextUniform() < p }
        return Attempts.Problem("\(index)", samples: 100, correct: correct)
      })
  }

  /// The maximum of the likelihood, written with beta functions instead.
  @Test func betaBinomialIsTheMostLikely() throws {
    let attempts = try Self.simulated(200, seed: 3)
    guard case .betaBinomial(let alpha, let beta)? = CoverageCurve.betaBinomial(fitting: attempts)
    else {
      Issue.record("no beta-binomial")
      return
    }
    func likelihood(_ a: Double, _ b: Double) -> Double {
      attempts.problems.reduce(0) { sum, problem in
        let (n, c) = (Double(problem.samples), Double(problem.correct))
        return sum + BetaFunction.logarithm(a + c, b + n - c) - BetaFunction.logarithm(a, b)
      }
    }
    let best = likelihood(alpha, beta)
    for (da, db) in [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1)] {
      let other = likelihood(alpha * (1 + 1e-3 * Double(da)), beta * (1 + 1e-3 * Double(db)))
      #expect(other < best)
    }
    // Two standard errors of 200 problems are about 15 %.
    #expect(abs(alpha / 0.4 - 1) <= 0.2 && abs(beta / 3 - 1) <= 0.35)
  }

  @Test func noBetaBinomialWhereThereIsNone() throws {
    func curve(_ counts: [(Int, Int)]) throws -> CoverageCurve? {
      CoverageCurve.betaBinomial(
        fitting: try Attempts(counts.map { Attempts.Problem("", samples: $0.0, correct: $0.1) }))
    }
    #expect(try curve([(10, 0), (10, 0)]) == nil)
    #expect(try curve([(10, 10), (10, 10)]) == nil)
    #expect(try curve([(10, 5), (10, 5), (10, 5)]) == nil)
    #expect(try curve([(10, 0), (10, 10), (10, 5)]) != nil)
    #expect(throws: AnalysisError.self) { try Attempts([]) }
  }

  /// Most simulated studies cover the truth at 95 %.
  @Test func intervalsCoverTheTruth() throws {
    let truth = CoverageCurve.betaBinomial(alpha: 0.4, beta: 3)
    var options = CoverageAnalysis.Options()
    options.replicates = 100
    var covered = 0
    let studies = 30
    for seed in 0..<studies {
      options.seed = UInt64(seed)
      let analysis = try CoverageAnalysis(
        Self.simulated(100, seed: UInt64(100 + seed)), samples: [1000], options: options)
      let curve = try #require(analysis.curves.last)
      let interval = try #require(analysis.coverages[0].fitted.last?.interval)
      #expect(curve.estimate.name == "beta-binomial")
      if interval.lower < truth.coverage(1000), truth.coverage(1000) < interval.upper {
        covered += 1
      }
    }
    // Binomial(30, 0.95) lies at 22 or below with probability 1e-4.
    #expect(covered >= 23, "\(covered) of \(studies)")
  }

  @Test func analysisOfAttempts() throws {
    let attempts = try Self.simulated(100, seed: 1)
    let analysis = try CoverageAnalysis(attempts, targets: [0.5, 0.95])
    #expect(analysis.coverages.map(\.k) == [1, 10, 100, 1000])
    #expect(analysis.curves.map(\.estimate.name) == ["power law", "beta-binomial"])
    for point in analysis.coverages.prefix(3) {
      let observed = try #require(point.observed)
      let interval = try #require(observed.interval)
      #expect(observed.value == attempts.coverage(Int(point.k)))
      #expect(interval.lower < observed.value && observed.value < interval.upper)
      for fitted in point.fitted { #expect(abs(fitted.value - observed.value) <= 0.05) }
    }
    #expect(analysis.coverages[3].observed == nil)
    let half = try #require(analysis.targets[0].observed)
    #expect(attempts.coverage(half) >= 0.5 && attempts.coverage(half - 1) < 0.5)
    #expect(analysis.targets[1].observed == nil)
    let samples = try #require(analysis.targets[1].samples.last ?? nil)
    let interval = try #require(samples.interval)
    #expect(interval.lower < samples.value && samples.value < interval.upper)
    // The same seed gives the same bytes; another does not.
    #expect(try CoverageAnalysis(attempts, targets: [0.5, 0.95]) == analysis)
    #expect(
      try CoverageAnalysis(attempts, samples: [100_001]).warnings.contains {
        $0.contains("100 times")
      })
    var none = CoverageAnalysis.Options()
    none.replicates = 0
    let bare = try CoverageAnalysis(attempts, options: none)
    #expect(bare.level == nil && bare.coverages[0].observed?.interval == nil)
  }

  @Test func tablesAreRead() throws {
    func attempts(_ csv: String, _ stated: [String: String] = [:]) throws -> Attempts {
      try Attempts(Table.read(csv: Array(csv.utf8), source: "t.csv"), columns: stated)
    }
    let read = try attempts("task_id,n,c\na,10,3\nb,20,0\n")
    #expect(
      read.problems == [
        Attempts.Problem("a", samples: 10, correct: 3),
        Attempts.Problem("b", samples: 20, correct: 0),
      ])
    #expect(read.largestK == 10)
    #expect(try attempts("x,y\n4,1\n", ["samples": "x", "correct": "y"]).problems[0].correct == 1)
    for (csv, says) in [
      ("n,c\n10,11\n", "t.csv:2"), ("n,c\n10,3\n2.5,1\n", "t.csv:3"), ("n,c\n0,0\n", "t.csv:2"),
      ("n,samples,c\n1,1,1\n", "n and samples"), ("n,k\n1,1\n", "correct"),
      ("n,c\n", "no problems"),
    ] {
      let error = try #require(throws: AnalysisError.self) { try attempts(csv) }
      #expect(error.message.contains(says), "\(error.message)")
    }
  }
}
