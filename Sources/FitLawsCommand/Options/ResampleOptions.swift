internal import ArgumentParser
internal import ScalingLaws

/// How sure an answer is: the level, and the resamples that intervals come from.
struct ResampleOptions: ParsableArguments {
  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Level of intervals.", valueName: "number"))
  var level = 0.95

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Resamples that intervals are taken from.", valueName: "replicates"))
  var bootstrap: Int?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Seed of the resamples.", valueName: "number"))
  var seed: UInt64 = 0
}

/// Resamples of rows, to each of which the law is fitted again.
struct RefitOptions: ParsableArguments {
  @OptionGroup var resamples: ResampleOptions

  @Option(
    name: .long,
    help: ArgumentHelp("Resample rows with one value of this column together.", valueName: "column")
  )
  var cluster: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Tasks at once; the result does not depend on it.", valueName: "number"))
  var tasks: Int?

  /// Nothing is done with fewer than one task.
  func validate() throws {
    if let tasks, tasks < 1 {
      throw ValidationError("--tasks takes a number from 1, not \(tasks).")
    }
  }

  /// Fills in all but the method.
  func apply(to spec: inout FitSpec) {
    spec.level = resamples.level
    spec.seed = resamples.seed
    spec.cluster = cluster
    spec.tasks = tasks
  }
}
