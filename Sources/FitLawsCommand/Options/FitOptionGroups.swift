internal import ArgumentParser
internal import Formulas
internal import LeastSquares
internal import ScalingLaws

/// Which rows and columns are read.
struct RowOptions: ParsableArguments {
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "The column a name of the law stands for: N=params,D=tokens; expressions too: D=flops/(6*params).",
      valueName: "name=column"))
  var columns: [String] = []

  @Option(
    name: .long, parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Use only these rows, such as 'params > 1e8 && variant == \"hot\"'.", valueName: "filter"))
  var `where`: [String] = []

  /// The filters as one, all of which must hold.
  var filter: String? {
    guard !self.where.isEmpty else { return nil }
    return self.where.map { self.where.count > 1 ? "(\($0))" : $0 }.joined(separator: " && ")
  }
}

/// Which rows and columns a fit reads, and what each row counts.
struct DataOptions: ParsableArguments {
  @OptionGroup var rows: RowOptions

  @Option(name: .long, help: ArgumentHelp("The column of row weights.", valueName: "column"))
  var weights: String?
}

/// What is minimised.
struct ObjectiveOptions: ParsableArguments {
  private static let losses = ["squares", "huber", "softL1", "cauchy", "absolute"]

  @Option(
    name: .long,
    help: ArgumentHelp(
      "squares, huber, softL1, cauchy or absolute. The default is the law's: huber for losses."),
    completion: .list(Self.losses))
  var loss: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Scale of the loss, in units of the residual. The default is 1e-3.", valueName: "number"))
  var delta: Double?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "log, raw or relative. The default is the law's: log for losses.", valueName: "kind"),
    completion: .list(ResidualKind.allCases.map(\.rawValue)))
  var residuals: String?

  func residualKind() throws -> ResidualKind? {
    guard let residuals else { return nil }
    guard let kind = ResidualKind(rawValue: residuals) else {
      throw ValidationError(
        "--residuals", takes: ResidualKind.allCases.map(\.rawValue), not: residuals)
    }
    return kind
  }

  func lossFunction() throws -> Loss? {
    guard loss != nil || delta != nil else { return nil }
    let name = loss ?? "huber"
    if let delta, !(delta > 0 && delta.isFinite) {
      throw ValidationError("--delta takes a positive number, such as 1e-3.")
    }
    if delta != nil, name == "squares" || name == "absolute" {
      throw ValidationError("--delta belongs to huber, softL1 and cauchy; \(name) has no scale.")
    }
    guard let loss = Loss(name: name, delta: delta ?? 1e-3) else {
      throw ValidationError("--loss", takes: Self.losses, not: name)
    }
    return loss
  }
}

/// What is known of the parameters before the fit.
struct ParameterOptions: ParsableArguments {
  @Option(
    name: .long, parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Bounds of parameters, such as '0 < alpha < 1'; they replace the law's.", valueName: "bound"))
  var bound: [String] = []

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("Start values; the global search runs as well.", valueName: "name=value"))
  var start: [String] = []

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("Hold parameters at values.", valueName: "name=value"))
  var fix: [String] = []

  @Flag(name: .long, help: "Polish the start only; no global search.")
  var local = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "How far to search: quick, standard or thorough. The default is standard.",
      valueName: "effort"), completion: .list(SearchEffort.allCases.map(\.rawValue)))
  var search: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The most evaluations of the law in the search; the default is that of the effort.",
      valueName: "number"))
  var evaluations: Int?

  /// How far the search goes; nil for the default.
  func effort() throws -> SearchEffort? {
    guard let search else { return nil }
    guard !local else {
      throw ValidationError("--search and --evaluations belong to a global search, not to --local.")
    }
    guard let effort = SearchEffort(rawValue: search) else {
      throw ValidationError(
        "--search", takes: SearchEffort.allCases.map(\.rawValue), not: search)
    }
    return effort
  }

  /// The most evaluations; nil for those of the effort.
  func evaluationLimit() throws -> Int? {
    guard let evaluations else { return nil }
    guard !local else {
      throw ValidationError("--search and --evaluations belong to a global search, not to --local.")
    }
    guard (10...100_000_000).contains(evaluations) else {
      throw ValidationError("--evaluations takes a number from 10 to 100,000,000, such as 20000.")
    }
    return evaluations
  }

  func boundsByName() throws -> [String: Bounds] {
    do {
      return try Formula.bounds(in: bound.joined(separator: ";"))
        .mapValues { Bounds(lower: $0.lower, upper: $0.upper) }
    } catch {
      var fault = error
      fault.source = "--bound"
      throw InputFault(fault.description)
    }
  }
}

/// How sure a fit is.
struct IntervalOptions: ParsableArguments {
  @OptionGroup var refits: RefitOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "covariance, bootstrap (percentiles), bca, profile, or all side by side.", valueName: "method"
    ), completion: .list(IntervalMethod.allCases.map(\.rawValue) + ["all"]))
  var interval: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "rows, or wild: the signs of the residuals, for designs that must not be thinned.",
      valueName: "what"), completion: .list(FitSpec.Resampled.allCases.map(\.rawValue)))
  var resample: String?

  @Option(
    name: .long, help: ArgumentHelp("Write the draws of the bootstrap as CSV.", valueName: "file"),
    completion: .file())
  var draws: String?

  /// How intervals are found.
  func method() throws -> FitSpec.Interval {
    let bootstrap = refits.resamples.bootstrap
    let count = bootstrap ?? 4000
    switch interval {
    case nil: return bootstrap.map { .bootstrap(replicates: $0) } ?? .covariance
    case "bootstrap": return .bootstrap(replicates: count)
    case "bca": return .bca(replicates: count)
    case "all": return .all(replicates: count)
    case "covariance", "profile":
      guard bootstrap == nil else {
        throw ValidationError(
          "--bootstrap goes with --interval bootstrap, bca or all; \(interval ?? "") refits no resamples."
        )
      }
      return interval == "profile" ? .profile : .covariance
    case let other?:
      throw ValidationError(
        "--interval", takes: IntervalMethod.allCases.map(\.rawValue) + ["all"], not: other)
    }
  }

  /// What a bootstrap resamples.
  func resampled() throws -> FitSpec.Resampled {
    guard let resample else { return .rows }
    guard let found = FitSpec.Resampled(rawValue: resample) else {
      throw ValidationError(
        "--resample", takes: FitSpec.Resampled.allCases.map(\.rawValue), not: resample)
    }
    return found
  }
}
