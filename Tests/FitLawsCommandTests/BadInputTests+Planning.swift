/// Faults of questions about when to stop and how often to sample.
extension BadInputTests {
  private static func stop(
    _ name: String, _ options: [String], code: Int32 = 1, says: [String]
  ) -> Fault {
    Fault("stop: \(name)", ["stop", "--law", "chinchilla"] + options, code: code, says: says)
  }

  private static func sample(
    _ name: String, _ csv: String, _ options: [String] = [], code: Int32 = 1, says: [String]
  ) -> Fault {
    Fault(
      "sample: \(name)", ["sample", "@a.csv"] + options, code: code, files: ["a.csv": csv],
      says: says)
  }

  private static let good = "problem,samples,correct\na,10,3\nb,10,0\nc,10,9\n"

  static let planning: [Fault] = [
    stop("price 0", ["--nats-per-flop", "0"], says: ["0 nats per FLOP", "positive", "1e-26"]),
    stop("price of text", ["--nats-per-flop", "cheap"], says: ["--nats-per-flop", "'cheap'"]),
    stop(
      "negative rate", ["--nats-per-dollar", "1e-8", "--flops-per-dollar", "-1"],
      says: ["-1 FLOP per dollar", "7e17"]),
    stop(
      "price never reached", ["--nats-per-flop", "1e-90"], says: ["never falls", "another price"]),
    stop("budget 0", ["--flops", "0"], says: ["0 FLOP", "positive"]),
    stop("size 0", ["--params", "0", "--tokens", "1T"], says: ["0 parameters", "8e9"]),
    stop("input that is chosen", ["--flops", "1e22", "--at", "N=1B"], says: ["N cannot be given"]),
    Fault(
      "stop: law without N and D", ["stop", "--law", "steplaw-batch", "--flops", "1e22"],
      says: ["steplaw-batch", "N and D"]),
    stop("nothing asked", [], code: 64, says: ["--nats-per-flop", "--flops"]),
    stop(
      "half a price", ["--nats-per-dollar", "1e-8"], code: 64,
      says: ["--flops-per-dollar", "together"]),
    stop(
      "two prices",
      ["--nats-per-flop", "1", "--nats-per-dollar", "1", "--flops-per-dollar", "1"], code: 64,
      says: ["not both"]),
    stop(
      "tokens alone", ["--tokens", "1T", "--flops", "1e22"], code: 64,
      says: ["--tokens", "--params"]),
    stop(
      "model and frontier", ["--params", "1B", "--flops", "1e22"], code: 64, says: ["not both"]),
    sample(
      "more correct than drawn", "samples,correct\n10,3\n10,11\n", says: ["a.csv:3", "11", "10"]),
    sample("no count", "samples,correct\n10,x\n", says: ["a.csv:2", "correct"]),
    sample("no column", "samples,right\n10,3\n", says: ["a.csv", "correct", "--columns correct="]),
    sample("two columns", "n,samples,correct\n1,1,1\n", says: ["n and samples", "--columns"]),
    sample("no rows", "samples,correct\n", says: ["no problems", "row for each"]),
    sample("target 1", good, ["--target", "1"], says: ["coverage of 1", "0.9"]),
    sample("no samples", good, ["--samples", "0"], says: ["0 samples", "1 or more"]),
    sample("negative budget", good, ["--budget", "-1"], says: ["-1 samples", "1000"]),
    sample("level 2", good, ["--level", "2"], says: ["level between 0 and 1"]),
    sample("strange column", good, ["--columns", "right=correct"], says: ["'right'", "problem"]),
    sample("model options", good, ["--queries", "1M"], code: 64, says: ["a table for each"]),
    sample(
      "several tables, no models", good, ["@a.csv"], code: 64,
      says: ["--params", "--tokens-per-sample", "--queries"]),
    sample(
      "too few sizes", good,
      ["@a.csv", "--params", "7B", "--tokens-per-sample", "500", "--queries", "1M"], code: 64,
      says: ["--params", "2 tables"]),
    sample(
      "unknown curve", good,
      [
        "@a.csv", "--params", "7B,70B", "--tokens-per-sample", "500", "--queries", "1M", "--curve",
        "line",
      ], code: 64, says: ["'line'", "beta-binomial"]),
    sample(
      "curve without a fit", "samples,correct\n10,5\n10,5\n",
      ["@a.csv", "--params", "7B,70B", "--tokens-per-sample", "500", "--queries", "1M"],
      says: ["a.csv", "beta-binomial", "--curve"]),
  ]
}
