import Foundation
import ScalingLaws
import Tables

extension BankProblem {
  /// A bank that cannot be used.
  public struct Unusable: Error, CustomStringConvertible {
    /// What is wrong.
    public var description: String

    /// Says what is wrong.
    public init(_ description: String) { self.description = description }
  }

  /// The bank of this repository.
  ///
  /// - Returns: its problems, kinds in alphabetical order.
  /// - Throws: what reading its files throws, and `Unusable`.
  public static func publicBank() throws -> [BankProblem] {
    let folder = "\(Checkout.root)/Tests/TestSupport/Bank/Problems"
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .filter { $0.hasSuffix(".json") }
      .flatMap { name in
        let file = try JSONValue(parsing: FileBytes.read("\(folder)/\(name)"), source: name)
        guard file["schema"]?.string == "fitlaws.bank/1", let problems = file["problems"]?.array
        else { throw Unusable("\(name): no file of a bank") }
        return try problems.map { try BankProblem($0, of: file, name) }
      }
  }

  private init(_ problem: JSONValue, of file: JSONValue, _ name: String) throws {
    let columns = (problem["columns"]?.array ?? []).compactMap {
      column -> (name: String, values: ColumnValues)? in
      guard let parts = column.array, parts.count == 2, let name = parts[0].string,
        let values = parts[1].array
      else { return nil }
      return (name, .numbers(values.compactMap(\.double)))
    }
    guard !columns.isEmpty else { throw Unusable("\(name): a problem without rows") }
    try self.init(
      problem, law: file["law"]?.string,
      formula: problem["formula"]?.string ?? file["formula"]?.string,
      kind: file["kind"]?.string, note: problem["note"]?.string ?? "",
      table: Table(columns: columns, source: problem["id"]?.string ?? name), name)
  }

  /// Reads a bank of one folder a problem.
  ///
  /// - Parameter folder: has `index.json`, a list of names, and for each of them a folder with
  ///   `problem.json` (keys as in the bank of this repository) and `data.csv`.
  /// - Returns: its problems, in the order of the list.
  /// - Throws: what reading its files throws, and `Unusable`.
  public static func bank(in folder: String) throws -> [BankProblem] {
    let index = try JSONValue(parsing: FileBytes.read("\(folder)/index.json"), source: "index.json")
    return try (index.array ?? []).compactMap(\.string).map { id in
      let path = "\(folder)/\(id)/problem.json"
      let problem = try JSONValue(parsing: FileBytes.read(path), source: path)
      return try BankProblem(
        problem, law: problem["law"]?.string, formula: problem["formula"]?.string,
        kind: problem["kind"]?.string,
        note: (problem["note"]?.array ?? []).compactMap(\.string).joined(separator: " "),
        table: Table.read(contentsOf: "\(folder)/\(id)/data.csv", source: id), path)
    }
  }

  private init(
    _ problem: JSONValue, law: String?, formula: String?, kind: String?, note: String,
    table: Table, _ name: String
  ) throws {
    guard let id = problem["id"]?.string, let kind, let best = problem["best"]?.double,
      let scale = problem["scale"]?.double,
      let spec = BankProblem.spec(
        law: law, formula: formula, loss: problem["loss"]?.string,
        delta: problem["delta"]?.double, residuals: problem["residuals"]?.string)
    else { throw Unusable("\(name): a key is missing or not known") }
    self.init(
      id: id, kind: kind, spec: spec, table: table, best: best, scale: scale,
      truth: (problem["truth"]?.object ?? [:]).compactMapValues(\.double),
      bestParameters: (problem["best_parameters"]?.object ?? [:]).compactMapValues(\.double),
      noise: problem["noise"]?.double ?? 0, unit: problem["unit"]?.double ?? 1, note: note)
  }
}
