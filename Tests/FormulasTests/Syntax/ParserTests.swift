import Foundation
import Testing

@testable import Formulas

@Suite struct ParserTests {
  @Test(arguments: [
    ("-2^2", -4.0), ("2^-1", 0.5), ("2^3^2", 512), ("(2^3)^2", 64), ("--2", 2), ("-+-2", 2),
    ("- - -2", -2), ("+2", 2), ("2--3", 5), ("2+-3", -1), ("2*-3", -6), ("-2*-3", 6),
    ("7-4-2", 1), ("16/4/2", 2), ("16/4*2", 8), ("2+3*4", 14), ("(2+3)*4", 20), ("2*3^2", 18),
    ("-3^2*2", -18), ("2^-1^2", 0.5), ("2^--1", 2), ("6/2^2", 1.5), ("1-2*3+4", -1),
    ("((((3))))", 3), ("min(3, 1, 2)", 1), ("max(3, 1, 2, 9)", 9), ("min(1,2)^2", 1),
    ("-exp(0)^2", -1), ("2^exp(0)", 2), ("pi", Double.pi), ("2*pi", 2 * Double.pi),
  ])
  func precedence(_ text: String, _ expected: Double) throws {
    #expect(try value(text) == expected)
    // The same with parameters in place of numbers: nothing is folded then.
    var parameters: [String: Double] = [:]
    var name = "p"
    let generic = text.replacing(/\d+/) { match in
      name += "p"
      parameters[name] = Double(match.output)
      return name
    }
    // exp(y log x) instead of a power of integers: some 1e-16 times the exponent.
    #expect(isClose(try value(generic, parameters), expected, 1e-15))
  }

  @Test(arguments: [
    ("12", 12.0), ("1.5", 1.5), (".5", 0.5), ("5.", 5), ("1e-3", 1e-3), ("1E3", 1e3),
    ("1e+3", 1e3), ("1.5e-3", 1.5e-3), ("70B", 70e9), ("1.4T", 1.4e12), ("500M", 500e6),
    ("4K", 4e3),
    ("4k", 4e3), ("2P", 2e15), ("3G", 3e9), ("1_000_000", 1e6), ("0.1", 0.1), ("1e300", 1e300),
    ("0", 0), ("70.3B", 70.3e9),
  ])
  func numbers(_ text: String, _ expected: Double) throws {
    #expect(try value(text) == expected)
    #expect(try value("-\(text)+1") == -expected + 1)
  }

  @Test(arguments: [
    "2B3", "3x", "1e", "1e+", "1.2.3", "1e5B", "2m", "3b", "1__0", "1_", "1e999", "9e9e9", "1..2",
    "2pi",
  ])
  func numbersThatAreNone(_ text: String) {
    // '1e+' reads as the name-like '1e' and what follows.
    let shown = text == "1e+" ? "1e" : text
    #expect(
      fault("y ~ \(text)")
        == "formula:1:5: '\(shown)' is no number; a product is written with '*'")
  }

  @Test func commentsSemicolonsAndNewlines() throws {
    let spread = try Formula(
      """

      # A comment; with ~ and = in it
      half = x / 2   # y ~ 3
      ;; c > 0 ;
      \ty ~ a * half * c\r
      # the end
      """)
    let dense = try Formula("half=x/2;c>0;y~a*half*c")
    #expect(spread.freeNames == ["y", "x", "a", "c"])
    #expect(spread.bounds(of: "c") == (0, .infinity))
    #expect(dense.freeNames == ["y", "x", "a", "c"])
  }

  @Test func names() throws {
    let formula = try Formula("`val loss` ~ `E∞` + α_1 * `x-1`^_b + ñandú + 损失")
    #expect(formula.freeNames == ["val loss", "E∞", "α_1", "x-1", "_b", "ñandú", "损失"])
    #expect(formula.responseName == "val loss")
    #expect(formula.responseText == "val loss")
    let compiled = try CompiledFormula(
      formula, data: ["val loss": [1], "x-1": [9], "损失": [100]], rowCount: 1)
    #expect(compiled.parameters == ["E∞", "α_1", "_b", "ñandú"])
    #expect(compiled.values(at: [0.25, 2, 0.5, 1000]) == [1106.25])
  }

  @Test func aBackquotedNameIsTheSameName() throws {
    #expect(try Formula("y ~ `a` + a").freeNames == ["y", "a"])
  }

  @Test func aFunctionNameWithoutParenthesisIsAName() throws {
    #expect(try Formula("log ~ exp + min").freeNames == ["log", "exp", "min"])
    #expect(try value("exp(exp)", ["exp": 0]) == 1)
  }

  @Test func definitions() throws {
    let formula = try Formula("r = a / b; s = r * r; y ~ s + r")
    #expect(formula.freeNames == ["y", "a", "b"])
    let compiled = try CompiledFormula(formula, data: [:], rowCount: 1, needsResponse: false)
    #expect(compiled.parameters == ["a", "b"])
    #expect(compiled.values(at: [6, 2]) == [12])
  }

  @Test func aDefinitionMayStandAfterTheLawAndReplacesAColumn() throws {
    let formula = try Formula("y ~ x * a\nx = 2")
    let compiled = try CompiledFormula(
      formula, data: ["x": [5]], rowCount: 1, needsResponse: false)
    #expect(compiled.values(at: [3]) == [6])
  }

  @Test(arguments: [
    ("y", "y", Formula.ResponseScale.identity, 3.0), ("log(y)", "y", .log, 20.085536923187668),
    ("log2(`y z`)", "y z", .log2, 8), ("log10(y)", "y", .log10, 1000),
    ("exp(y)", "response", .identity, 3),
    ("-y", "response", .identity, 3), ("log(2 * y)", "response", .identity, 3),
    ("log(2)", "response", .identity, 3),
  ])
  func responses(
    _ text: String, _ shown: String, _ scale: Formula.ResponseScale, _ columnAtThree: Double
  ) throws {
    let formula = try Formula("\(text) ~ a")
    #expect(formula.responseName == (scale == .identity && shown != "response" ? shown : nil))
    #expect(formula.responseText == shown)
    #expect(formula.responseScale == scale)
    #expect(isClose(scale.column(of: 3), columnAtThree, 1e-15))
  }

  @Test func responseNames() throws {
    #expect(try Formula("log(y / n) - y ~ a").responseNames == ["y", "n"])
  }
}
