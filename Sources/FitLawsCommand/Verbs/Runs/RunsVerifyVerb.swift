internal import ArgumentParser
internal import RunStore

/// `fitlaws runs verify`.
struct RunsVerifyVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Fit a saved fit again, and compare answer and data.",
    usage: "fitlaws runs verify <fit> [<options>]",
    discussion: """
      Exit codes: 0 identical, the refit has the same bytes; 1 different, with the parameters and by how many units in \
      the last place, and what changed of program, Swift, GSL, C library and platform; 2 the data drifted, with the \
      runs or rows; 3 damaged, the files are not those that were saved; 64 no such fit. Runs that are new since are \
      a note, no drift. 'fitlaws fit --save' saves.

      EXAMPLES
        fitlaws runs verify f3k --store lab
        fitlaws runs verify f3k --store lab --format json
      """)

  @Argument(
    help: ArgumentHelp("The fit; the beginning of its identifier is enough.", valueName: "fit"))
  var fit: String

  @OptionGroup var store: StoreOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    let store = try store.open()
    let id: String
    do throws(InputFault) {
      id = try IDLookup.unique(fit, among: try Self.ids(store), "fit", list: "fits")
    } catch {
      throw ValidationError(error.message)
    }
    let verification = try await FitVerification.verify(id, of: store)
    try output.deliver(VerificationPresentation(verification))
    if verification.verdict != .identical { throw ExitCode(verification.verdict.rawValue) }
  }

  private static func ids(_ store: RunStore) throws(InputFault) -> [String] {
    do {
      return try store.fitIDs()
    } catch {
      throw InputFault(error.description)
    }
  }
}

/// `fitlaws runs fits`.
struct RunsFitsVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fits",
    abstract: "List the saved fits of a store.",
    discussion: """
      The answer of a fit is fits/ID/result.json in the store, which 'predict' and 'allocate' read.

      EXAMPLES
        fitlaws runs fits --store lab
        fitlaws runs fits --store lab --format json
      """)

  @OptionGroup var store: StoreOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    let store = try store.open()
    var list = FitListPresentation()
    var damaged: [RunStoreProblem] = []
    for id in try store.fitIDs() {
      do throws(RunStoreError) {
        list.append(try store.fit(id))
      } catch {
        damaged.append(RunStoreProblem(.sealMismatch, path: error.path, error.message))
      }
    }
    try output.deliver(list)
    try StoreProblems.report(damaged)
  }
}
