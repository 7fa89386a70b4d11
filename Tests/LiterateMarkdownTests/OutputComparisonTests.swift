import Testing

@testable import LiterateMarkdown

@Suite struct OutputComparisonTests {
  @Test(arguments: [
    ("loss 2.30 at 1e21", "loss 2.3001 at 1e21", true),
    ("loss 2.30 at 1e21", "loss 2.31 at 1e21", false),
    ("loss 2.30 at 1e21", "loss 2.30 at 2e21", false),
    ("loss 2.30", "error 2.30", false),
    ("a 1 b 2", "a 1 b", false),
    ("x -1.0", "x 1.0", false),
    ("1e-5", "1.0001e-5", true),
    ("0", "0.0", true),
    ("0", "1e-9", false),
    ("no number", "no number", true),
  ])
  func numbersMayDiffer(_ actual: String, _ expected: String, _ same: Bool) {
    #expect(OutputComparison.matches([actual], [expected], tolerance: 1e-3) == same)
  }

  @Test func withoutToleranceNothingMay() {
    #expect(OutputComparison.matches(["1.0"], ["1.0"], tolerance: 0))
    #expect(!OutputComparison.matches(["1.0"], ["1.00"], tolerance: 0))
    #expect(!OutputComparison.matches(["1", ""], ["1"], tolerance: 0))
  }

  @Test func differenceNamesLines() {
    #expect(
      OutputComparison.difference(["a", "x", "c", "d"], ["a", "b", "c"])
        == ["  a", "- b", "+ x", "  c", "+ d"])
    #expect(OutputComparison.difference([], ["a"]) == ["- a"])
  }
}
