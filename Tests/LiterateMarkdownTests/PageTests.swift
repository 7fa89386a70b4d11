import LiterateMarkdown
import Testing

/// Every page of the package that has cells shows what they do.
@Suite struct PageTests {
  /// All pages; without those that draw, where there is no gnuplot.
  private static func pages() throws -> [String] {
    let workshop = Workshop.current
    let canDraw = try workshop.gnuplotVersion() != nil
    return try workshop.pages().filter { try canDraw || !workshop.notebook($0).drawsFigures }
  }

  @Test(arguments: try pages()) func showsWhatItsCellsDo(_ page: String) throws {
    let workshop = Workshop.current
    let run = try NotebookRun(workshop.notebook(page), in: workshop)
    let report = run.differences.map(\.description).joined()
    #expect(report.isEmpty, "\(report)swift run -c release notebooks promote \(page)")
  }

  @Test func thereAreNotebooks() throws {
    let workshop = Workshop.current
    let withCells = try workshop.pages().filter { try !workshop.notebook($0).isEmpty }
    #expect(withCells.filter { $0.hasPrefix("Notebooks-md/0") }.count == 8)
    #expect(withCells.contains("Documentation/Planning.md") && withCells.contains("README.md"))
  }
}
