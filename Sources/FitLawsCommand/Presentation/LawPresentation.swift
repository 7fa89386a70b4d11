internal import ScalingLaws
internal import Tables

/// The list of laws in every format.
struct CataloguePresentation: Presentable {
  let laws: [Law]

  var warnings: [String] { [] }

  var blocks: [Block] {
    [
      .table(table),
      .line("'fitlaws laws NAME' explains one and prints its formula and constants."),
    ]
  }

  var table: TextTable {
    var table = TextTable(
      headers: ["law", "reads", "what it says"], alignments: [.left, .left, .left])
    for law in laws {
      table.append([law.name, law.variables.map(\.name).joined(separator: " "), law.title])
    }
    return table
  }

  func json() throws -> String { try JSONText.encode(laws.map(LawFile.init)) }
}

/// One law in every format.
struct LawPresentation: Presentable {
  let law: Law

  var warnings: [String] { [] }

  var blocks: [Block] {
    var variables = TextTable(
      headers: ["variable", "meaning", "unit"], alignments: [.left, .left, .left])
    for variable in law.variables {
      variables.append([variable.name, variable.meaning, variable.unit])
    }
    var blocks: [Block] = [
      .line(law.title), .line(""), .paragraph(law.summary), .line(""), .code(law.formula),
      .table(variables), .table(table), .line("Source: \(law.citation)"),
      .line("Fitted by default with \(law.objective.words)."),
    ]
    if !law.constants.isEmpty {
      var constants = TextTable(
        headers: ["constants"] + law.parameters.map(\.name) + ["checked"])
      for set in law.constants {
        constants.append(
          [set.name]
            + law.parameters.map { set.values[$0.name].map { Rounding.significant($0, 6) } ?? "" }
            + [set.verification.words])
      }
      blocks += [.line(""), .table(constants)]
      blocks += law.constants.map { set in
        .paragraph("\(set.name): \(set.citation).\(set.note.isEmpty ? "" : " \(set.note)")")
      }
    }
    return blocks
  }

  var table: TextTable {
    var table = TextTable(
      headers: ["parameter", "meaning", "unit"], alignments: [.left, .left, .left])
    for parameter in law.parameters {
      table.append([parameter.name, parameter.meaning, parameter.unit])
    }
    return table
  }

  func json() throws -> String { try JSONText.encode(LawFile(law)) }
}

/// A law as JSON.
private struct LawFile: Encodable {
  struct Quantity: Encodable {
    var name: String
    var meaning: String
    var unit: String
  }
  struct Constants: Encodable {
    var name: String
    var citation: String
    var note: String
    var values: [String: Double]
    var verification: String
  }
  var name: String
  var title: String
  var summary: String
  var formula: String
  var citation: String
  var objective: String
  var variables: [Quantity]
  var parameters: [Quantity]
  var constants: [Constants]

  init(_ law: Law) {
    name = law.name
    title = law.title
    summary = law.summary
    formula = law.formula
    citation = law.citation
    objective = law.objective.rawValue
    variables = law.variables.map { Quantity(name: $0.name, meaning: $0.meaning, unit: $0.unit) }
    parameters = law.parameters.map { Quantity(name: $0.name, meaning: $0.meaning, unit: $0.unit) }
    constants = law.constants.map {
      Constants(
        name: $0.name, citation: $0.citation, note: $0.note, values: $0.values,
        verification: $0.verification.rawValue)
    }
  }
}

extension Law.Objective {
  fileprivate var words: String {
    switch self {
    case .lossLaw: "log residuals and Huber's loss, delta 1e-3, summed"
    case .leastSquares: "raw residuals, squared"
    case .logLeastSquares: "log residuals, squared"
    }
  }
}

extension Law.Verification {
  fileprivate var words: String {
    switch self {
    case .file: "in the authors' files"
    case .refit: "by refitting the published data"
    case .secondary: "read, not recomputed"
    case .recalled: "not checked"
    }
  }
}
