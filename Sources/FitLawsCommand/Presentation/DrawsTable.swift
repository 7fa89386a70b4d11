internal import ScalingLaws
internal import Tables

/// The draws of bootstrapped fits as a table: a column for each parameter, a row for each draw.
struct DrawsTable {
  private let table: TextTable

  init(_ fits: [LawFit], isGrouped: Bool) {
    let names = fits.first?.parameters.map(\.name) ?? []
    var table = TextTable(headers: (isGrouped ? ["group"] : []) + names)
    for fit in fits {
      for draw in fit.draws?.values ?? [] {
        table.append((isGrouped ? [fit.group ?? ""] : []) + draw.map(NumberText.shortest))
      }
    }
    self.table = table
  }

  func csv() -> String { table.csv() }
}
