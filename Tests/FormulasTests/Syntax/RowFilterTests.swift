import Tables
import Testing

@testable import Formulas

@Suite struct RowFilterTests {
  static let table = Table(columns: [
    ("n", .numbers([1, 2, 3, 4, .nan])),
    ("d", .numbers([10, 10, 30, -40, 50])),
    ("kind", .texts(["hot", "cold", "hot", "é", ""])),
    ("mark", .texts(["1", "x", "3", "4", "5"])),
    ("val loss", .texts(["1.5", "2.5", "3.5", "4.5", "5.5"])),
  ])

  @Test(arguments: [
    ("n < 3", [0, 1]), ("n <= 3", [0, 1, 2]), ("n > 3", [3]), ("n >= 3", [2, 3]),
    ("n == 3", [2]), ("n != 3", [0, 1, 3, 4]), ("n == n", [0, 1, 2, 3]), ("n != n", [4]),
    ("!(n < 3)", [2, 3, 4]), ("!!(n < 3)", [0, 1]),
    ("1 < n < 4", [1, 2]), ("4 > n >= 2 > 1", [1, 2]), ("n < 3 == 3", [0, 1]),
    ("1 == 1 == 1", [0, 1, 2, 3, 4]),
    ("n < 2 || n > 3", [0, 3]), ("n > 1 && n < 4", [1, 2]),
    ("n == 1 || n == 2 && d == 30", [0]), ("(n == 1 || n == 2) && d == 10", [0, 1]),
    ("n == 2 && d == 30 || n == 1", [0]), ("!(n == 1) && n < 3", [1]),
    ("d / 10 == n", [0, 2]), ("d - 8 == n", [1]), ("-d == 10 * n", [3]), ("n^2 > 8", [2, 3]),
    ("min(n, d) == d", [3]), ("max(n, 2) == 2", [0, 1]), ("sqrt(abs(d)) > 6", [3, 4]),
    ("log(d) < 3", [0, 1]),
    ("2 * pi > 6", [0, 1, 2, 3, 4]), ("1 > 2", []), ("d > 1K / 40", [2, 4]),
    ("kind == \"hot\"", [0, 2]), ("kind != \"hot\"", [1, 3, 4]), ("\"hot\" == kind", [0, 2]),
    ("kind == \"\"", [4]), ("kind == \"e\u{301}\"", [3]), ("kind < \"hot\"", [1, 4]),
    ("\"cold\" <= kind <= \"hot\"", [0, 1, 2]), ("kind == \"hot\" && n > 1", [2]),
    ("\"a\" == \"a\"", [0, 1, 2, 3, 4]),
    ("\"a\" == \"b\"", []),
    ("`val loss` > 3", [2, 3, 4]), ("\n n < 2 # few\n ;", [0]),
  ])
  func rows(_ text: String, _ expected: [Int]) throws {
    #expect(try RowFilter(text).rows(of: Self.table) == expected)
    // The same on a selection, whose rows are other ones.
    let chosen = [4, 2, 2, 0]
    #expect(
      try RowFilter(text).rows(of: Self.table.selecting(rows: chosen))
        == chosen.indices.filter { expected.contains(chosen[$0]) })
  }

  @Test func aColumnIsTextIfAnyOfItsFieldsIs() throws {
    #expect(try RowFilter("mark == \"x\" || mark == \"4\"").rows(of: Self.table) == [1, 3])
    #expect(try RowFilter("mark == kind").rows(of: Self.table).isEmpty)
    let numeric = Self.table.selecting(rows: [0, 2, 3])
    #expect(try RowFilter("mark > 2").rows(of: numeric) == [1, 2])
    #expect(fault("mark == \"3\"", numeric) == "filter:1:6: \(Self.numberNeeded)")
  }

  static let numberNeeded =
    "text stands where a number is needed; a text column is compared with text in double quotes"
  static let conditionGiven =
    "a condition stands where a number is needed; join conditions with && or ||"
  static let conditionNeeded = "'&&', '||' and '!' join conditions, such as 'params > 1e8'"
  static let noCondition = "a filter is a condition, such as 'params > 1e8'"

  static let faulty: [(text: String, message: String)] = [
    ("kind > 3", "1:6: \(numberNeeded)"), ("mark > 3", "1:6: \(numberNeeded)"),
    ("n == \"hot\"", "1:3: \(numberNeeded)"), ("kind + 1 > 2", "1:6: \(numberNeeded)"),
    ("-kind > 2", "1:1: \(numberNeeded)"), ("log(kind) > 2", "1:1: \(numberNeeded)"),
    ("(n > 1) + 1 > 2", "1:9: \(conditionGiven)"), ("(n > 1) == (d > 1)", "1:9: \(conditionGiven)"),
    ("n && d > 1", "1:3: \(conditionNeeded)"), ("n > 1 || \"x\"", "1:7: \(conditionNeeded)"),
    ("!n", "1:1: \(conditionNeeded)"),
    ("n", "1:1: \(noCondition)"), ("  n + d", "1:3: \(noCondition)"),
    ("\"x\"", "1:1: \(noCondition)"),
    ("kid == \"hot\"", "1:1: no column 'kid'; did you mean 'kind'?"),
    (
      "n > 1 && zzzz > 2",
      "1:10: no column 'zzzz'; the table has n, d, kind, mark, val loss"
    ),
  ]

  @Test(arguments: faulty)
  func faultsOnATable(_ row: (text: String, message: String)) throws {
    #expect(fault(row.text, Self.table) == "filter:\(row.message)")
  }

  @Test(arguments: [
    ("", "1:1: expected a number, a name or '(', found the end of the text"),
    ("n >", "1:4: expected a number, a name or '(', found the end of the text"),
    ("n = 1", "1:3: '=' defines a name; equality is written '=='"),
    ("n > 1 & d > 2", "1:7: 'and' is written '&&'"),
    ("n > 1; d > 2", "1:8: expected an operator or the end of the filter, found 'd'"),
    ("n ~ 1", "1:3: expected an operator or the end of the filter, found '~'"),
    ("kind == 'hot'", "1:9: text goes in double quotes"),
    ("kind == \"hot", "1:9: no closing \" on this line"),
    ("(n > 1", "1:7: expected ')' for the '(' at 1:1, found the end of the text"),
    ("!n > 1 and d", "1:8: expected an operator or the end of the filter, found 'and'"),
  ])
  func faultsOfTheText(_ text: String, _ message: String) {
    #expect(fault(text, nil) == "filter:\(message)")
  }

  @Test func emptyTables() throws {
    let empty = Self.table.selecting(rows: [])
    for text in ["n > 1", "kind == \"hot\"", "kind < \"hot\" && n + 1 > 2", "n == d", "!(1 > 2)"] {
      #expect(try RowFilter(text).rows(of: empty).isEmpty)
    }
    #expect(fault("kid == \"hot\"", empty) == "filter:1:1: no column 'kid'; did you mean 'kind'?")
    #expect(
      fault("n + d", empty) == "filter:1:1: \(Self.noCondition)")
  }

  @Test func piIsAConstantUnlessItIsAColumn() throws {
    let table = Table(columns: [("pi", .numbers([3, 4]))])
    #expect(try RowFilter("pi > 3.5").rows(of: table) == [1])
  }

  private func fault(_ text: String, _ table: Table?) -> String {
    do throws(FormulaError) {
      let filter = try RowFilter(text)
      if let table { _ = try filter.rows(of: table) }
      return "no fault"
    } catch {
      return error.description
    }
  }
}
