import Testing

@testable import LiterateMarkdown

/// What is read as a cell, and what is refused.
@Suite struct NotebookTests {
  private func cells(_ text: String) throws -> [Cell] { try Notebook(text, name: "page").cells }

  @Test func proseIsNoCell() throws {
    let text = "# Title\n\n```text\n$ fitlaws\n```\n\n```sh\nexit 1\n```\n\n    $ indented\n"
    #expect(try cells(text).isEmpty)
  }

  @Test func commandsHaveTheLinesBelowThem() throws {
    let text = """
      ```console
      $ one
      a

      b
      $ two \\
          --more
      $ for i in 1 2
      > do echo $i
      > done
      1
      ```
      """
    let found = try cells(text)
    #expect(found.map(\.code) == ["one", "two \\\n    --more", "for i in 1 2\ndo echo $i\ndone"])
    #expect(found.map(\.expected?.text) == [["a", "", "b"], [], ["1"]])
    #expect(found.map(\.line) == [2, 6, 8])
  }

  @Test func outputBelongsToTheSwiftCellAbove() throws {
    let text = """
      ```swift
      print(1)
      ```

      ```output approx=1e-3
      1
      ```

      ```swift no-run
      fatalError()
      ```
      """
    let found = try cells(text)
    #expect(found.map(\.kind) == [.swift, .swiftCompiled])
    #expect(found[0].expected?.text == ["1"])
    #expect(found[0].expected?.tolerance == 1e-3)
    #expect(found[0].line == 2)
  }

  @Test func aCommentHidesACellFromReadersOnly() throws {
    #expect(try cells("<!--\n```console\n$ cp a b\n```\n-->\n").map(\.code) == ["cp a b"])
  }

  @Test func filesAndShownCommands() throws {
    let text = "```csv file=a.csv\nx\n1\n```\n\n```console no-run\n$ reboot\n```\n"
    #expect(try cells(text).map(\.kind) == [.file(name: "a.csv")])
    #expect(try cells(text).map(\.code) == ["x\n1"])
  }

  @Test(arguments: [
    ("```swift\nprint(1)\n", "page:1: this fence is not closed"),
    ("text\n\n```output\n1\n```\n", "page:3: an output block belongs"),
    ("```swift\n1\n```\ntext\n```output\n1\n```\n", "page:5: an output block belongs"),
    ("```swift no-run\n1\n```\n```output\n1\n```\n", "page:4: an output block belongs"),
    ("```console\nno command\n```\n", "page:2: a console block begins"),
    ("```console\n```\n", "page:2: a console block begins"),
    ("```swift norun\n1\n```\n", "page:1: 'norun' means nothing here"),
    ("```swift\n1\n```\n```output approx=no\n1\n```\n", "page:4: 'no' is no share"),
    ("```csv file=../a\n1\n```\n", "page:1: '../a' is outside"),
  ])
  func whatMeansNothingIsRefused(_ text: String, _ message: String) {
    let error = #expect(throws: NotebookError.self) { try Notebook(text, name: "page") }
    #expect(error.map(\.description)?.hasPrefix(message) == true, "\(String(describing: error))")
  }

  @Test func outputsAreReplacedWhereTheyStand() throws {
    let text = """
      before
      ```console
      $ one
      old
      $ two
      ```
      ```swift
      print(1)
      ```
      after
      """
    let page = try Notebook(text, name: "page")
    #expect(page.replacingOutputs([nil, nil, nil]) == text)
    let replaced = """
      before
      ```console
      $ one
      $ two
      new
      lines
      ```
      ```swift
      print(1)
      ```

      ```output
      1
      ```
      after
      """
    #expect(page.replacingOutputs([[], ["new", "lines"], ["1"]]) == replaced)
  }
}
