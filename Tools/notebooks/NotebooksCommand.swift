import ArgumentParser
import Foundation
import LiterateMarkdown

/// `swift run -c release notebooks check` and `promote`.
@main
struct NotebooksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notebooks", abstract: "Check what the pages of this package show, or rewrite it.",
    subcommands: [Check.self, Promote.self])
}

struct Pages: ParsableArguments {
  @Argument(help: "Pages, from the root of the package; all of them by default.")
  var pages: [String] = []

  /// Does something with each page, saying how long it took; false if one failed.
  func each(_ body: (String) throws -> String) throws {
    let workshop = Workshop.current
    var failed = false
    for name in try pages.isEmpty ? workshop.pages() : pages {
      let clock = ContinuousClock()
      let start = clock.now
      do {
        print(try body(name), terminator: "")
      } catch let error as NotebookError {
        failed = true
        print(error)
      } catch is ExitCode {
        failed = true
      }
      let seconds = (clock.now - start) / .seconds(1)
      print("\(name): \(String(format: "%.1f", seconds)) s")
    }
    if failed { throw ExitCode.failure }
  }
}

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the cells, and show where an output is not the one on the page.")

  @OptionGroup var pages: Pages

  func run() throws {
    let workshop = Workshop.current
    try pages.each { name in
      let run = try NotebookRun(workshop.notebook(name), in: workshop)
      if run.differences.isEmpty { return "" }
      print(run.differences.map(\.description).joined(), terminator: "")
      throw ExitCode.failure
    }
  }
}

struct Promote: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the cells, and write their outputs into the pages.")

  @OptionGroup var pages: Pages

  func run() throws {
    try pages.each { try Workshop.current.promote($0) ? "rewritten: " : "as it was: " }
  }
}
