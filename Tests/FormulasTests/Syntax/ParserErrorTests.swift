import Testing

@testable import Formulas

/// Messages are compared whole: each names the place and the remedy.
@Suite struct ParserErrorTests {
  static let noResponse =
    "no response; one statement must read 'response ~ prediction', "
    + "such as 'loss ~ E + A / N^alpha'"
  static let operand = "expected a number, a name or '(', found"
  static let known =
    "known are exp log log2 log10 log1p expm1 sqrt abs min max tanh sigmoid softplus "
    + "sin cos tan atan"

  static let table: [(text: String, message: String)] = [
    ("", "1:1: \(noResponse)"),
    ("\n\n  ", "3:3: \(noResponse)"),
    ("a = 1", "1:6: \(noResponse)"),
    ("0 < a < 2", "1:10: \(noResponse)"),
    ("y ~ epx(x)", "1:5: unknown function 'epx'; did you mean 'exp'?"),
    ("a = 1\ny ~ a + sqr(x)", "2:9: unknown function 'sqr'; did you mean 'sqrt'?"),
    ("y ~ quux(x)", "1:5: unknown function 'quux'; \(known)"),
    ("y ~ (a + b", "1:11: expected ')' for the '(' at 1:5, found the end of the text"),
    ("y ~ (a + b; c", "1:11: expected ')' for the '(' at 1:5, found the end of the statement"),
    ("y ~ exp(a", "1:10: expected ')' for the '(' at 1:8, found the end of the text"),
    ("y ~ (a b)", "1:8: expected ')' for the '(' at 1:5, found 'b'"),
    (
      "y ~ a + b)",
      "1:10: expected an operator or the end of the statement, found ')'"
    ),
    ("y ~ a ** b", "1:7: a power is written '^', not '**'"),
    ("y ~ a & b", "1:7: 'and' is written '&&'"),
    ("y ~ a | b", "1:7: 'or' is written '||'"),
    ("y ~ 'a'", "1:5: text goes in double quotes"),
    ("y ~", "1:4: \(operand) the end of the text"),
    ("~ y", "1:1: \(operand) '~'"),
    ("y ~ a +", "1:8: \(operand) the end of the text"),
    ("y ~ a + * b", "1:9: \(operand) '*'"),
    ("y ~ a + ; b", "1:9: \(operand) the end of the statement"),
    ("y ~ ()", "1:6: \(operand) ')'"),
    ("y ~ a b", "1:7: expected an operator or the end of the statement, found 'b'"),
    ("y ~ a 2", "1:7: expected an operator or the end of the statement, found the number 2.0"),
    ("y a ~ b", "1:3: expected an operator, '=', '~' or a bound, found 'a'"),
    ("y", "1:2: expected an operator, '=', '~' or a bound, found the end of the text"),
    ("y ~ a ~ b", "1:7: expected an operator or the end of the statement, found '~'"),
    ("y ~ a\ny ~ b", "2:1: a second '~'; a law has one 'response ~ prediction'"),
    ("y ~ exp()", "1:5: exp takes one argument, found 0"),
    ("y ~ exp(a, b)", "1:5: exp takes one argument, found 2"),
    ("y ~ min(a)", "1:5: min takes two or more arguments, found 1"),
    ("y ~ max(a,)", "1:11: \(operand) ')'"),
    ("y ~ b = 2", "1:7: expected an operator or the end of the statement, found '='"),
    (
      "a + b = 2",
      "1:7: only a name can be defined with '='; the prediction is written 'response ~ prediction'"
    ),
    ("b = a; a = 2; y ~ b", "1:5: 'a' is used before it is defined; move its definition up"),
    ("a = a + 1; y ~ a", "1:5: 'a' is used before it is defined; move its definition up"),
    ("\na = 1\na = 2; y ~ a", "3:1: 'a' is already defined on line 2"),
    ("d = 2\nd ~ a", "2:1: 'd' is a definition; the response is made of columns"),
    ("y ~ \"a\"", "1:5: \(operand) the text \"a\""),
    ("y ~ \"a", "1:5: no closing \" on this line"),
    ("y ~ `a\n`", "1:5: no closing ` on this line"),
    ("y ~ ``", "1:5: an empty name between back quotes"),
    ("y ~ a $ b", "1:7: '$' has no meaning in a formula"),
    ("y ~ a \u{7} b", "1:7: '\\u{7}' has no meaning in a formula"),
    ("y ~ a \u{2028} b", "1:7: '\\u{2028}' has no meaning in a formula"),
    ("y ~ ∑ a", "1:5: '∑' has no meaning in a formula"),
    ("é ~ 損失 + $", "1:10: '$' has no meaning in a formula"),
    ("y ~ !a", "1:5: \(operand) '!'"),
    ("y ~ a && b", "1:7: expected an operator or the end of the statement, found '&&'"),
    ("y ~ (a < b)", "1:8: expected ')' for the '(' at 1:5, found '<'"),
    ("y ~ a < b", "1:7: expected an operator or the end of the statement, found '<'"),
    ("y ~ a, b", "1:6: expected an operator or the end of the statement, found ','"),
  ]

  @Test(arguments: table)
  func messages(_ row: (text: String, message: String)) {
    #expect(fault(row.text) == "formula:\(row.message)")
  }

  @Test(arguments: [
    ("", FormulaError.Code.response), ("y ~ epx(1)", .unknownFunction),
    ("y ~ exp()", .argumentCount),
    ("y ~ $", .syntax), ("b = a; a = 2; y ~ b", .badName), ("y ~ a; a == 2", .badBound),
    ("y ~ \(String(repeating: "(", count: 300))", .tooLarge),
  ])
  func codes(_ text: String, _ code: FormulaError.Code) {
    #expect(throws: FormulaError.self) { try Formula(text) }
    do throws(FormulaError) { _ = try Formula(text) } catch { #expect(error.code == code) }
  }

  @Test func nesting() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "(", count: depth) + "1" + String(repeating: ")", count: depth)
    }
    #expect(try value(nested(199)) == 1)
    #expect(
      fault("y ~ \(nested(200))")
        == "formula:1:205: nested deeper than 200 levels; give parts of it a name with '='")
    #expect(try value(String(repeating: "-", count: 198) + "1") == 1)
    #expect(try value(String(repeating: "-", count: 199) + "1") == -1)
    #expect(fault("y ~ \(String(repeating: "-", count: 200))1").contains("nested deeper"))
    #expect(try value(String(repeating: "1^", count: 199) + "1") == 1)
    #expect(fault("y ~ \(String(repeating: "1^", count: 200))1").contains("nested deeper"))
    // Depth is nesting, not length: it is left again.
    #expect(try value(Array(repeating: nested(150), count: 20).joined(separator: "+")) == 20)
  }

  @Test func length() throws {
    let law = "y ~ a"
    let padding = String(repeating: " ", count: 20_000 - law.count)
    #expect(try Formula(law + padding).freeNames == ["y", "a"])
    #expect(
      fault(law + padding + " ")
        == "formula:1:1: longer than 20000 characters; shorten the formula")
  }

  @Test func theSourceCanBeNamed() throws {
    do throws(FormulaError) {
      _ = try Formula("y ~")
      Issue.record("no fault")
    } catch {
      var error = error
      error.source = "law.txt"
      #expect(error.description == "law.txt:1:4: \(Self.operand) the end of the text")
      #expect((error.line, error.column) == (1, 4))
    }
  }
}
