import Tables
import Testing

@testable import RunStore

@Suite struct DVCLiveTests {
  private let files = [
    "exp/dvclive/params.yaml": "lr: 0.0006\n'n': 12\nopt:\n  betas:\n  - 0.9\n  - 0.95\n",
    "exp/dvclive/metrics.json":
      "{\n    \"train\": {\n        \"loss\": 0.75\n    },\n    \"only\": \"nan\",\n    \"step\": 3\n}\n",
    "exp/dvclive/plots/metrics/train/loss.tsv": "step\tloss\n0\t3.0\n1\tnan\n30\t-inf\n",
    "exp/dvclive/plots/metrics/timed.tsv": "timestamp\tstep\ttimed\n1795556258606\t2\t1.5\n",
    "exp/dvclive/plots/images/x.png": "no image",
  ]

  @Test func aFolder() throws {
    let source = try SourceFiles(files)
    let found = try ImportedRuns.read([source.path("exp/dvclive")])
    #expect(found.problems.isEmpty)
    let run = try #require(found.runs.first)
    #expect(run.id == "exp" && run.format == .dvclive)
    #expect(run.config == ["lr": 0.0006, "n": 12, "opt": ["betas": [0.9, 0.95]]])
    #expect(run.metrics["train/loss"]?.map(\.step) == [0, 1, 30])
    #expect(run.metrics["train/loss"]?[1].value.isNaN == true)
    #expect(run.metrics["train/loss"]?[2].value == -.infinity)
    #expect(
      run.metrics["timed"] == [
        .init(step: 2, time: UTCTime(milliseconds: 1_795_556_258_606), value: 1.5)
      ])
    #expect(run.metrics["only"]?.map(\.step) == [3])
    #expect(run.metrics.count == 3)
  }

  @Test func truncation() throws {
    let source = try SourceFiles(files)
    let whole = try #require(try ImportedRuns.read([source.path("exp/dvclive")]).runs.first)
    for (path, bytes) in try source.files() where !path.hasSuffix("png") {
      for length in 0..<bytes.count {
        try source.write(Array(bytes.prefix(length)), to: path)
        let found = try ImportedRuns.read([source.path("exp/dvclive")])
        let run = try #require(found.runs.first)
        for (name, points) in run.metrics where points.count > 1 || name == "timed" {
          #expect(zip(points, whole.metrics[name] ?? []).allSatisfy { $0.isSame(as: $1) })
        }
        // A list cut between two of its items is shorter, and nothing in the file can tell.
        for (key, value) in run.config where key != "opt" { #expect(whole.config[key] == value) }
        if bytes.prefix(length).last != 10, length > 0, !path.hasSuffix("json") {
          #expect(!found.problems.isEmpty, "\(path) \(length)")
        }
        if path.hasSuffix("json"), length < bytes.count - 1 { #expect(!found.problems.isEmpty) }
      }
      try source.write(bytes, to: path)
    }
  }
}
