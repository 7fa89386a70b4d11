internal import Planning
internal import ScalingLaws
internal import Tables

/// Predictions in every format: a row per point, its inputs first.
struct PredictionPresentation: Presentable {
  private struct Row {
    var group: String?
    var inputs: [Double]
    var prediction: Prediction
    var observed: Double?
  }

  private let isOfNewRun: Bool
  private var laws: [String] = []
  private var level: Double?
  private var inputs: [String] = []
  private var response = "response"
  private var rows: [Row] = []
  private var collected: [String] = []

  init(isOfNewRun: Bool = false) { self.isOfNewRun = isOfNewRun }

  /// Predicts at some points and adds them.
  ///
  /// - Parameters:
  ///   - law: what predicts.
  ///   - group: the group of rows it was fitted to.
  ///   - columns: the inputs by name.
  ///   - rowCount: the number of points.
  ///   - observed: what was observed there, if anything was.
  ///   - place: what a fault of a row begins with.
  /// - Throws: `InputFault` for a point at which the law has no finite value.
  mutating func append(
    _ law: EstimatedLaw, group: String?, _ columns: [String: [Double]], rowCount: Int,
    observed: [Double?]? = nil, place: (Int) -> String = { _ in "" }
  ) throws {
    if !laws.contains(law.name) {
      laws.append(law.name)
      collected += law.warnings.map { (group.map { "group \($0): " } ?? "") + $0 }
    }
    level = law.uncertainty?.level
    if let params = columns["N"], let tokens = columns["D"],
      let largest = zip(params, tokens).map({ 6 * $0 * $1 }).max(),
      let warning = law.warningBeyondData(largest).map({
        (group.map { "group \($0): " } ?? "") + $0
      }),
      !collected.contains(warning)
    {
      collected.append(warning)
    }
    inputs = law.inputs
    response = law.responseName
    let predictions = try law.predict(columns, rowCount: rowCount, ofNewRun: isOfNewRun)
    for (index, prediction) in predictions.enumerated() {
      guard prediction.value.isFinite else {
        let point = inputs.map { "\($0)=\(NumberText.shortest(columns[$0]?[index] ?? .nan))" }
        throw InputFault(
          "\(place(index))\(law.name) has no finite value at \(point.joined(separator: ",")); "
            + "check the inputs")
      }
      rows.append(
        Row(
          group: group, inputs: inputs.map { columns[$0]?[index] ?? .nan }, prediction: prediction,
          observed: observed?[index]))
    }
  }

  /// What the fits and the points gave rise to, and which predictions the rows of a fit leave open.
  var warnings: [String] {
    var groups: [String?] = []
    for row in rows where row.prediction.undetermined != nil && !groups.contains(row.group) {
      groups.append(row.group)
    }
    return collected
      + groups.map { group in
        let rows = rows.filter { $0.group == group }
        let reasons = rows.compactMap(\.prediction.undetermined)
        return (group.map { "group \($0): " } ?? "")
          + "\(reasons.count) of \(rows.count) prediction\(rows.count == 1 ? "" : "s") not determined "
          + "by the rows of the fit, and without interval: \(reasons.first ?? "")"
      }
  }

  private var isGrouped: Bool { rows.contains { $0.group != nil } }
  private var isObserved: Bool { rows.contains { $0.observed != nil } }

  var blocks: [Block] {
    let level =
      level.map {
        "; \(Rounding.significant(100 * $0, 6)) % intervals of \(isOfNewRun ? "a new run" : "the mean")"
      } ?? ""
    var table = TextTable(
      headers: (isGrouped ? ["group"] : []) + inputs + [response]
        + (level.isEmpty ? [] : ["from", "to"]) + (isObserved ? ["observed"] : []))
    for row in rows {
      let interval = row.prediction.interval
      // Six digits without an interval; with one, what its half width leaves.
      let digits = Digits(
        row.prediction.value, error: interval.map { ($0.upper - $0.lower) / 4 })
      func rounded(_ x: Double) -> String { digits.text(x) }
      table.append(
        (isGrouped ? [row.group ?? ""] : []) + row.inputs.map { Quantity.format($0) }
          + [rounded(row.prediction.value)]
          + (level.isEmpty
            ? []
            : [
              interval.map { rounded($0.lower) }
                ?? (row.prediction.undetermined == nil ? "" : FitPresentation.notDetermined),
              interval.map { rounded($0.upper) } ?? "",
            ])
          + (isObserved
            ? [row.observed.map { Rounding.significant($0, 5, keepingZeros: true) } ?? ""] : []))
    }
    return [
      .line("predictions of \(laws.joined(separator: ", "))\(level)"), .line(""), .table(table),
    ]
      + (isObserved ? [.line(differenceLine)] : [])
  }

  /// How far the observed lie from the predicted, over all rows that have both.
  private var differenceLine: String {
    let differences = rows.compactMap { row in row.observed.map { $0 - row.prediction.value } }
    let count = Double(differences.count)
    let mean = differences.reduce(0, +) / count
    let square = differences.reduce(0) { $0 + $1 * $1 } / count
    return "observed less predicted: mean \(Rounding.significant(mean, 2)), "
      + "rms \(Rounding.significant(square.squareRoot(), 3)) over \(differences.count) "
      + "row\(differences.count == 1 ? "" : "s")"
  }

  var table: TextTable {
    var table = TextTable(
      headers: (isGrouped ? ["group"] : []) + inputs + [response, "lower", "upper"]
        + (isObserved ? ["observed"] : []) + ["warnings"])
    for row in rows {
      let numbers = row.inputs + [row.prediction.value]
      let ends = [row.prediction.interval?.lower, row.prediction.interval?.upper]
      table.append(
        (isGrouped ? [row.group ?? ""] : []) + numbers.map(NumberText.shortest)
          + ends.map { $0.map(NumberText.shortest) ?? "" }
          + (isObserved ? [row.observed.map(NumberText.shortest) ?? ""] : [])
          + [
            ((row.prediction.undetermined == nil ? [] : [FitPresentation.notDetermined]) + warnings)
              .joined(separator: "; ")
          ])
    }
    return table
  }

  func json() throws -> String {
    let points = rows.map { row in
      File.Point(
        group: row.group, inputs: Dictionary(uniqueKeysWithValues: zip(inputs, row.inputs)),
        value: row.prediction.value, lower: row.prediction.interval?.lower,
        upper: row.prediction.interval?.upper, observed: row.observed,
        undetermined: row.prediction.undetermined)
    }
    return try JSONText.encode(
      File(
        schema: "fitlaws.prediction/1", version: fitLawsVersion, laws: laws, level: level,
        response: response, predictions: points, warnings: warnings))
  }

  private struct File: Encodable {
    struct Point: Encodable {
      var group: String?
      var inputs: [String: Double]
      var value: Double
      var lower: Double?
      var upper: Double?
      var observed: Double?
      var undetermined: String?
    }
    var schema: String
    var version: String
    var laws: [String]
    var level: Double?
    var response: String
    var predictions: [Point]
    var warnings: [String]
  }
}
