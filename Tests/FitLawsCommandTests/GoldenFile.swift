import Foundation
import ScalingLaws
import TestSupport
import Testing

/// Recorded output of the command; a file that is missing is recorded, and the test fails until it
/// was reviewed.
enum GoldenFile {
  /// How numbers are compared.
  enum Comparison {
    /// To the letter: they are rounded for people already.
    case exact
    /// To a relative 1e-6: the last digits of a minimum depend on the machine's mathematics
    /// library.
    case numbers
  }

  static func expect(
    _ text: String, matches name: String, _ comparison: Comparison, ending: String = "txt",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let path = "\(Checkout.root)/Tests/FitLawsCommandTests/Golden/\(name).\(ending)"
    let actual = neutral(text)
    guard FileManager.default.fileExists(atPath: path) else {
      try actual.write(toFile: path, atomically: true, encoding: .utf8)
      Issue.record(
        "recorded \(name).\(ending): review it, then run again", sourceLocation: sourceLocation)
      return
    }
    let expected = try String(contentsOfFile: path, encoding: .utf8)
    switch comparison {
    case .exact: #expect(actual == expected, sourceLocation: sourceLocation)
    case .numbers:
      let (left, right) = (pieces(of: actual), pieces(of: expected))
      try #require(left.count == right.count, "\(actual)", sourceLocation: sourceLocation)
      for (a, b) in zip(left, right) where a != b {
        guard let x = Double(a), let y = Double(b) else {
          Issue.record("'\(a)' instead of '\(b)' in \(name)", sourceLocation: sourceLocation)
          continue
        }
        #expect(abs(x - y) <= 1e-6 * abs(y), "in \(name)", sourceLocation: sourceLocation)
      }
    }
  }

  /// The text without what may change while the result is the same: the version, and how the search
  /// went.
  private static func neutral(_ text: String) -> String {
    text.replacingOccurrences(of: fitLawsVersion, with: "VERSION")
      .replacing(
        /\([0-9]+ evaluations\)/, with: "(# evaluations)"
      )
      .replacing(/[0-9]+ of [0-9]+ starts/, with: "# of # starts")
      .replacing(/best of [0-9]+ starts/, with: "best of # starts")
      .replacing(/"(evaluations|starts|agreeing|distinct|seeds)": [0-9]+/) {
        "\"\($0.output.1)\": 0"
      }
  }

  /// Numbers and what stands between them, in turn.
  private static func pieces(of text: String) -> [String] {
    var pieces: [String] = []
    var end = text.startIndex
    for match in text.matches(of: /[0-9]+(\.[0-9]+)?(e-?[0-9]+)?/) {
      pieces.append(String(text[end..<match.range.lowerBound]))
      pieces.append(String(text[match.range]))
      end = match.range.upperBound
    }
    return pieces + [String(text[end...])]
  }
}
