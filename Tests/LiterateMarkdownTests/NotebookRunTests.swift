import Foundation
import Testing

@testable import LiterateMarkdown

/// Cells run, what they print is compared, and what differs is said and can be promoted.
@Suite struct NotebookRunTests {
  private func run(_ text: String) throws -> NotebookRun {
    try NotebookRun(Notebook(text, name: "page.md"), in: .current)
  }

  @Test func oneShellSessionWithTheBuiltCommand() throws {
    let text = """
      ```csv file=runs.csv
      N,loss
      ```
      ```console
      $ cat runs.csv
      N,loss
      $ word=kept; cd figures # a comment
      $ echo "$word $COLUMNS $NO_COLOR"
      kept 80 1
      $ pwd
      /data/figures
      $ ls ../Datasets/chinchilla/fig4.csv
      ../Datasets/chinchilla/fig4.csv
      $ fitlaws fit missing.csv 2>&1 > /dev/null
      fitlaws: missing.csv: cannot read: No such file or directory; check the path
      [exit 1]
      $ sh -c 'exit 3'
      [exit 3]
      ```
      """
    #expect(try run(text).differences.isEmpty)
  }

  @Test func whatNoTwoRunsShareIsWrittenAlike() throws {
    let text = """
      ```console
      $ fitlaws runs init lab
      made a store: /data/lab
      $ export FITLAWS_STORE=lab
      $ echo '{"end": "finished"}' | fitlaws runs log --params 1M --tokens 1M 2> /dev/null
      00000000000000000000000001
      $ echo '{"end": "finished"}' | fitlaws runs log --params 2M --tokens 1M 2> /dev/null
      00000000000000000000000002
      $ fitlaws runs list --columns id,params,created
      id                          params  created
      00000000000000000000000001      1M  2000-01-01T00:00:00.000Z
      00000000000000000000000002      2M  2000-01-01T00:00:00.000Z

      2 runs
      ```
      """
    #expect(try run(text).differences.isEmpty)
  }

  @Test func differencesAreNamedAndPromoted() throws {
    let text = """
      # Page

      ```console
      $ echo a; echo b
      a
      c
      $ echo 1.0000001
      1.0
      $ false
      ```

      ```console approx=1e-3
      $ echo 1.0000001
      1.0
      ```
      """
    let found = try run(text)
    #expect(
      found.differences.map(\.description) == [
        "page.md:4: $ echo a; echo b\n      a\n    - c\n    + b\n",
        "page.md:7: $ echo 1.0000001\n    - 1.0\n    + 1.0000001\n",
        "page.md:9: $ false\n    + [exit 1]\n",
      ])
    let promoted = """
      # Page

      ```console
      $ echo a; echo b
      a
      b
      $ echo 1.0000001
      1.0000001
      $ false
      [exit 1]
      ```

      ```console approx=1e-3
      $ echo 1.0000001
      1.0
      ```
      """
    #expect(found.promoted == promoted)
    let again = try run(promoted)
    #expect(again.differences.isEmpty)
    #expect(again.promoted == promoted)
  }

  @Test func aCommandThatEndsTheShellIsNamed() {
    let error = #expect(throws: NotebookError.self) {
      try run("```console\n$ echo a\na\n$ exit 4\n$ echo b\nb\n```\n")
    }
    #expect(error?.place == "page.md:4")
  }

  @Test func swiftCellsAreOneProgramAmongTheCommands() throws {
    let text = """
      ```console
      $ sleep 0.2; echo first > order
      ```

      ```swift
      import Foundation
      import ScalingLaws

      print(try String(contentsOfFile: "order", encoding: .utf8), terminator: "")
      let law = Law.chinchilla
      print(law.name)
      ```

      ```output
      first
      chinchilla
      ```

      ```console
      $ echo 0.25 > number
      ```

      ```swift
      func half() async throws -> Double {
        try Double(String(contentsOfFile: "number", encoding: .utf8).prefix(4)) ?? .nan
      }
      print(law.parameters.count, try await half())
      ```

      ```output approx=1e-3
      5 0.2501
      ```

      ```swift no-run
      import Tables
      print(try Table.read(contentsOf: "missing.csv").rowCount, try await half())
      ```

      ```swift
      let last = 1
      ```

      ```swift
      print(last)
      ```
      """
    let found = try run(text)
    #expect(found.differences.map(\.description) == ["page.md:44: swift cell\n    + 1\n"])
    #expect(found.promoted == text + "\n\n```output\n1\n```")
    #expect(try run(found.promoted).differences.isEmpty)
  }

  @Test func codeThatDoesNotCompileIsNamedByItsLine() throws {
    let error = #expect(throws: NotebookError.self) {
      try run("# Page\n\n```swift\nimport Tables\n\nlet x = 1\nprint(x + y)\n```\n")
    }
    let text = try #require(error).description
    #expect(text.contains("page.md:7:11: error: cannot find 'y' in scope"), "\(text)")
  }

  @Test func aCellThatThrowsIsNamedByItsLine() throws {
    let error = #expect(throws: NotebookError.self) {
      try run(
        """
        ```swift
        print(1)
        ```

        ```output
        1
        ```

        ```swift
        import Tables
        print("before")
        _ = try Table.read(contentsOf: "missing.csv")
        ```
        """)
    }
    #expect(error?.place == "page.md:10")
    #expect(error?.message.contains("before\n") == true)
    #expect(error?.message.contains("missing.csv") == true)
  }
}
