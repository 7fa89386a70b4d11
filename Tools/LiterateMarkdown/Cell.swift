/// A fenced block that a check runs, or a file that it writes.
struct Cell: Sendable, Equatable {
  /// What the words behind the fence say.
  enum Kind: Sendable, Equatable {
    /// `swift`: runs, and what it prints stands in the `output` block below.
    case swift
    /// `swift no-run`: compiles only.
    case swiftCompiled
    /// `console`: a command line, and its output below it.
    case command
    /// `csv file=pools.csv` and the like: its text becomes a file.
    case file(name: String)
  }

  var kind: Kind
  /// The line of its first line of text, from 1.
  var line: Int
  /// What runs, or stands in the file.
  var code: String
  /// The output on the page; nil where a page that prints nothing has none.
  var expected: Expectation?
  /// The line, from 0, before which output that is not on the page goes.
  var end: Int
  /// The fence of the block.
  var fence: String

  /// What a page shows below a cell.
  struct Expectation: Sendable, Equatable {
    /// The lines of the page, from 0, that it takes.
    var lines: Range<Int>
    var text: [String]
    /// By what share of them numbers may differ.
    var tolerance: Double
  }

  /// What names the cell in a message.
  var title: String {
    switch kind {
    case .swift, .swiftCompiled: "swift cell"
    case .command: "$ \(code.prefix { $0 != "\n" })"
    case .file(let name): name
    }
  }
}
