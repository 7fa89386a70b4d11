internal import LeastSquares
internal import ScalingLaws

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The curves of loss over budgets of several laws, draw by draw: who is best at a budget, and
/// where pairs cross.
struct GroupStudy: Sendable {
  let laws: [EstimatedLaw]
  let inputs: [String: Double]
  let budgets: [Double]
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
  init(
    laws: [EstimatedLaw], inputs: [String: Double], budgets: [Double], range: ClosedRange<Double>
  ) {
    (self.laws, self.inputs, self.budgets) = (laws, inputs, budgets)
    let (low, high) = (log(range.lowerBound), log(range.upperBound))
    let steps = max(16, Int((2 * (high - low) / log(10)).rounded(.up)))
    grid = (0...steps).map { low + (high - low) * (Double($0) / Double(steps)) }
    pairs = laws.indices.flatMap { first in
      laws.indices.dropFirst(first + 1).map { (first, $0) }
    }
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
    let curves = try laws.map { try LossAtBudget($0, inputs: inputs) }
    return draws.map { draw in
      let losses = laws.indices.map { group in
        grid.map { curves[group].loss(exp($0), draw[group]) ?? .nan }
      }
      return Outcome(
        best: budgets.map { budget in
          let losses = laws.indices.compactMap { curves[$0].loss(budget, draw[$0]) }
          guard losses.count == laws.count else { return nil }
          return losses.indices.min { losses[$0] < losses[$1] }
        },
        curves: pairs.map { pair in
          pairCurve(zip(losses[pair.first], losses[pair.second]).map { $0 - $1 }) { logBudget in
            let losses = [pair.first, pair.second].map {
              curves[$0].loss(exp(logBudget), draw[$0]) ?? .nan
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
