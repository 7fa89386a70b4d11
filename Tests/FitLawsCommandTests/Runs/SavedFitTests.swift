import Foundation
import RunStore
import ScalingLaws
import Tables
import Testing

/// `fitlaws fit STORE`, `fit --save` and `runs verify`.
@Suite struct SavedFitTests {
  private static func fit(
    _ bench: Workbench, _ words: [String] = [], input: String = "@lab"
  ) async throws -> CommandLine {
    try await CommandLine.succeed(bench.words(["fit", input] + words))
  }

  /// Saves a fit and returns its identifier.
  private static func save(
    _ bench: Workbench, _ words: [String] = [], input: String = "@lab"
  ) async throws -> String {
    let result = try await fit(bench, ["--save"] + words, input: input)
    let line = try #require(result.errorLines.first { $0.hasPrefix("saved") })
    return String(try #require(line.split(separator: " ").first { $0.count == 26 }))
  }

  private static func verify(
    _ id: String, _ bench: Workbench, _ words: [String] = []
  ) async -> CommandLine {
    await CommandLine.run(["runs", "verify", id, "--store", bench.path("lab")] + words)
  }

  // MARK: - A store as the table

  /// The fit of a store is that of the table that `runs table` writes of it.
  @Test(arguments: ["last", "min", "mean of last 3"])
  func aStoreIsFittedAsItsTable(_ reduction: String) async throws {
    let bench = try Workbench()
    try bench.addLab()
    let direct = try await Self.fit(bench, ["--reduce", reduction, "--format", "json"])
    #expect(direct.errors.contains("left out 1 run (killed): 01kc01"))
    #expect(direct.errors.contains("left out 1 run (excluded: wrong tokenizer): 01kc02"))
    _ = try await CommandLine.succeed(
      bench.words([
        "runs", "table", "--store", "@lab", "--reduce", reduction, "--where",
        "status == \"finished\" && excluded == 0", "--output", "@table.csv",
      ]))
    let table = try await Self.fit(bench, ["--format", "json"], input: "@table.csv")
    let fits = try [direct, table].map { try #require(LawFit.read(Array($0.output.utf8)).first) }
    #expect(fits[0].parameters == fits[1].parameters)
    #expect(fits[0].data.rows == 15 && fits[0].data.source == bench.path("lab"))
    #expect(fits[0].data.columns == ["N": "params", "D": "tokens", "loss": "loss"])
  }

  @Test func whatIsLeftOutCanBeTaken() async throws {
    let bench = try Workbench()
    try bench.addLab()
    let result = try await Self.fit(
      bench, ["--include", "excluded,unfinished", "--metric", "val/loss"])
    #expect(result.output.contains("17 rows") && result.output.contains("loss = val/loss"))
  }

  @Test func groupsWeightsAndFormulasReadFields() async throws {
    let bench = try Workbench()
    try bench.addLab()
    let groups = try await Self.fit(
      bench,
      [
        "--group", "config.schedule", "--formula", "loss ~ E + A / params^a; A > 0; 0 < a < 1",
        "--fix", "E=1.8", "--format", "json",
      ])
    #expect(try LawFit.read(Array(groups.output.utf8)).map(\.group) == ["cosine", "linear"])
    let scaled = try await Self.fit(
      bench,
      ["--formula", "loss ~ E + A / (params * `config.lr`)^a; A > 0; 0 < a < 1", "--fix", "E=1.8"])
    #expect(scaled.output.contains("15 rows"))
    let expression = try await Self.fit(bench, ["--columns", "D=tokens * 2", "--format", "json"])
    let fit = try #require(LawFit.read(Array(expression.output.utf8)).first)
    #expect(fit.data.columns["D"] == "tokens * 2")
  }

  /// A damaged run is left out and named; the fit of the others is good, and the code says so.
  @Test func damageIsNamed() async throws {
    let bench = try Workbench()
    try bench.addLab()
    try bench.edit(try bench.segment("01kb12"), "\"step\":500", "\"step\":501")
    let result = await CommandLine.run(["fit", bench.path("lab")])
    #expect(result.code == 3)
    #expect(result.output.contains("14 rows"))
    #expect(result.errors.contains("problem: runs/12/01kb12/log-"))
  }

  // MARK: - Saved fits

  @Test func aHundredRefitsHaveTheSameBytes() async throws {
    let bench = try Workbench()
    try bench.addLab()
    let id = try await Self.save(bench)
    for _ in 0..<100 {
      let result = await Self.verify(id, bench)
      #expect(result.code == 0 && result.output.hasPrefix("\(id): identical\n"), "\(result.output)")
    }
    let again = try await Self.fit(bench, ["--save", "--tasks", "1"])
    #expect(again.errors.contains("saved already as \(id)"))
    #expect(try RunStore(at: bench.path("lab")).fitIDs() == [id])
  }

  @Test(arguments: [
    [], ["--interval", "profile", "--level", "0.9"],
    ["--where", "params > 1.5e8 && tokens < 1e11"],
    ["--interval", "bca", "--bootstrap", "10", "--seed", "18446744073709551615"],
    ["--sensitivity", "--design", "--flops", "1e22,1e24"],
    ["--group", "config.schedule", "--fix", "E=1.8,alpha=0.35"],
    ["--cluster", "config.schedule", "--fix", "E=1.8,alpha=0.35,beta=0.37,A=480"],
    ["--loss", "cauchy", "--delta", "0.01", "--bound", "0.1 < alpha < 0.9", "--residuals", "raw"],
    ["--start", "alpha=0.3", "--local", "--weights", "params"],
    [
      "--formula", "loss ~ E + A / step^a; A > 0; 0 < a < 1", "--columns", "step=params", "--fix",
      "E=1.8",
    ],
    ["--metric", "val/loss", "--reduce", "mean of last 2", "--include", "unfinished"],
    ["--columns", "D=tokens * 2"],
  ])
  func everyQuestionIsAskedAgain(_ words: [String]) async throws {
    let bench = try Workbench()
    try bench.addLab()
    let id = try await Self.save(bench, words)
    let result = await Self.verify(String(id.prefix(8)), bench)
    #expect(result.code == 0, "\(result.output)\(result.errors)")
    #expect(try RunStore(at: bench.path("lab")).check().problems.isEmpty)
  }

  /// The answer says nothing of time, machine or place, so that a copy elsewhere verifies too.
  @Test func aMovedStoreHoldsTheSameFit() async throws {
    let bench = try Workbench()
    try bench.addLab()
    let id = try await Self.save(bench)
    let result = try bench.read("lab/fits/\(id)/result.json")
    let spec = try bench.read("lab/fits/\(id)/spec.json")
    for text in [result, spec] {
      #expect(!text.contains(bench.folder) && !text.contains(ProcessInfo.processInfo.hostName))
      #expect(!text.contains("/lab"))
    }
    try FileManager.default.copyItem(atPath: bench.path("lab"), toPath: bench.path("copy"))
    try FileManager.default.removeItem(atPath: bench.path("lab"))
    let moved = await CommandLine.run(["runs", "verify", id, "--store", bench.path("copy")])
    #expect(moved.code == 0, "\(moved.output)")
    let saved = try await Self.fit(bench, ["--save"], input: "@copy")
    #expect(saved.errors.contains("saved already as \(id)"))
    let prediction = try await CommandLine.succeed([
      "predict", bench.path("copy/fits/\(id)/result.json"), "--at", "N=1e9,D=2e10",
    ])
    #expect(prediction.output.contains("1B"))
  }

  @Test func eachRowLeadsBackToALine() async throws {
    let bench = try Workbench()
    try bench.addLab()
    let id = try await Self.save(bench)
    let table = try Table.read(contentsOf: bench.path("lab/fits/\(id)/data.csv"))
    #expect(
      table.columnNames == ["run_id", "segment", "line", "step", "params", "tokens", "loss"])
    for row in 0..<table.rowCount {
      let run = try table.text(column: "run_id", row: row)
      let segment = try table.text(column: "segment", row: row)
      let line = try #require(Int(try table.text(column: "line", row: row)))
      let text = try bench.read("lab/runs/\(run.suffix(2))/\(run)/\(segment)")
        .split(separator: "\n")[line - 1]
      let loss = try table.text(column: "loss", row: row)
      #expect(text.contains("\"loss\":\(loss),"), "\(text)")
    }
  }

  // MARK: - What verify finds

  /// One digit of one row, of a run whose segment nobody sealed.
  @Test func aChangedDigitIsReportedWithTheRun() async throws {
    let bench = try Workbench()
    let store = try bench.addLab()
    let run = try store.start(RunRecord(id: try #require(RunID("01kd55"))))
    for step in 1...3 { try run.log(step: step, ["loss": 2.5, "tokens": 4e9 + Double(step)]) }
    try store.updateState(of: run.id) { $0.tokensSeen = 4_000_000_000 }
    let segment = try bench.segment("01kd55")
    let id = try await Self.save(
      bench,
      [
        "--include", "unfinished", "--columns", "N=tokens", "--formula", "loss ~ E + A / N^a",
        "--fix", "E=1,a=0.3",
      ])
    #expect(await Self.verify(id, bench).code == 0)
    try bench.edit(
      segment, "\"loss\":2.5,\"tokens\":4000000003", "\"loss\":2.6,\"tokens\":4000000003")
    let used = await Self.verify(id, bench)
    #expect(used.code == 2)
    #expect(used.output.contains("run 01kd55: loss was 2.5, is 2.6 (log-0001-"), "\(used.output)")
    #expect(used.output.contains(".jsonl:4, step 3)") && !used.output.contains("run 01kb"))
    // In a row that was not fitted, too.
    try bench.edit(segment, "2.6", "2.5")
    try bench.edit(
      segment, "\"loss\":2.5,\"tokens\":4000000001", "\"loss\":2.4,\"tokens\":4000000001")
    let other = await Self.verify(id, bench, ["--format", "json"])
    #expect(other.code == 2)
    let json = try JSONValue(parsing: Array(other.output.utf8))
    #expect(json["drifted"] == ["01kd55"] && json["verdict"] == "data drifted")
  }

  @Test func driftOfSealedExcludedAndRemovedRunsIsReported() async throws {
    let bench = try Workbench()
    let store = try bench.addLab()
    let id = try await Self.save(bench)
    try bench.edit(try bench.segment("01kb12"), "\"step\":500", "\"step\":501")
    try FileManager.default.removeItem(atPath: bench.path("lab/runs/13/01kb13"))
    try store.updateLabels(of: try #require(RunID("01kb14"))) {
      $0.exclusion = .init(reason: "bad")
    }
    try bench.add("01kz99", 3e9, 3e9, 5, to: store)
    let result = await Self.verify(id, bench)
    #expect(result.code == 2)
    let lines = result.output.split(separator: "\n")
    #expect(lines.contains { $0.contains("run 01kb12: ") && $0.contains("sealed") }, "\(lines)")
    #expect(
      lines.contains { $0.contains("run 01kb13: ") && $0.contains("no such run") }, "\(lines)")
    #expect(lines.contains { $0.contains("run 01kb14: now excluded: bad") }, "\(lines)")
    #expect(lines.count { $0.contains("  run ") } == 3)
    #expect(lines.contains { $0.contains("1 run would be fitted today") && $0.contains("01kz99") })
  }

  /// A new run alone is a note.
  @Test func aNewRunIsNoDrift() async throws {
    let bench = try Workbench()
    let store = try bench.addLab()
    let id = try await Self.save(bench)
    try bench.add("01kz99", 3e9, 3e9, 5, to: store)
    let result = await Self.verify(id, bench)
    #expect(result.code == 0 && result.output.contains("01kz99"))
  }

  @Test func anotherAnswerIsNamedByParameterAndUlps() async throws {
    let bench = try Workbench()
    let store = try bench.addLab()
    var fit = try store.fit(try await Self.save(bench))
    var answer = try #require(try LawFit.read(fit.result).first)
    for _ in 0..<3 { answer.parameters[3].estimate = answer.parameters[3].estimate.nextUp }
    fit.result = Array(try JSONText.encode(answer).utf8)
    guard case .object(var spec) = fit.spec, case .object(var environment)? = spec["environment"]
    else { throw CocoaError(.coderInvalidValue) }
    environment["swift"] = "5.0"
    spec["environment"] = .object(environment)
    fit.spec = .object(spec)
    try store.save(fit)
    let result = await Self.verify(fit.id, bench)
    #expect(result.code == 1)
    #expect(result.output.hasPrefix("\(fit.id): different\n"))
    #expect(result.output.contains("alpha: ") && result.output.contains(", 3 ulps\n"))
    #expect(result.output.contains("changed since: swift 5.0 then"))
    #expect(!result.output.contains("beta"))
  }

  @Test func aLawOfAnotherVersionIsSaidToBeOne() async throws {
    let bench = try Workbench()
    let store = try bench.addLab()
    var fit = try store.fit(try await Self.save(bench))
    guard case .object(var spec) = fit.spec else { throw CocoaError(.coderInvalidValue) }
    spec["law"] = ["name": "chinchilla", "formula": "loss ~ E + A / N^alpha"]
    fit.spec = .object(spec)
    try store.save(fit)
    let changed = await Self.verify(fit.id, bench)
    #expect(changed.code == 1 && changed.output.contains("not the one that was fitted"))
    spec["law"] = ["name": "chinchilla", "formula": .string(Law.chinchilla.formula)]
    spec["novelty"] = 1
    fit.spec = .object(spec)
    try store.save(fit)
    let later = await Self.verify(fit.id, bench)
    #expect(later.code == 1 && later.output.contains("does not understand \"novelty\""))
  }

  @Test(arguments: ["spec.json", "data.csv", "result.json", "meta.json", "SHA256SUMS"])
  func damageIsFound(_ file: String) async throws {
    let bench = try Workbench()
    try bench.addLab()
    let id = try await Self.save(bench)
    let text = try bench.read("lab/fits/\(id)/\(file)")
    try bench.write(
      text.replacingOccurrences(of: "5", with: "6"), to: "lab/fits/\(id)/\(file)")
    let result = await Self.verify(id, bench)
    #expect(result.code == 3)
    #expect(result.output.contains("\(id): damaged\n  fits/\(id)/"), "\(result.output)")
    #expect(try RunStore(at: bench.path("lab")).check().problems.count == 1)
    let list = await CommandLine.run(["runs", "fits", "--store", bench.path("lab")])
    #expect(list.code == 3 && list.output == "0 fits\n")
  }

  // MARK: - A table of comma-separated values

  @Test func aFitOfATableIsSavedAndItsDriftFound() async throws {
    let bench = try Workbench()
    try bench.addLab()
    let words = ["--store", bench.path("lab"), "--where", publishedRows]
    let id = try await Self.save(bench, words, input: "@runs.csv")
    #expect(await Self.verify(id, bench).code == 0)
    let data = try bench.read("lab/fits/\(id)/data.csv").split(separator: "\n")
    #expect(data[0] == "file,row,params,tokens,loss" && data[1].hasPrefix("runs.csv,"))
    let saved = try await Self.fit(bench, ["--save"] + words, input: "@runs.csv")
    let plain = try await Self.fit(bench, ["--where", publishedRows], input: "@runs.csv")
    #expect(saved.output == plain.output)

    var lines = try bench.read("runs.csv").split(separator: "\n").map(String.init)
    lines[10] += "1"
    try bench.write(lines.joined(separator: "\n") + "\n", to: "runs.csv")
    let drifted = await Self.verify(id, bench)
    let isColumnRead = drifted.code == 2 && drifted.output.contains("row 11: ")
    #expect(isColumnRead, "\(drifted.output)")
    try FileManager.default.removeItem(atPath: bench.path("runs.csv"))
    let gone = await Self.verify(id, bench)
    #expect(gone.code == 0 && gone.output.contains("not where it was"))
  }
}
