extension Formula {
  /// Reads bounds alone: `0 < alpha < 2; A > 0`.
  ///
  /// - Returns: lower and upper bound by parameter; several statements about one parameter are intersected.
  /// - Throws: `FormulaError` for anything that is no bound.
  public static func bounds(
    in text: String
  ) throws(FormulaError) -> [String: (lower: Double, upper: Double)] {
    var parser = try Parser(text, logical: false)
    var result: [String: (lower: Double, upper: Double)] = [:]
    while true {
      while parser.token.kind == .endOfStatement { parser.advance() }
      if parser.token.kind == .endOfText { return result }
      let start = parser.token.place
      let left = try parser.expression()
      let bound = try bound(startingWith: left, at: start, &parser)
      let range = result[bound.name] ?? (-.infinity, .infinity)
      result[bound.name] = (max(range.lower, bound.lower), min(range.upper, bound.upper))
      guard parser.token.kind == .endOfStatement || parser.token.kind == .endOfText else {
        throw FormulaError(
          .syntax, at: parser.token.place,
          "expected ';' or the end of the bounds, found \(parser.token.shown)")
      }
      if let range = result[bound.name], range.lower >= range.upper {
        throw FormulaError(
          .badBound, at: start, "the bounds of '\(bound.name)' leave no value for it")
      }
    }
  }
}
