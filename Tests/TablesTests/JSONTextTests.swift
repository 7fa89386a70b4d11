import Testing

import Tables

@Suite struct JSONTextTests {
  private struct Fit: Codable, Equatable {
    struct Parameter: Codable, Equatable {
      var name: String
      var estimate: Double
      var rows: Int
    }
    var schema: String
    var parameters: [Parameter]
    var warnings: [String]
    var groups: [String: Int]
    var limits: [Double]
  }

  private let fit = Fit(
    schema: "fitlaws.fit/1", parameters: [.init(name: "a \" : [ ] \\", estimate: 0.1, rows: 240)],
    warnings: [], groups: [:],
    limits: [.nan, .infinity, -.infinity, 70e9, .leastNonzeroMagnitude, 1e21])

  @Test func layout() throws {
    #expect(
      try JSONText.encode(fit) == #"""
        {
          "groups": {},
          "limits": [
            "NaN",
            "Infinity",
            "-Infinity",
            70000000000,
            5e-324,
            1e+21
          ],
          "parameters": [
            {
              "estimate": 0.1,
              "name": "a \" : [ ] \\",
              "rows": 240
            }
          ],
          "schema": "fitlaws.fit/1",
          "warnings": []
        }

        """#)
  }

  @Test func roundTrip() throws {
    let back = try JSONText.decode(Fit.self, from: Array(try JSONText.encode(fit).utf8))
    #expect(back.parameters == fit.parameters)
    #expect(back.limits.dropFirst() == fit.limits.dropFirst())
    #expect(back.limits[0].isNaN)
  }

  @Test func randomNumbersRoundTrip() throws {
    var generator = SeededGenerator(seed: 8)
    let values = (0..<5000).map { _ in generator.finiteDouble() }
    let back = try JSONText.decode([Double].self, from: Array(try JSONText.encode(values).utf8))
    #expect(back.map(\.bitPattern) == values.map(\.bitPattern))
  }

  @Test(arguments: [
    (#"{"parameters": [{"name": "a", "estimate": "x", "rows": 1}]}"#, "parameters[0].estimate"),
    (#"{"parameters": [{"name": "a", "estimate": 1}]}"#, "parameters[0]"),
    (#"{"parameters": [{"name": 1, "estimate": 1, "rows": 1}]}"#, "parameters[0].name"),
    (#"{"parameters": [{"name": null, "estimate": 1, "rows": 1}]}"#, "parameters[0].name"),
    (#"{"parameters": 3}"#, "parameters"), (#"{}"#, ""), ("[]", ""),
    (#"{"parameters": [{"name": "", "estimate": 1, "rows": 1.5}]}"#, ""),
  ])
  func errorsNameThePlace(_ json: String, _ path: String) throws {
    struct File: Decodable { var parameters: [Fit.Parameter] }
    let error = try #require(throws: JSONTextError.self) {
      try JSONText.decode(File.self, from: Array(json.utf8), source: "fit.json")
    }
    #expect(error.path == path)
    #expect(error.description.hasPrefix("fit.json: "))
    #expect(!error.description.contains("\n"))
  }

  @Test(arguments: [
    ("", 1, 1), ("{", 1, 2), ("[1,]", 1, 4), ("{\"a\": 1,\n}", 2, 1), ("[1 2]", 1, 4),
    ("[1]\n x", 2, 2), ("{\"a\" 1}", 1, 6), ("[\"é\", tru]", 1, 7), ("[01]", 1, 3), ("[1.]", 1, 4),
    ("[1e]", 1, 4), ("[-]", 1, 3), ("[\"a\nb\"]", 1, 4), ("[\"\\x\"]", 1, 4),
    ("[\"\\u12g4\"]", 1, 7),
    ("[\"open]", 1, 2), ("{a: 1}", 1, 2), ("[NaN]", 1, 2), ("[1}", 1, 3), ("\u{FEFF}[", 1, 2),
  ])
  func syntaxErrorsNameLineAndColumn(_ json: String, _ line: Int, _ column: Int) throws {
    let error = try #require(throws: JSONTextError.self) {
      try JSONText.decode([Double].self, from: Array(json.utf8), source: "fit.json")
    }
    #expect(error.code == .notJSON)
    #expect(error.line == line)
    #expect(error.column == column)
    #expect(error.description.hasPrefix("fit.json:\(line):\(column): not valid JSON: expected "))
    #expect(!error.description.contains("\n"))
  }

  @Test func whatIsValidPasses() throws {
    #expect(
      try JSONText.decode(
        [Double].self, from: Array("\u{FEFF} [ 0 , -0.5e+1,\r\n\t12E-1, \"Infinity\" ] \n".utf8))
        == [0, -5, 1.2, .infinity])
    let strings = #"["a\"\\\/\b\f\n\r\t\u00e9😀", "", "true"]"#
    #expect(
      try JSONText.decode([String].self, from: Array(strings.utf8))
        == ["a\"\\/\u{8}\u{c}\n\r\té😀", "", "true"])
    let deep = String(repeating: "[", count: 600) + String(repeating: "]", count: 600)
    #expect(throws: JSONTextError.self) {
      try JSONText.decode([Double].self, from: Array(deep.utf8))
    }
  }
}
