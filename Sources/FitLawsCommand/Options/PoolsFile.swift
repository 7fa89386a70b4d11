internal import Planning
internal import ScalingLaws
internal import Tables

/// A table of pools of data, one a row, among which a plan chooses.
///
///     name,unique_tokens,fit,selection,scorer_params,scored_tokens
///     everything,400B,all.json,,,
///     best tenth,40B,filtered.json,perplexity,125M,400B
///
/// Columns besides `name` and `unique_tokens` are optional: `fit`, a saved fit to runs on that
/// pool, or `utility` and `half_life` in its place; `selection` (lexical, embedding, perplexity,
/// gradient) with `scorer_params`, `scored_tokens`, `uses`. Pools by utility are also mixed: the
/// best two, the best three, and so on. A row with neither is as good as the law of the command
/// line says.
enum PoolsFile {
  private static let columns = [
    "name", "unique_tokens", "fit", "utility", "half_life", "selection", "scorer_params",
    "scored_tokens", "uses",
  ]

  static func read(_ path: String, law: () throws -> EstimatedLaw) throws -> [DataRecipe] {
    let table = try Table.read(contentsOf: path)
    for name in table.columnNames where !columns.contains(name) {
      let hint = nearest(name, among: columns).map { "did you mean '\($0)'?" }
      throw InputFault(
        "\(path): no column '\(name)' is known; "
          + (hint ?? "known are \(columns.joined(separator: ", "))"))
    }
    guard table.rowCount > 0 else { throw InputFault("\(path): no pools; give one a row") }
    var recipes: [DataRecipe] = []
    var pools: [(pool: UtilityPool, selection: Selection?)] = []
    for row in 0..<table.rowCount {
      let fields = Fields(table: table, row: row, path: path)
      guard let name = try fields.text("name"), let unique = try fields.number("unique_tokens")
      else {
        throw InputFault(
          "\(fields.place): a pool has a name and unique_tokens, such as 25B")
      }
      let selection = try fields.selection(unique)
      if let utility = try fields.number("utility") {
        guard let halfLife = try fields.number("half_life"), try fields.text("fit") == nil else {
          throw InputFault("\(fields.place): give utility with half_life, and no fit")
        }
        let pool = try UtilityPool(name, size: unique, utility: utility, halfLife: halfLife)
        pools.append((pool, selection))
        continue
      }
      let fitted = try fields.text("fit").map { file in
        let fits = try FitFile.read(file)
        guard fits.count == 1, let fit = fits.first else {
          throw InputFault("\(fields.place): \(file) holds \(fits.count) fits; give one")
        }
        return try EstimatedLaw(fit)
      }
      recipes.append(
        DataRecipe(
          name, law: try fitted ?? law(), uniqueTokens: unique, selection: selection))
    }
    for mixture in UtilityMixture.nested(pools.map(\.pool)) {
      // Who mixes pools has paid for the dearest of them.
      let selections = pools.filter { pool in
        mixture.pools.contains { $0.name == pool.pool.name }
      }.compactMap(\.selection)
      recipes.append(
        DataRecipe(
          mixture, in: try law(), selection: selections.max { $0.flops < $1.flops }))
    }
    return recipes
  }

  /// One row.
  private struct Fields {
    let table: Table
    let row: Int
    let path: String

    var place: String { "\(path): line \(table.lineNumber(ofRow: row))" }

    /// A field; nil where it is empty or there is no such column.
    func text(_ column: String) throws -> String? {
      guard table.hasColumn(column) else { return nil }
      let text = try table.text(column: column, row: row)
      return text.isEmpty ? nil : text
    }

    func number(_ column: String) throws -> Double? {
      try text(column).map { text in
        guard let value = Quantity.parse(text) else {
          throw InputFault("\(place): \(column): '\(text)' is no number; write 25B or -0.25")
        }
        return value
      }
    }

    func selection(_ unique: Double) throws -> Selection? {
      guard let name = try text("selection") else { return nil }
      guard let method = Selection.Method(rawValue: name) else {
        let names = Selection.Method.allCases.map(\.rawValue)
        throw InputFault(
          "\(place): no selection '\(name)'; known are \(names.joined(separator: ", "))")
      }
      return try Selection(
        method, scorerParams: try number("scorer_params") ?? 0,
        scoredTokens: try number("scored_tokens") ?? unique, uses: try number("uses") ?? 1)
    }
  }
}
