internal import Planning
internal import ScalingLaws
internal import Tables

/// The forms for machines, in bytes.
extension MemoryPresentation {
  /// The setup as it is, each change, and the cheapest that fits.
  private var rows: [(name: String, setup: MemorySetup, use: MemoryUse)] {
    [("as given", setup, use)]
      + (advice?.single ?? []).map { ($0.steps[0], $0.setup, $0.use) }
      + [advice?.remedy].compactMap { $0 }.map {
        ("remedy: " + $0.steps.joined(separator: ", "), $0.setup, $0.use)
      }
  }

  var table: TextTable {
    var table = TextTable(
      headers: ["setup"]
        + MemoryUse.Term.allCases.map { $0.rawValue.replacing(" ", with: "_").lowercased() }
        + ["total", "needed_lower", "needed_upper", "largest", "compute_factor", "fits"])
    for (name, setup, use) in rows {
      var cells = MemoryUse.Term.allCases.map { use[$0] }
      cells += [use.total, use.needed.lowerBound, use.needed.upperBound]
      table.append(
        [name] + cells.map(NumberText.shortest)
          + [
            use.largest.rawValue, NumberText.shortest(setup.computeFactor(model.shape)),
            device.map { "\(use.fits($0.memory))" } ?? "",
          ])
    }
    return table
  }

  func json() throws -> String {
    func part(_ name: [String], _ setup: MemorySetup, _ use: MemoryUse) -> File.Part {
      File.Part(
        steps: name,
        terms: Dictionary(
          uniqueKeysWithValues: MemoryUse.Term.allCases.map { ("\($0)", use[$0]) }),
        total: use.total, neededLower: use.needed.lowerBound,
        neededUpper: use.needed.upperBound, largest: "\(use.largest)",
        computeFactor: setup.computeFactor(model.shape),
        fits: device.map { use.fits($0.memory) })
    }
    func change(_ change: MemoryChange) -> File.Part {
      part(change.steps, change.setup, change.use)
    }
    let shape = model.shape
    return try JSONText.encode(
      File(
        schema: "fitlaws.memory/1", version: fitLawsVersion,
        model: File.Model(
          name: model.name, params: shape.params, activeParams: shape.activeParams,
          layers: shape.layers, width: shape.width, heads: shape.heads,
          vocabulary: shape.vocabulary),
        recipe: setup.recipe.method.rawValue, precision: setup.recipe.precision.rawValue,
        batch: setup.batch, sequence: setup.sequence, gpus: setup.parallelism.gpus,
        gpu: device.map { File.GPU(name: $0.name, memory: $0.memory) },
        use: part([], setup, use), changes: advice?.single.map(change),
        remedy: advice?.remedy.map(change), leanest: advice?.leanest.map(change),
        gpusNeeded: advice?.layoutNeeded?.gpus, largestParams: largestParams,
        sources: sources.isEmpty ? nil : sources, warnings: warnings))
  }

  private struct File: Encodable {
    struct Model: Encodable {
      var name: String
      var params: Double
      var activeParams: Double
      var layers: Double
      var width: Double
      var heads: Double
      var vocabulary: Double
    }
    struct GPU: Encodable {
      var name: String?
      var memory: Double
    }
    struct Part: Encodable {
      var steps: [String]
      var terms: [String: Double]
      var total: Double
      var neededLower: Double
      var neededUpper: Double
      var largest: String
      var computeFactor: Double
      var fits: Bool?
    }
    var schema: String
    var version: String
    var model: Model
    var recipe: String
    var precision: String
    var batch: Double
    var sequence: Double
    var gpus: Int
    var gpu: GPU?
    var use: Part
    var changes: [Part]?
    var remedy: Part?
    var leanest: Part?
    var gpusNeeded: Int?
    var largestParams: Double?
    var sources: [Source]?
    var warnings: [String]
  }
}
