import Foundation
import Tables
import Testing

@testable import RunStore

@Suite struct MLflowReaderTests {
  private let folder = "\(MLflowFixture.experiment)/\(MLflowFixture.run)"

  private func read(
    _ files: [String: String], options: ImportOptions = ImportOptions()
  ) throws -> ImportedRuns {
    let source = try SourceFiles(files)
    return try withExtendedLifetime(source) {
      try ImportedRuns.read([source.root], options: options)
    }
  }

  @Test func aStore() throws {
    let found = try read(MLflowFixture.files)
    #expect(found.problems.isEmpty)
    #expect(found.skipped.count == 2)
    #expect(found.runs.count == 1)
    let run = try #require(found.runs.first)
    #expect(run.id == MLflowFixture.run && run.store == MLflowFixture.experiment)
    #expect(run.name == "named" && run.status == .finished && !run.isDeleted)
    #expect(run.started?.milliseconds == 1_795_556_257_491)
    #expect(run.ended?.milliseconds == 1_795_556_257_501)
    #expect(run.origin["experiment"] == "sweep #1: sizes" && run.origin["user"] == "someone")
    #expect(
      run.config == ["n_params": "190354176", "opt/lr": "0.0006", "note": "two\nlines"])
    #expect(run.tags == ["sweep": "a"])
    let loss = try #require(run.metrics["loss"])
    #expect(loss.map(\.step) == [0, 1, 2, 3, 4])
    #expect(loss[0].value == 3.25 && loss[1].value.isNaN && loss[2].value == .infinity)
    #expect(loss[3].value == -.infinity && loss[4].value == 1e-5)
    #expect(
      run.metrics["train/loss"] == [
        .init(step: 2048, time: UTCTime(milliseconds: 1_795_556_257_499), value: 2.875013)
      ])
    #expect(run.metrics["old"]?.map(\.step) == [0])
    #expect(run.metrics["eval"]?.map(\.step) == [77])
  }

  @Test func oneExperimentOrRun() throws {
    let files = try SourceFiles(MLflowFixture.files)
    let whole = try ImportedRuns.read([files.root]).runs
    #expect(
      try ImportedRuns.read([files.path(MLflowFixture.experiment)]).runs.map(\.runID)
        == whole.map(\.runID))
    #expect(try ImportedRuns.read([files.path(folder)]).runs.map(\.runID) == whole.map(\.runID))
  }

  @Test func deletedRunsWhenAsked() throws {
    let found = try read(MLflowFixture.files, options: ImportOptions(includesDeleted: true))
    #expect(found.runs.map(\.isDeleted).sorted { !$0 && $1 } == [false, true])
    #expect(found.skipped.map(\.place) == [".trash/175197395599325091"])
  }

  /// Of a line cut anywhere nothing is read, and whatever is appended to it is not either.
  @Test func tornTails() throws {
    let line = "1795556257499 2.875013 2048\n"
    for length in 1..<line.utf8.count {
      let torn = Array(line.utf8.prefix(length))
      let alone = MLflowMetricFile.read(torn, path: "m")
      #expect(alone.points.isEmpty)
      #expect(alone.problems.map(\.code) == [.tornTail] && alone.problems.first?.line == 1)
      let glued = MLflowMetricFile.read(torn + Array("1795556257500 2.75 2049\n".utf8), path: "m")
      #expect(glued.points.isEmpty && glued.problems.map(\.code) == [.badRow], "\(length)")
    }
  }

  @Test(arguments: [
    "", "a b c", "1795556257499", "1795556257499 1", "1795556257499  1 2", "1795556257499 2_5.5 1",
    "1795556257499 0x1p3 1", "1795556257499 1.5 1 x", "1795556257499 1.5 1.5", "-5 1.5 1",
    "1795556257499 1e999 1", "1795556257499 1.5 99999999999999999999", " 1795556257499 1.5 1",
    "1795556257499 1.5 1 ", "1795556257499\t1.5\t1",
  ])
  func badLinesHideNothingElse(_ line: String) {
    let text = "1795556257499 1.5 0\n\(line)\n1795556257499 1.75 9\n"
    let found = MLflowMetricFile.read(Array(text.utf8), path: "m")
    // The one line of two fields is the old form, whose step is 0.
    let isOld = line == "1795556257499 1"
    #expect(found.points.map(\.value) == (isOld ? [1.5, 1, 1.75] : [1.5, 1.75]))
    #expect(found.problems.map(\.line) == (isOld ? [] : [2]))
  }

  @Test func manyBadLinesAreCounted() {
    let text = String(repeating: "x\n", count: 1000)
    let found = MLflowMetricFile.read(Array(text.utf8), path: "m")
    #expect(found.problems.count == 21)
    #expect(found.problems.last?.message.hasPrefix("980 more") == true)
  }

  @Test func damagedFilesHideOnlyThemselves() throws {
    var files = MLflowFixture.files
    let other = "0123456789abcdef0123456789abcdef"
    let experiment = MLflowFixture.experiment
    files["\(experiment)/\(other)/meta.yaml"] = ""
    files["\(experiment)/00000000000000000000000000000001/params/x"] = "1"
    files["\(experiment)/00000000000000000000000000000002/meta.yaml"] =
      MLflowFixture.meta(run: MLflowFixture.run)
    files["\(experiment)/00000000000000000000000000000003/meta.yaml"] =
      MLflowFixture.meta(run: "00000000000000000000000000000003", status: 9)
    files["\(folder)/metrics/empty"] = ""
    let source = try SourceFiles(files)
    try source.write([0xFF, 0x31], to: "\(folder)/params/bad")
    try FileManager.default.createSymbolicLink(
      atPath: source.path("\(folder)/params/link"), withDestinationPath: "/etc/hostname")
    try FileManager.default.createSymbolicLink(
      atPath: source.path("\(experiment)/linked"), withDestinationPath: source.path(folder))
    let made = unsafe mkfifo(source.path("\(folder)/metrics/pipe"), 0o600)
    #expect(made == 0)
    let found = try ImportedRuns.read([source.root])
    #expect(found.runs.map(\.id) == [MLflowFixture.run])
    #expect(found.runs.first?.config["bad"] == nil && found.runs.first?.config["link"] == nil)
    let problems = Set(found.problems.map(\.path))
    #expect(
      problems == [
        "\(experiment)/\(other)/meta.yaml", "\(experiment)/00000000000000000000000000000001",
        "\(experiment)/00000000000000000000000000000002/meta.yaml",
        "\(experiment)/00000000000000000000000000000003/meta.yaml", "\(folder)/metrics/empty",
        "\(folder)/metrics/pipe", "\(folder)/params/bad", "\(folder)/params/link",
        "\(experiment)/linked",
      ])
  }

  /// Every file but those of one value, which nothing ends, may be cut at every byte.
  @Test func truncation() throws {
    let whole = try #require(try read(MLflowFixture.files).runs.first)
    let source = try SourceFiles(MLflowFixture.files)
    for (path, bytes) in try source.files()
    where path.hasSuffix("meta.yaml") || path.contains("/metrics/") {
      for length in 0..<bytes.count {
        try source.write(Array(bytes.prefix(length)), to: path)
        guard let found = try? ImportedRuns.read([source.root]) else { continue }
        for run in found.runs where run.id == whole.id {
          #expect(run.status == whole.status && run.name == whole.name)
          #expect(run.started == whole.started && run.ended == whole.ended)
          for (name, points) in run.metrics {
            #expect(zip(points, whole.metrics[name] ?? []).allSatisfy { $0.isSame(as: $1) })
            #expect(points.count <= whole.metrics[name]?.count ?? 0)
          }
        }
        #expect(found.runs.allSatisfy { $0.id == whole.id }, "\(path) \(length)")
        if path.contains("/metrics/"), bytes.prefix(length).last != 10 {
          #expect(found.problems.map(\.path) == [path])
        }
      }
      try source.write(bytes, to: path)
    }
  }
}

extension ImportedRun.Point {
  /// Equal bit for bit, NaN included.
  func isSame(as other: Self) -> Bool {
    step == other.step && time == other.time
      && (value.bitPattern == other.value.bitPattern || (value.isNaN && other.value.isNaN))
  }
}
