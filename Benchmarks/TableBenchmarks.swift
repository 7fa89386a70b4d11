import Tables

/// Reading CSV, with every column decoded to numbers.
enum TableBenchmarks {
  static func run() throws -> [Measurement] {
    var text = "params,tokens,flops,loss\n"
    var generator = SystemRandomNumberGenerator()
    while text.utf8.count < 50_000_000 {
      let params = Double.random(in: 1e7...1e11, using: &generator)
      let tokens = Double.random(in: 1e9...1e13, using: &generator)
      let loss = Double.random(in: 1.5...4, using: &generator)
      text += "\(params),\(tokens),\(6 * params * tokens),\(loss)\n"
    }
    let bytes = Array(text.utf8)
    var rates: [Double] = []
    for _ in 0..<6 {
      let start = ContinuousClock.now
      let table = try Table.read(csv: bytes, source: "generated")
      for name in table.columnNames { _ = try table.numbers(name) }
      rates.append(Double(bytes.count) / 1e6 / Measurement.seconds(ContinuousClock.now - start))
    }
    return [
      Measurement(
        "CSV of 50 MB, every column decoded", Array(rates.dropFirst()), unit: "MB/s", target: 100,
        isLowerBetter: false)
    ]
  }
}
