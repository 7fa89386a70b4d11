import Tables
import Testing

@testable import RunStore

@Suite struct YAMLTests {
  private func read(_ text: String) throws -> JSONValue { try YAMLReader.read(Array(text.utf8)) }

  @Test(arguments: [
    ("a: b\n", ["a": "b"]),
    ("a: 'it''s'\n", ["a": "it's"]),
    ("a: \"q\\\"\\t\\u00e9\\U0001F600\"\n", ["a": "q\"\té😀"]),
    ("a: '123'\nb: 'null'\nc: ''\n", ["a": "123", "b": "null", "c": ""]),
    // What PyYAML makes of a text longer than a line, in its three styles.
    ("a: one two\n  three\n  four\nb: c\n", ["a": "one two three four", "b": "c"]),
    ("a: 'one two\n\n  three'\n", ["a": "one two\nthree"]),
    ("a: \"one two \\\n  \\ three\\n\\\n  four\"\n", ["a": "one two  three\nfour"]),
    ("a: file:///x#y\nb: x # note\n", ["a": "file:///x#y", "b": "x"]),
    ("---\n# note\n\"a b\": c\n'd': e\n", ["a b": "c", "d": "e"]),
    ("a: |\n  x\n   y\n\n  z\nb: >-\n  p\n  q\n", ["a": "x\n y\n\nz\n", "b": "p q"]),
    ("a: b\r\nc: d\r\n", ["a": "b", "c": "d"]),
  ])
  func texts(_ text: String, _ expected: [String: String]) throws {
    #expect(try read(text) == .object(expected.mapValues { .string($0) }))
  }

  @Test func types() throws {
    let value = try read(
      "a: 3\nb: 1e-08\nc: true\nd: null\ne:\nf: .nan\ng: -.inf\nh: 1_000\ni: 010\nj: 9007199254740993\n"
    )
    #expect(value["a"]?.int == 3)
    #expect(value["b"]?.double == 1e-8)
    #expect(value["c"]?.bool == true)
    #expect(value["d"] == .null && value["e"] == .null)
    #expect(value["f"]?.double?.isNaN == true)
    #expect(value["g"]?.double == -.infinity)
    #expect(value["h"] == "1_000" && value["i"] == "010")
    #expect(value["j"]?.int == 9_007_199_254_740_993)
  }

  @Test func nesting() throws {
    let value = try read(
      """
      opt:
        betas:
        - 0.9
        - 0.95
        sched: {kind: cosine, 'warm up': [1, 2]}
      layers:
        - name: a
          width: 3
        -
          - x
          - 'y'
      empty: {}
      none: []
      last: 1

      """)
    #expect(value["opt"]?["betas"]?.array?.compactMap(\.double) == [0.9, 0.95])
    #expect(value["opt"]?["sched"] == ["kind": "cosine", "warm up": [1, 2]])
    #expect(value["layers"] == [["name": "a", "width": 3], ["x", "y"]])
    #expect(value["empty"] == .object([:]) && value["none"] == .array([]))
    #expect(value["last"] == 1)
  }

  @Test(arguments: [
    ("a: b", 1), ("a: b\nc: d", 2), ("", 1), ("a: *x\n", 1), ("a: &x 1\n", 1), ("a: !!int 1\n", 1),
    ("a: 1\na: 2\n", 2), ("a: 'b\n", 1), ("a: 'b' c\n", 1), ("a: \"\\q\"\n", 1), ("? a\n", 1),
    ("a: [1, 2\n  ]\n", 1), ("a: b\n  c: d\n", 2), ("a:\n  b: 1\n c: 2\n", 3),
    ("a: {b: 1, b: 2}\n", 1), ("a: 1\nb\n", 2),
  ])
  func faults(_ text: String, _ line: Int) {
    let fault = #expect(throws: YAMLReader.Fault.self) { try read(text) }
    #expect(fault?.line == line)
  }

  @Test func depthIsBounded() {
    #expect(throws: YAMLReader.Fault.self) {
      try read(String(repeating: "- ", count: 10_000) + "a\n")
    }
    #expect(throws: YAMLReader.Fault.self) {
      try read("a: " + String(repeating: "[", count: 100_000) + "\n")
    }
  }

  /// No cut makes another value of a text: it is refused or, between lines, keys are missing.
  @Test func truncation() throws {
    let text = "a: one two\nb: 'it''s'\nc: \"x\\ty\"\nd: 190354176\ne: 1.5e-05\nf: true\n"
    let whole = try #require(try read(text).object)
    for length in 0..<text.utf8.count {
      guard let cut = try? YAMLReader.read(Array(text.utf8.prefix(length))) else { continue }
      for (key, value) in cut.object ?? [:] { #expect(whole[key] == value) }
    }
  }

  /// Whatever the bytes are, the answer is a value or a fault.
  @Test func damage() {
    let text = Array(
      """
      a: 'it''s' # note
      "b c": "x\\ty \\
        \\ z"
      d: {e: [1, 'f'], g: h}
      i:
      - j: |-
          k
           l
      - [m]
      n: >
        o

        p
      q: r
        s

      """.utf8)
    var random = SystemRandomNumberGenerator()
    let marks = Array("'\"\\:-#[]{},|>&?\n \t\0é".utf8)
    var read = 0
    for _ in 0..<5000 {
      var bytes = text
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let mark = marks[Int.random(in: 0..<marks.count, using: &random)]
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = mark
        case 1: bytes.insert(mark, at: place)
        default: bytes.remove(at: place)
        }
      }
      if (try? YAMLReader.read(bytes)) != nil { read += 1 }
    }
    // Some damage must leave YAML, and some must not, or nothing was tried.
    #expect((1..<5000).contains(read))
  }
}
