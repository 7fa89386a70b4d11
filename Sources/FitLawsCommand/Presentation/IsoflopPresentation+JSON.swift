internal import ScalingLaws
internal import Tables

extension IsoflopPresentation {
  func json() throws -> String { try JSONText.encode(File(analysis)) }

  /// The schema `fitlaws.isoflop/1`.
  private struct File: Encodable {
    struct Number: Encodable {
      var value: Double
      var lower: Double?
      var upper: Double?

      init(_ estimate: IsoFLOPApproach.Estimate) {
        value = estimate.value
        lower = estimate.interval?.lower
        upper = estimate.interval?.upper
      }
    }

    struct Optimum: Encodable {
      var flops: Double
      var params: Number
      var tokens: Number
    }

    struct Approach: Encodable {
      var name: String
      var a: Number?
      var b: Number?
      var paramsCoefficient: Number?
      var tokensCoefficient: Number?
      var optima: [Optimum]?
      var refused: String?

      init(_ approach: IsoFLOPApproach) {
        name = approach.kind.rawValue
        a = approach.laws.map { Number($0.paramsExponent) }
        b = approach.laws.map { Number($0.tokensExponent) }
        paramsCoefficient = approach.laws.map { Number($0.paramsCoefficient) }
        tokensCoefficient = approach.laws.map { Number($0.tokensCoefficient) }
        optima = approach.laws?.optima.map {
          Optimum(flops: $0.flops, params: Number($0.params), tokens: Number($0.tokens))
        }
        refused = approach.refusal
      }
    }

    struct Budget: Encodable {
      var flops: Double
      var runs: Int
      var spread: Double
      var params: Double?
      var tokens: Double?
      var loss: Double?
      var logError: Double?
      var refused: String?
      var reason: String?

      init(_ budget: IsoFLOPBudget) {
        flops = budget.flops
        runs = budget.runs
        spread = budget.spread
        params = budget.optimum?.params
        tokens = budget.optimum?.tokens
        loss = budget.optimum?.loss
        logError = budget.optimum?.logError
        refused = budget.refusal?.code.rawValue
        reason = budget.refusal?.message
      }
    }

    /// Absolute differences of exponents, relative ones of the rest.
    struct Bias: Encodable {
      struct Optimum: Encodable {
        var flops: Double
        var params: Double
        var tokens: Double
      }
      var a: Double
      var b: Double
      var paramsCoefficient: Double
      var tokensCoefficient: Double
      var optima: [Optimum]

      init(_ bias: MethodBias) {
        a = bias.paramsExponent
        b = bias.tokensExponent
        paramsCoefficient = bias.paramsCoefficient
        tokensCoefficient = bias.tokensCoefficient
        optima = bias.optima.map {
          Optimum(flops: $0.flops, params: $0.params, tokens: $0.tokens)
        }
      }
    }

    struct Deadweight: Encodable {
      var flops: Double
      var share: Double
    }

    struct Method: Encodable {
      var axis: String
      var curve: String
      var weighted: Bool
      var tolerance: Double
      var bins: Int
    }

    var schema = "fitlaws.isoflop/1"
    var version = fitLawsVersion
    var source: String
    var rows: Int
    var columns: [String: String]
    var `where`: String?
    var level: Double
    var method: Method
    var approaches: [Approach]
    var budgets: [Budget]
    var methodBias: Bias?
    var deadweight: [Deadweight]
    var jointLaw: LawFit?
    var warnings: [String]

    init(_ analysis: IsoFLOPAnalysis) {
      source = analysis.source
      rows = analysis.runs
      columns = analysis.columns
      `where` = analysis.options.filter
      level = analysis.options.level
      method = Method(
        axis: analysis.options.axis.rawValue, curve: analysis.options.curve.rawValue,
        weighted: analysis.isWeighted, tolerance: analysis.options.tolerance,
        bins: analysis.options.bins)
      approaches = analysis.approaches.map(Approach.init)
      budgets = analysis.budgets.map(Budget.init)
      methodBias = analysis.bias.map(Bias.init)
      deadweight = zip(analysis.options.budgets, analysis.deadweight).map {
        Deadweight(flops: $0, share: $1)
      }
      jointLaw = analysis.joint
      warnings = analysis.warnings
    }
  }
}
