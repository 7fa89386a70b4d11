import LeastSquares
import Tables

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs of a known law on a grid of isoFLOP budgets.
struct SimulatedLaws {
  struct Run {
    var params: Double
    var tokens: Double
    var loss: Double
  }

  var rows: [Run]

  /// Eight budgets from 1e18 to 3e21, eight sizes each.
  static func grid(
    noise: Double, seed: UInt64,
    loss: (Double, Double) -> Double = { 1.8 + 400 / pow($0, 0.34) + 1500 / pow($1, 0.36) }
  ) -> SimulatedLaws {
    var generator = Philox(seed: seed, stream: 77)
    let rows = (0..<8).flatMap { budget in
      (0..<8).map { size -> Run in
        let flops = 1e18 * pow(10, Double(budget) / 2)
        let params = (flops / 120).squareRoot() * pow(10, (Double(size) - 3.5) / 5)
        let tokens = flops / 6 / params
        return Run(
          params: params, tokens: tokens,
          loss: loss(params, tokens) * exp(noise * generator.nextNormal()))
      }
    }
    return SimulatedLaws(rows: rows)
  }

  var columns: [(name: String, values: ColumnValues)] {
    [
      ("params", .numbers(rows.map(\.params))), ("tokens", .numbers(rows.map(\.tokens))),
      ("loss", .numbers(rows.map(\.loss))),
    ]
  }

  var table: Table { Table(columns: columns) }
}
