import Planning
import ScalingLaws
import Tables

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// The main job as a program: fit the Chinchilla figures, then ask what to train with 5.76e23 FLOP.
guard CommandLine.arguments.count == 2 else {
  fatalError("usage: client path/to/fig4.csv")
}
let table = try Table.read(contentsOf: CommandLine.arguments[1])
var spec = FitSpec(law: .chinchilla)
spec.filter = "excluded_in_fit == 0"
let fit = try await LawFit(table, spec)
for parameter in fit.parameters {
  print(parameter.name, parameter.estimate, parameter.standardError ?? .nan)
}

let law = try EstimatedLaw(fit)
let plan = try AllocationPlan(law, budgets: [5.76e23])
let best = plan.allocations[0]
print("params", best.params.value, "tokens", best.tokens.value, "loss", best.loss.value)
let prediction = try law.predict(["N": [70e9], "D": [1.4e12]], rowCount: 1)[0]
print("loss at 70B, 1.4T:", prediction.value)

/// Stops with a message if a number is not what the published figures give.
func expect(_ name: String, _ value: Double?, _ expected: Double, within tolerance: Double) {
  guard let value, abs(value - expected) <= tolerance else {
    fatalError("\(name) is \(String(describing: value)), not \(expected) within \(tolerance)")
  }
}

// The minimum of the published replication (arXiv:2404.10102) to the digits it is known to.
expect("objective", fit.objective.value, 0.00101827402, within: 1e-10)
expect("alpha", fit["alpha"], 0.34731, within: 2e-4)
expect("beta", fit["beta"], 0.36717, within: 2e-4)
expect("E", fit["E"], 1.81722, within: 1e-4)
// By the closed form N = (alpha A / (beta B))^(1/(alpha + beta)) (C/6)^(beta/(alpha + beta)).
let (alpha, beta) = (fit["alpha"] ?? .nan, fit["beta"] ?? .nan)
let ratio = alpha * (fit["A"] ?? .nan) / (beta * (fit["B"] ?? .nan))
let params = pow(ratio, 1 / (alpha + beta)) * pow(5.76e23 / 6, beta / (alpha + beta))
expect("params", best.params.value, params, within: 1e-9 * params)
expect("6ND", 6 * best.params.value * best.tokens.value, 5.76e23, within: 1e-12 * 5.76e23)
guard let interval = best.params.interval, interval.lower < params, params < interval.upper else {
  fatalError("the allocation has no interval around its estimate")
}
print("ok")
