internal import LeastSquares

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The curves of loss over budgets of several groups, draw by draw: who is best at a budget, and
/// where pairs cross.
struct GroupStudy: Sendable {
  /// The loss of a group at a budget, for a parameter vector of its law; nil where it has none.
  typealias Curve = (_ budget: Double, _ values: [Double]) -> Double?

  private let groups: Int
  private let budgets: [Double]
  private let makeCurves: @Sendable () throws -> [Curve]
  private let grid: [Double]
  let pairs: [(first: Int, second: Int)]

  /// Where two curves cross.
  struct Place: Sendable {
    var logBudget: Double
    var firstIsBetterBelow: Bool
  }

  /// Two curves over the range.
  struct PairCurve: Sendable {
    /// Whether the first is better at the lower end; nil where either has no loss somewhere.
    var startsFirst: Bool?
    /// In ascending order.
    var crossings: [Place] = []
  }

  /// One draw.
  struct Outcome: Sendable {
    /// For each budget, the group of the smallest loss; nil where a group has none.
    var best: [Int?]
    /// For each pair.
    var curves: [PairCurve]
  }

  /// Looks for crossings between points half a decade apart at most.
  ///
  /// - Parameters:
  ///   - groups: how many there are.
  ///   - budgets: where to look who is best.
  ///   - range: where to look for crossings.
  ///   - makeCurves: makes a curve per group; called by every task for itself.
  init(
    groups: Int, budgets: [Double], range: ClosedRange<Double>,
    makeCurves: @escaping @Sendable () throws -> [Curve]
  ) {
    (self.groups, self.budgets, self.makeCurves) = (groups, budgets, makeCurves)
    let (low, high) = (log(range.lowerBound), log(range.upperBound))
    let steps = max(16, Int((2 * (high - low) / log(10)).rounded(.up)))
    grid = (0...steps).map { low + (high - low) * (Double($0) / Double(steps)) }
    pairs = (0..<groups).flatMap { first in (first + 1..<groups).map { (first, $0) } }
  }

  /// The range in which crossings are looked for, in ln of the budget.
  var logRange: ClosedRange<Double> { grid[0]...grid[grid.count - 1] }

  /// Draws of every group that can be taken together: as many as the group with the fewest has; one
  /// without uncertainty stays at its estimate.
  static func paired(
    _ samples: [[[Double]]], estimates: [[Double]]
  ) -> (samples: [[[Double]]], count: Int) {
    let count = samples.filter { !$0.isEmpty }.map(\.count).min() ?? 0
    let filled = zip(samples, estimates).map { samples, estimate in
      samples.isEmpty ? Array(repeating: estimate, count: count) : samples
    }
    return (filled, count)
  }

  /// Draws per task.
  private static let chunk = 64

  /// The outcomes of the first draws, in order, over several tasks; the samples are, for each
  /// group, its parameter vectors.
  func outcomes(_ samples: [[[Double]]], count: Int, tasks: Int) async throws -> [Outcome] {
    let starts = Array(stride(from: 0, to: count, by: Self.chunk))
    var results: [[Outcome]] = Array(repeating: [], count: starts.count)
    try await withThrowingTaskGroup(of: (Int, [Outcome]).self) { group in
      var next = 0
      func add() {
        guard next < starts.count else { return }
        let index = next
        next += 1
        group.addTask {
          let draws = (starts[index]..<min(starts[index] + Self.chunk, count)).map { draw in
            samples.map { $0[draw] }
          }
          return (index, try outcomes(draws))
        }
      }
      for _ in 0..<max(1, tasks) { add() }
      while let (index, chunk) = try await group.next() {
        results[index] = chunk
        add()
      }
    }
    return results.flatMap { $0 }
  }

  /// The outcome of each draw, which is a parameter vector per group.
  func outcomes(_ draws: [[[Double]]]) throws -> [Outcome] {
    let curves = try makeCurves()
    return draws.map { draw in
      let losses = curves.indices.map { group in
        grid.map { curves[group](exp($0), draw[group]) ?? .nan }
      }
      return Outcome(
        best: budgets.map { budget in
          let losses = curves.indices.compactMap { curves[$0](budget, draw[$0]) }
          guard losses.count == groups else { return nil }
          return losses.indices.min { losses[$0] < losses[$1] }
        },
        curves: pairs.map { pair in
          pairCurve(zip(losses[pair.first], losses[pair.second]).map { $0 - $1 }) { logBudget in
            let losses = [pair.first, pair.second].map {
              curves[$0](exp(logBudget), draw[$0]) ?? .nan
            }
            return losses[0] - losses[1]
          }
        })
    }
  }

  private func pairCurve(
    _ differences: [Double], _ difference: (Double) -> Double
  ) -> PairCurve {
    guard differences.allSatisfy(\.isFinite), let start = differences.first(where: { $0 != 0 })
    else { return PairCurve() }
    var curve = PairCurve(startsFirst: start < 0)
    for index in grid.indices.dropLast() {
      let (left, right) = (differences[index], differences[index + 1])
      guard (left < 0) != (right < 0), left != 0 || index == 0, left != right else { continue }
      guard
        let root = BrentRoot.find(in: grid[index]...grid[index + 1], tolerance: 1e-10, difference)
      else { continue }
      curve.crossings.append(Place(logBudget: root.x, firstIsBetterBelow: left < 0))
    }
    return curve
  }
}
