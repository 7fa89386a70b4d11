public import Tables
internal import Formulas

extension LawFits {
  /// Fits one law to each group of rows by itself.
  ///
  /// Group k is resampled under the seed plus k, so that its draws are independent of those of the
  /// others.
  ///
  /// - Parameters:
  ///   - table: the runs.
  ///   - spec: what to fit and how.
  ///   - column: the column whose values name the groups, in order of appearance.
  ///   - sha256: digest of the bytes the table came from.
  ///   - progress: called with the fraction of the work done.
  /// - Throws: `AnalysisError` for fewer than two groups, and as a fit does, naming the group.
  public init(
    _ table: Table, _ spec: FitSpec, by column: String, sha256: String? = nil,
    progress: (@Sendable (Double) -> Void)? = nil
  ) async throws {
    var order: [String] = []
    var rows: [String: [Int]] = [:]
    let names = try table.texts(column)
    for row in try spec.filter.map({ try RowFilter($0).rows(of: table) }) ?? Array(names.indices) {
      if rows[names[row]] == nil { order.append(names[row]) }
      rows[names[row], default: []].append(row)
    }
    guard order.count > 1 else {
      throw AnalysisError(
        .badSetting,
        "\(table.place): column \(column) has "
          + (order.first.map { "one value only, \($0)" } ?? "no row")
          + "; there is nothing to compare")
    }
    self.init([])
    let share = 1 / Double(order.count)
    for (index, group) in order.enumerated() {
      var spec = spec
      spec.seed = spec.seed &+ UInt64(index)
      do {
        var fit = try await LawFit(
          table.selecting(rows: rows[group] ?? []), spec, sha256: sha256,
          progress: { progress?(share * (Double(index) + $0)) })
        fit.group = group
        fits.append(fit)
      } catch {
        throw AnalysisError.naming("\(column) \(group)", error)
      }
    }
  }
}
