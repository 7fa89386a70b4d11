import Testing

@testable import Formulas

/// What bounds of parameters and the range of the data prove of the sign of a subexpression.
@Suite struct RangeTests {
  /// The graph of an expression in parameters, a column `x` from -2 to 5 and an `n` from 1 to 64.
  private func root(
    _ text: String, bounds: String = ""
  ) throws -> (graph: Graph, root: Int) {
    let formula = try Formula("y ~ \(text)" + (bounds.isEmpty ? "" : "; \(bounds)"))
    var graph = Graph()
    var names = [
      "x": graph.column(0, sign: .unknown, range: Graph.Range(-2, 5)),
      "n": graph.column(1, sign: .positive, range: Graph.Range(1, 64)),
    ]
    for (name, _) in formula.prediction.names where names[name] == nil {
      let (lower, upper) = formula.bounds(of: name)
      names[name] = graph.parameter(
        names.count - 2, sign: CompiledFormula.sign(lower: lower, upper: upper),
        range: Graph.Range(lower, upper))
    }
    let root = try graph.lower(formula.prediction, names: names)
    return (graph, root)
  }

  @Test(arguments: [
    // Experts that saturate: each summand alone may be 0.
    ("1 / (1 / (n - 1 + 1 / (1 / a - 1 / b)) + 1 / b)", "1 <= a <= 20; 20 <= b <= 1e6"),
    ("1 - a * expm1(-(n - 1) / a)", "a > 0"), ("1 - a * expm1(1 - n / min(n, b))", "a > 0; b > 0"),
    ("x + a", "3 <= a <= 4"), ("max(x + a, 1e-12)", "-9 < a < 9"), ("log(n + a)", "a >= 0.5"),
    ("x * x + a", "a > 0"), ("4 - tanh(x * a) - sin(a) * 2", "-1 < a < 1"),
    ("exp(x) + a", "-0.125 <= a <= 1"), ("9 - a * x", "-1 <= a <= 1.75"),
    ("softplus(x) + a", "a >= 0"), ("n / a - 0.03", "1 <= a <= 2"),
  ])
  func positive(_ text: String, _ bounds: String) throws {
    let (graph, root) = try root(text, bounds: bounds)
    #expect(graph.signs[root] == .positive, "\(text): \(graph.ranges[root])")
  }

  @Test(arguments: [
    ("x + a", "1 <= a <= 4"), ("n - a", "0 <= a <= 1.5"), ("n / a - 0.5", "1 <= a <= 2.5"),
    ("a / (n - 2) + 1", "a > 0"), ("a - b", "a > 0; b > 0"), ("exp(a) - 1", "-1 <= a <= 1"),
    ("log(n) + a", "a >= -0.1"), ("1 - expm1(a * n)", "a > 0"), ("a", ""), ("x * a + 3", ""),
    ("n / max(n, b) - 1", "b > 0"),
  ])
  func nothingIsProvedOfWhatMayHaveBothSigns(_ text: String, _ bounds: String) throws {
    let (graph, root) = try root(text, bounds: bounds)
    #expect(graph.signs[root] != .positive, "\(text): \(graph.ranges[root])")
  }

  /// Values of random formulas lie within the ranges of their nodes.
  @Test func rangesHold() throws {
    for seed in 0..<(1_500 as UInt64) {
      var random = SeededRandom(seed: seed)
      func pick<T>(_ choices: [T]) -> T { choices[Int(random.next() % UInt64(choices.count))] }
      var graph = Graph()
      var nodes: [Int] = []
      var values: [Double] = []
      for index in 0..<4 {
        let low = Double.random(in: -3...2, using: &random).rounded()
        let high = low + Double.random(in: 0...3, using: &random).rounded()
        values.append(pick([low, high, Double.random(in: low...high, using: &random)]))
        nodes.append(
          graph.parameter(
            index, sign: low > 0 ? .positive : .unknown, range: Graph.Range(low, high)))
      }
      let unary: [Graph.Op] = [
        .negate, .exp, .log, .log2, .log10, .log1p, .expm1, .sqrt, .abs, .sign, .tanh, .sigmoid,
        .softplus, .sin, .cos, .atan, .nonzero,
      ]
      let binary: [Graph.Op] = [.add, .subtract, .multiply, .divide, .power, .min, .max]
      for _ in 0..<8 {
        let a = Int(random.next() % UInt64(nodes.count))
        let b = Int(random.next() % UInt64(nodes.count))
        let isUnary = random.next() % 2 == 0
        let op = isUnary ? pick(unary) : pick(binary)
        // A divisor of exactly 0 is a limit, of which nothing is claimed.
        if op == .divide, values[b] == 0 || graph.ranges[nodes[b]].low == 0 { continue }
        let node = graph.node(op, nodes[a], isUnary ? -1 : nodes[b])
        let value = Scalar.apply(op, values[a], isUnary ? values[a] : values[b])
        guard value.isFinite else { continue }
        let range = graph.ranges[node]
        #expect(range.low <= value && value <= range.high, "seed \(seed): \(op) \(range) \(value)")
        nodes.append(node)
        values.append(value)
      }
    }
  }

  /// Powers, signs and products of exponentials cost no more than they need.
  @Test func whatIsCompiledIsShort() throws {
    func operations(_ text: String) throws -> [Graph.Op] {
      let compiled = try CompiledFormula(
        Formula("y ~ \(text)"), data: ["n": [1, 2, 64], "m": [3, 5, 9]], rowCount: 3,
        needsResponse: false)
      return compiled.programs[1].rowInstructions.map(\.op)
    }
    #expect(try operations("a * n^b * m^c; a > 0").count { $0 == .exp } == 1)
    #expect(try operations("(n + a)^b; a >= 0").count { $0 == .power } == 0)
    #expect(try operations("a / (n + b)^c").count { $0 == .power } == 1)
    #expect(try operations("a / (n + b)^c").count { $0 == .log } == 1)
    // The derivative by c is itself a sign away from what the value has.
    #expect(try operations("a * tanh(n * b) - c * exp(-m / b)").count { $0 == .negate } == 1)
  }
}
