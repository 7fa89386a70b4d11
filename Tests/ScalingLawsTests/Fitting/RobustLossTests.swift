public import LeastSquares
import ScalingLaws
import Tables
import TestSupport
public import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Every loss on runs of a known law.
struct RobustLossTests {
  static let losses: [Loss] = [
    .squares, .huber(delta: 1e-3), .softL1(delta: 1e-3), .cauchy(delta: 1e-2), .absolute,
  ]

  private static func spec(_ loss: Loss) -> FitSpec {
    var spec = FitSpec(law: .chinchilla)
    spec.loss = loss
    return spec
  }

  /// Without noise the parameters are found to the digits that the residuals leave: the amplitudes
  /// are known 15 to 20 times less well than the exponents.
  @Test(arguments: losses)
  func recoversTheLawWithoutNoise(_ loss: Loss) async throws {
    let fit = try await LawFit(SimulatedRuns().table, Self.spec(loss))
    for parameter in fit.parameters {
      let truth = try #require(SimulatedRuns.truth[parameter.name])
      #expect(
        abs(parameter.estimate / truth - 1) <= 1e-6, "\(parameter.name): \(parameter.estimate)")
    }
  }

  /// Noise of 0.5 %: the exponents are within four of their errors, which the covariance states.
  @Test(arguments: losses)
  func recoversTheLawFromNoise(_ loss: Loss) async throws {
    let fit = try await LawFit(SimulatedRuns(noise: 0.005, seed: 3).table, Self.spec(loss))
    for name in ["E", "alpha", "beta"] {
      let parameter = try fit.parameter(name)
      let truth = try #require(SimulatedRuns.truth[name])
      let error = try #require(parameter.standardError)
      #expect(
        abs(parameter.estimate - truth) <= 4 * error, "\(name): \(parameter.estimate) ± \(error)")
      #expect(error < 0.2 * truth)
    }
  }

  /// One run in eight 20 % too high: least squares is led astray, every robust loss much less.
  @Test(arguments: losses.dropFirst())
  func robustLossesResistOutliers(_ loss: Loss) async throws {
    let table = SimulatedRuns(noise: 0.002, outliers: 8, seed: 4).table
    func error(_ loss: Loss) async throws -> Double {
      let fit = try await LawFit(table, Self.spec(loss))
      let value = try #require(
        EstimatedLaw(fit).predict(["N": [1e11], "D": [2e12]], rowCount: 1).first
      ).value
      let truth = 1.8 + 400 / pow(1e11, 0.34) + 1500 / pow(2e12, 0.36)
      return abs(value / truth - 1)
    }
    #expect(try await error(loss) < 0.3 * error(.squares))
  }

  /// No step along a parameter or in a random direction, of a size from 1e-6 to 1e-2, lowers the
  /// objective by more than the rounding of its sum: a check of each minimum that shares nothing
  /// with the search, and for the absolute loss stands for a linear program.
  @Test(arguments: losses)
  func noStepLowersTheObjective(_ loss: Loss) async throws {
    let table = SimulatedRuns(noise: 0.01, seed: 6).table
    let spec = Self.spec(loss)
    let fit = try await LawFit(table, spec)
    let best = Dictionary(uniqueKeysWithValues: fit.parameters.map { ($0.name, $0.estimate) })
    let value = try LawFit.objective(table, spec, at: best)
    #expect(abs(value / fit.objective.value - 1) <= 1e-12)
    let names = fit.parameters.map(\.name)
    var generator = SeededGenerator(seed: 9)
    var directions = names.indices.map { index in names.indices.map { $0 == index ? 1.0 : 0 } }
    for _ in 0..<60 {
      let step = names.map { _ in generator.normal() }
      let length = step.reduce(0) { $0 + $1 * $1 }.squareRoot()
      directions.append(step.map { $0 / length })
    }
    for direction in directions {
      for size in [1e-6, 1e-5, 1e-4, 1e-3, 1e-2] {
        for sign in [-1.0, 1] {
          var point = best
          for (name, part) in zip(names, direction) { point[name]? *= 1 + sign * size * part }
          let other = try LawFit.objective(table, spec, at: point)
          #expect(other >= value * (1 - 1e-13), "\(loss.name) \(direction) \(sign * size)")
        }
      }
    }
  }
}

/// Test cases are listed by name.
extension Loss: CustomTestStringConvertible {
  /// The loss's name.
  public var testDescription: String { name }
}
