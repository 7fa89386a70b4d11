import Foundation
import LeastSquares
import Tables
import TestSupport

/// E + A exp(-alpha ln N) + B exp(-beta ln D), written by hand; theta = (E, A, B, alpha, beta).
struct ChinchillaModel: RegressionModel {
  var logParams: [Double]
  var logTokens: [Double]

  var rowCount: Int { logParams.count }
  var parameterCount: Int { 5 }
  var hessianPairs: [ParameterPair] {
    [ParameterPair(1, 3), ParameterPair(3, 3), ParameterPair(2, 4), ParameterPair(4, 4)]
  }
  var linearStructure: LinearStructure? {
    LinearStructure(parameters: [0, 1, 2], dependencies: [[], [3], [4]])
  }

  func makeEvaluator() -> any RegressionEvaluator { Evaluator(self) }

  func selecting(rows: [Int]) -> ChinchillaModel {
    ChinchillaModel(logParams: rows.map { logParams[$0] }, logTokens: rows.map { logTokens[$0] })
  }

  static let bounds = [
    Bounds.positive, .positive, .positive, Bounds(lower: 0, upper: 3), Bounds(lower: 0, upper: 3),
  ]
  static let searchRanges: [SearchRange?] = [
    nil, nil, nil, SearchRange(lower: 0.05, upper: 1.2), SearchRange(lower: 0.05, upper: 1.2),
  ]

  final class Evaluator: RegressionEvaluator {
    let model: ChinchillaModel
    var theta = Array(repeating: 0.0, count: 5)

    init(_ model: ChinchillaModel) { self.model = model }

    func setParameters(_ theta: [Double]) { self.theta = theta }

    func evaluate(
      rows: Range<Int>, order: DerivativeOrder, into output: inout MutableSpan<Double>, stride: Int
    ) {
      let (e, a, b, alpha, beta) = (theta[0], theta[1], theta[2], theta[3], theta[4])
      for row in rows {
        let i = row - rows.lowerBound
        let (n, d) = (model.logParams[row], model.logTokens[row])
        let u = exp(-alpha * n)
        let v = exp(-beta * d)
        output[i] = e + a * u + b * v
        if order == .value { continue }
        output[stride + i] = 1
        output[2 * stride + i] = u
        output[3 * stride + i] = v
        output[4 * stride + i] = -a * u * n
        output[5 * stride + i] = -b * v * d
        if order == .gradient { continue }
        output[6 * stride + i] = -u * n
        output[7 * stride + i] = a * u * n * n
        output[8 * stride + i] = -v * d
        output[9 * stride + i] = b * v * d * d
      }
    }
  }
}

/// The published runs the tests fit.
enum PublishedRuns {
  /// Columns of a table of Datasets/.
  static func columns(_ path: String, _ names: [String]) throws -> [[String]] {
    let table = try Checkout.table(path)
    return try names.map { try table.texts($0) }
  }

  /// The digitised runs of the Chinchilla paper: 245, or the 240 the re-analysis keeps.
  static func chinchilla(all: Bool = false) throws -> (model: ChinchillaModel, loss: [Double]) {
    let data = try columns(
      "chinchilla/fig4.csv", ["params", "tokens", "loss", "excluded_in_fit"])
    let rows = data[0].indices.filter { all || data[3][$0] == "0" }
    return model(rows, data)
  }

  /// The 133 digitised isoFLOP runs of Llama 3.
  static func llama3() throws -> (model: ChinchillaModel, loss: [Double]) {
    let data = try columns("llama3_isoflop/isoflops.csv", ["params", "tokens", "loss"])
    return model(Array(data[0].indices), data)
  }

  private static func model(_ rows: [Int], _ data: [[String]]) -> (ChinchillaModel, [Double]) {
    func numbers(_ column: Int) -> [Double] { rows.map { Double(data[column][$0]) ?? .nan } }
    return (
      ChinchillaModel(logParams: numbers(0).map { log($0) }, logTokens: numbers(1).map { log($0) }),
      numbers(2)
    )
  }
}
