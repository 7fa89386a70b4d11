import LeastSquares
import Planning
public import ScalingLaws
import Tables

/// How often intervals hold the truth: a count for each method, quantity and level.
public struct CoverageStudy: Sendable {
  /// What is looked at.
  public struct Cell: Sendable, Hashable {
    /// The method.
    public var method: IntervalMethod
    /// The quantity: alpha, E, a, and N* and loss at 10 and 100 times the largest budget.
    public var quantity: String
    /// The level of the interval.
    public var level: Double
  }

  /// How many intervals held the truth.
  public private(set) var hits: [Cell: Int] = [:]
  /// How many data sets there were.
  public private(set) var count = 0
  /// How many of the data sets could not be fitted.
  public private(set) var failed = 0

  /// The levels looked at.
  public static let levels = [0.8, 0.95]
  /// The quantities looked at, in order.
  public static let quantities = [
    "alpha", "E", "a", "N* at 10x", "N* at 100x", "loss at 10x", "loss at 100x",
  ]

  /// Simulates and fits.
  ///
  /// - Parameters:
  ///   - design: the runs.
  ///   - noise: their scatter.
  ///   - count: data sets.
  ///   - replicates: of each bootstrap.
  ///   - methods: whose intervals are looked at.
  ///   - tasks: at once; the result does not depend on it.
  /// - Returns: the counts.
  public static func run(
    _ design: StudyDesign, _ noise: StudyNoise, count: Int, replicates: Int,
    methods: [IntervalMethod] = IntervalMethod.allCases, tasks: Int = 2
  ) async -> CoverageStudy {
    await withTaskGroup(of: CoverageStudy.self) { group in
      for task in 0..<tasks {
        group.addTask {
          var study = CoverageStudy()
          for number in stride(from: task, to: count, by: tasks) {
            await study.add(
              design, noise, number: number, replicates: replicates, methods: methods)
          }
          return study
        }
      }
      var total = CoverageStudy()
      for await part in group {
        total.count += part.count
        total.failed += part.failed
        total.hits.merge(part.hits, uniquingKeysWith: +)
      }
      return total
    }
  }

  /// The share of data sets whose interval held the truth; one that has no interval did not.
  public func coverage(_ method: IntervalMethod, _ quantity: String, level: Double) -> Double {
    Double(hits[Cell(method: method, quantity: quantity, level: level)] ?? 0)
      / Double(max(count, 1))
  }

  // MARK: - One data set

  private mutating func add(
    _ design: StudyDesign, _ noise: StudyNoise, number: Int, replicates: Int,
    methods: [IntervalMethod]
  ) async {
    count += 1
    let table = SimulatedStudy.table(design, noise, number: number)
    var spec = FitSpec(law: .chinchilla)
    let resamples = methods.contains(.bootstrap) || methods.contains(.bca)
    spec.interval = resamples ? .bca(replicates: replicates) : .covariance
    spec.seed = UInt64(number)
    spec.tasks = 1
    spec.cluster = design.hasClusters ? "run" : nil
    do {
      let fit = try await LawFit(table, spec, sha256: "")
      let law = try EstimatedLaw(fit)
      let quantities = try Self.derived(law)
      for method in [IntervalMethod.covariance, .bootstrap, .bca] where methods.contains(method) {
        guard var uncertainty = try Uncertainty(Self.by(method, fit)) else { continue }
        for level in Self.levels {
          uncertainty.level = level
          for quantity in quantities {
            let interval = uncertainty.interval(
              isPositive: quantity.isPositive, of: quantity.value)
            note(method, quantity, level, interval?.lower, interval?.upper)
          }
        }
      }
      guard methods.contains(.profile) else { return }
      spec.cluster = nil
      spec.interval = .profile
      spec.profiledParameters = Set(quantities.map(\.name))
      for level in Self.levels {
        spec.level = level
        let profile = try await LawFit(table, spec, sha256: "") { law in
          try Self.derived(law).filter { law.parameters.firstIndex(of: $0.name) == nil }
        }
        // Of parameters the intervals that a reader is shown.
        let ends =
          profile.parameters.map { ($0.name, $0.lower, $0.upper) }
          + (profile.quantities ?? []).map { ($0.name, $0.lower, $0.upper) }
        for (name, lower, upper) in ends {
          guard let quantity = quantities.first(where: { $0.name == name }) else { continue }
          // An open end excludes nothing on its side.
          note(.profile, quantity, level, lower ?? -.infinity, upper ?? .infinity)
        }
      }
    } catch {
      failed += 1
    }
  }

  /// The same fit with its intervals by another method.
  private static func by(_ method: IntervalMethod, _ fit: LawFit) -> LawFit {
    var fit = fit
    fit.interval.method = method.rawValue
    if method == .covariance { fit.draws = nil }
    return fit
  }

  private mutating func note(
    _ method: IntervalMethod, _ quantity: DerivedQuantity, _ level: Double, _ lower: Double?,
    _ upper: Double?
  ) {
    guard let lower, let upper, let truth = quantity.value(Self.truth) else { return }
    if lower <= truth, truth <= upper {
      hits[Cell(method: method, quantity: quantity.name, level: level), default: 0] += 1
    }
  }

  /// The true parameters, in the order of the law.
  private static let truth = Law.chinchilla.parameters.map { SimulatedStudy.truth[$0.name] ?? .nan }

  private static func derived(_ law: EstimatedLaw) throws -> [DerivedQuantity] {
    let budgets = [10, 100].map { $0 * SimulatedStudy.largestBudget }
    let optimum = try OptimumQuantities.quantities(of: law, budgets: budgets)
    let names = [
      "a": "a", "N* at 1e22": "N* at 10x", "N* at 1e23": "N* at 100x",
      "loss at 1e22": "loss at 10x",
      "loss at 1e23": "loss at 100x",
    ]
    let parameters = ["alpha", "E"].compactMap { name in
      law.parameters.firstIndex(of: name).map { index in
        DerivedQuantity(name, isPositive: false) { $0[index] }
      }
    }
    return parameters
      + optimum.compactMap { quantity in
        names[quantity.name].map { name in
          var quantity = quantity
          quantity.name = name
          return quantity
        }
      }
  }
}
