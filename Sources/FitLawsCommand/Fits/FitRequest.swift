internal import Formulas
internal import Planning
internal import ScalingLaws
internal import Tables

/// Everything that decides a fit beside the rows: what is typed, and what is saved as `spec.json`.
struct FitRequest: Sendable {
  /// The law, the columns it reads, the objective and the intervals.
  var spec: FitSpec
  /// The column whose values each have a fit of their own.
  var group: String?
  /// Budgets at which the optimum is looked at.
  var budgets: [Double] = []
  /// Values of the law's further inputs there.
  var inputs: [String: Double] = [:]
  /// Whether the fit is repeated under other choices.
  var isSensitivityWanted = false
  /// Whether the choice of runs is looked at.
  var isDesignWanted = false

  /// Fits a table.
  ///
  /// - Parameters:
  ///   - table: the runs, of which those that pass the filter are used.
  ///   - digest: the SHA-256 that the fit names as that of its data.
  ///   - showsProgress: whether a terminal is told how far it has come.
  /// - Returns: a fit, or one a group.
  /// - Throws: what the fit itself throws.
  func fits(of table: Table, sha256 digest: String, showsProgress: Bool = true) async throws
    -> [LawFit]
  {
    guard let group else { return [try await fit(table, digest, showsProgress)] }
    var fits: [LawFit] = []
    for (name, rows) in try Self.groups(of: table, by: group, spec.filter) {
      do {
        var fit = try await self.fit(table.selecting(rows: rows), digest, showsProgress)
        fit.group = name
        fits.append(fit)
      } catch {
        throw InputFault("\(group) \(name): \(InputFault.line(error))")
      }
    }
    // Without a row there is no group; the fit of nothing says why.
    return fits.isEmpty ? [try await fit(table, digest, showsProgress)] : fits
  }

  private func fit(
    _ table: Table, _ digest: String, _ showsProgress: Bool
  ) async throws -> LawFit {
    let progress = showsProgress ? ProgressLine("replicates") : nil
    defer { progress?.end() }
    return try await LawFit(
      table, spec, sha256: digest,
      quantities: { [budgets, inputs] in
        try OptimumQuantities.quantities(of: $0, budgets: budgets, inputs: inputs)
      },
      diagnosis: diagnosis,
      progress: { progress?.show($0) })
  }

  private var diagnosis: Diagnosis {
    var result = Diagnosis()
    result.checksDesign = isDesignWanted
    if isSensitivityWanted { result.variants = SensitivityVariant.standard }
    result.budgets = budgets
    result.optimum = { [inputs] in try OptimumQuantities.params(of: $0, inputs: inputs) }
    return result
  }

  /// The rows of each group, of those that pass the filter, in order of appearance.
  private static func groups(
    of table: Table, by column: String, _ filter: String?
  ) throws -> [(String, [Int])] {
    var order: [String] = []
    var rows: [String: [Int]] = [:]
    let groups = try table.texts(column)
    for row in try filter.map({ try RowFilter($0).rows(of: table) }) ?? Array(groups.indices) {
      let group = groups[row]
      if rows[group] == nil { order.append(group) }
      rows[group, default: []].append(row)
    }
    return order.map { ($0, rows[$0] ?? []) }
  }
}
