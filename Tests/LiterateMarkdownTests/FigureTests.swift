import Foundation
import LiterateMarkdown
import Testing

/// Pages in a folder of their own, with figures beside them.
@Suite struct FigureTests {
  private let workshop: Workshop
  private let root: URL

  init() throws {
    root = FileManager.default.temporaryDirectory.appending(path: "pages-\(UUID().uuidString)")
    for folder in ["Datasets", "pages"] {
      try FileManager.default.createDirectory(
        at: root.appending(path: folder), withIntermediateDirectories: true)
    }
    workshop = Workshop(root: root.path, products: Workshop.current.products)
  }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: root.appending(path: name))
  }

  private func differences() throws -> [String] {
    try NotebookRun(workshop.notebook("pages/a.md"), in: workshop).differences.map(\.description)
  }

  @Test func figuresAreComparedByteForByteAndPromoted() throws {
    defer { try? FileManager.default.removeItem(at: root) }
    try write(
      "```console\n$ printf '<svg/>' > figures/a.svg\n```\n\n![A](figures/a.svg)\n",
      to: "pages/a.md")
    #expect(try differences() == ["pages/a.md: figures/a.svg\n    is not beside the page\n"])
    #expect(try workshop.promote("pages/a.md"))
    #expect(try differences().isEmpty)
    #expect(try !workshop.promote("pages/a.md"))

    try write("<svg />", to: "pages/figures/a.svg")
    #expect(try differences() == ["pages/a.md: figures/a.svg\n    is not what the cell draws\n"])
    #expect(try workshop.promote("pages/a.md"))
    #expect(
      try String(contentsOf: root.appending(path: "pages/figures/a.svg"), encoding: .utf8)
        == "<svg/>")
  }

  @Test func anotherGnuplotMayDrawOtherBytes() throws {
    defer { try? FileManager.default.removeItem(at: root) }
    try write("```console\n$ printf '<svg/>' > figures/a.svg\n```\n", to: "pages/a.md")
    _ = try workshop.promote("pages/a.md")
    try write("<svg />", to: "pages/figures/a.svg")
    try write("gnuplot 0\n", to: "pages/figures/gnuplot.txt")
    #expect(try differences().isEmpty)
    try FileManager.default.removeItem(at: root.appending(path: "pages/figures/a.svg"))
    #expect(try differences() == ["pages/a.md: figures/a.svg\n    is not beside the page\n"])
  }

  @Test func aFigureThatNoCellDrawsIsNamed() throws {
    defer { try? FileManager.default.removeItem(at: root) }
    try write("text\n\n![B](figures/b.svg)\n", to: "pages/a.md")
    #expect(try differences() == ["pages/a.md:3: figures/b.svg\n    no cell draws it\n"])
  }

  @Test func aPageThatCannotRunIsLeftAsItIs() throws {
    defer { try? FileManager.default.removeItem(at: root) }
    let text = "```console\n$ echo new\nold\n$ exit 1\n```\n"
    try write(text, to: "pages/a.md")
    #expect(throws: NotebookError.self) { try workshop.promote("pages/a.md") }
    #expect(
      try String(contentsOf: root.appending(path: "pages/a.md"), encoding: .utf8) == text)
  }

  @Test func aPageThatIsNotThereIsNamed() {
    defer { try? FileManager.default.removeItem(at: root) }
    let error = #expect(throws: NotebookError.self) { try workshop.notebook("pages/c.md") }
    #expect(error?.place == "pages/c.md")
  }
}
