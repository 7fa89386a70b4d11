internal import ArgumentParser

/// How much the choices behind a fit matter.
struct DiagnosisOptions: ParsableArguments {
  @Flag(
    name: .long,
    help:
      "Refit under other losses, and without the largest residuals, smallest and largest runs.")
  var sensitivity = false

  @Flag(
    name: .long,
    help: "Show what the runs determine, which carry the fit, and which run would help most.")
  var design = false
}
