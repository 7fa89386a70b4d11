internal import ArgumentParser
internal import RunStore
internal import Tables

/// `fitlaws runs fsck`.
struct RunsCheckVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fsck",
    abstract: "Read everything in a store and name what is wrong.",
    discussion: """
      Torn tails, files that are not what was sealed, files that belong nowhere, runs that nothing writes any more. \
      Changes nothing unless --repair is given, which removes what interrupted writes left behind and marks runs \
      with a dead writer as killed; it never touches a row. Exit code 3 if anything is wrong and not repaired.

      EXAMPLES
        fitlaws runs fsck --store lab
        fitlaws runs fsck --store lab --sums
      """)

  @OptionGroup var store: StoreOptions

  @Flag(name: .long, help: "Repair what can be.")
  var repair = false

  @Flag(name: .long, help: "Also write SHA256SUMS, for 'sha256sum -c' without this program.")
  var sums = false

  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    let store = try store.open()
    let check = try store.check(isRepairing: repair)
    try output.deliver(CheckPresentation(check))
    if sums {
      let count = try store.writeChecksums()
      Console.current.error("wrote \(store.root)/SHA256SUMS: \(count) files\n")
    }
    guard check.problems.allSatisfy({ check.repaired.contains($0) }) else { throw ExitCode(3) }
  }
}

/// What a check found, in every format.
struct CheckPresentation: Presentable {
  private let check: RunStoreCheck

  init(_ check: RunStoreCheck) { self.check = check }

  var warnings: [String] { [] }

  var blocks: [Block] {
    let repaired = check.repaired.count
    return check.problems.map { problem in
      .line("\(problem)\(check.repaired.contains(problem) ? " (repaired)" : "")")
    } + [
      .line(
        "\(check.runCount) run\(check.runCount == 1 ? "" : "s"), \(check.problems.count) "
          + "problem\(check.problems.count == 1 ? "" : "s")"
          + (repaired > 0 ? ", \(repaired) repaired" : ""))
    ]
  }

  var table: TextTable {
    var table = TextTable(headers: ["code", "run", "path", "line", "message", "repaired"])
    for problem in check.problems {
      table.append([
        problem.code.rawValue, problem.run?.text ?? "", problem.path,
        problem.line.map(String.init) ?? "", problem.message,
        check.repaired.contains(problem) ? "true" : "false",
      ])
    }
    return table
  }

  func json() -> String {
    let problems = check.problems.map { problem in
      var part: [String: JSONValue] = [
        "code": .string(problem.code.rawValue), "path": .string(problem.path),
        "message": .string(problem.message), "repaired": .bool(check.repaired.contains(problem)),
      ]
      part["run"] = (problem.run?.text).map { .string($0) }
      part["line"] = problem.line.map { JSONValue($0) }
      part["offset"] = problem.offset.map { JSONValue($0) }
      return JSONValue.object(part)
    }
    let value: JSONValue = [
      "schema": "fitlaws.check/1", "runs": JSONValue(check.runCount),
      "problems": .array(problems),
    ]
    return value.text
  }
}
