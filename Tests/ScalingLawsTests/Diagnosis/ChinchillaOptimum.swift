import ScalingLaws

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Diagnosis {
  /// What there is to find out of a fit of the Chinchilla law, its optimum written out.
  ///
  ///     N* = G (C/6)^(beta/(alpha+beta)),   G = (alpha A / (beta B))^(1/(alpha+beta))
  static func chinchilla(
    budgets: [Double] = [], variants: [SensitivityVariant] = []
  ) -> Diagnosis {
    var result = Diagnosis()
    result.checksDesign = true
    result.budgets = budgets
    result.variants = variants
    result.optimum = { law in
      let names = law.parameters
      return { flops, values in
        func value(_ name: String) -> Double? { names.firstIndex(of: name).map { values[$0] } }
        guard let A = value("A"), let B = value("B"), let alpha = value("alpha"),
          let beta = value("beta"), min(A, B, alpha, beta) > 0
        else { return nil }
        let sum = alpha + beta
        return pow(alpha * A / (beta * B), 1 / sum) * pow(flops / 6, beta / sum)
      }
    }
    return result
  }
}
