import Tables
import Testing

@testable import RunStore

/// The columns are those that W&B's web page exports, read from public files; there is no client
/// here that writes them.
@Suite struct WandBTests {
  private let chart = """
    "Step","run - a - loss","run - a - loss__MIN","run - a - loss__MAX","b - loss","b - loss__MIN","b - loss__MAX"
    0,3.5,3.5,3.5,,,
    10,2.25,2,2.5,NaN,NaN,NaN
    20,,,,1.5,1.5,1.5

    """

  private let table = """
    "Name","State","Notes","User","Tags","Created","Runtime","Sweep","n_params","opt.lr","loss"
    "run - a","finished","first","me","x, y","2023-11-14T22:13:20.000Z","90","","1000","0.001","2.2"
    "b","crashed","","me","","2023-11-14T22:13:20.000Z","5","","2000","0.002",""
    "b","finished","","me","","2023-11-15T22:13:20.000Z","5","","3000","0.002","1"

    """

  @Test func charts() throws {
    let source = try SourceFiles(["chart.csv": chart])
    let found = try ImportedRuns.read([source.path("chart.csv")])
    #expect(found.problems.isEmpty)
    #expect(found.runs.map(\.name) == ["run - a", "b"])
    #expect(found.runs.allSatisfy { $0.isSampled && $0.format == .wandbChart })
    #expect(
      found.runs[0].metrics == ["loss": [.init(step: 0, value: 3.5), .init(step: 10, value: 2.25)]])
    #expect(found.runs[1].metrics["loss"]?.map(\.step) == [10, 20])
    #expect(found.runs[1].metrics["loss"]?.first?.value.isNaN == true)
  }

  @Test func chartsAndTablesTogether() throws {
    let source = try SourceFiles(["chart.csv": chart, "table.csv": table])
    for names in [["chart.csv", "table.csv"], ["table.csv", "chart.csv"]] {
      let found = try ImportedRuns.read(names.map(source.path))
      #expect(found.problems.map(\.line) == [4])
      #expect(found.runs.map(\.id) == ["run - a", "b"])
      let run = found.runs[0]
      #expect(run.status == .finished && run.notes == "first" && run.tags == ["x": "", "y": ""])
      #expect(run.config["n_params"]?.int == 1000 && run.config["opt.lr"]?.double == 0.001)
      #expect(run.started?.description == "2023-11-14T22:13:20.000Z")
      #expect(run.ended?.description == "2023-11-14T22:14:50.000Z")
      #expect(run.origin == ["user": "me"])
      // The curve, not the last value of the table.
      #expect(run.metrics["loss"]?.map(\.value) == [3.5, 2.25])
      #expect(found.runs[1].status == .failed)
    }
  }

  @Test func otherAxes() throws {
    let source = try SourceFiles([
      "steps.csv": "train/tokens,a - loss,a - _step,a - _step__MIN,a - _step__MAX\n100,2.5,7,7,7\n",
      "time.csv": "Relative Time (Wall),a - loss,a - loss__MIN,a - loss__MAX\n1.5,2,2,2\n",
    ])
    let found = try ImportedRuns.read([source.path("steps.csv")])
    #expect(found.runs.first?.metrics == ["loss": [.init(step: 7, value: 2.5)]])
    let error = #expect(throws: ExchangeError.self) {
      try ImportedRuns.read([source.path("time.csv")])
    }
    #expect(error?.code == .missingColumn)
  }

  @Test func namesThatCanBeSplitInTwoWays() throws {
    let source = try SourceFiles(["chart.csv": "Step,a - b - loss\n0,1\n"])
    let error = #expect(throws: ExchangeError.self) {
      try ImportedRuns.read([source.path("chart.csv")])
    }
    #expect(error?.code == .ambiguousColumn)
    #expect(error?.message.contains("run \"a\" with metric \"b - loss\"") == true)
    #expect(error?.message.contains("run \"a - b\" with metric \"loss\"") == true)
    let settled = try ImportedRuns.read(
      [source.path("chart.csv")], options: ImportOptions(metrics: ["loss"]))
    #expect(settled.runs.map(\.id) == ["a - b"])
  }

  @Test func headersOfTwoKinds() throws {
    let source = try SourceFiles([
      "x.csv": "Name,State,Created,a - loss,a - loss__MIN\nr,finished,,1,1\n"
    ])
    // A table of runs may have a column with the separator in its name; a chart has nothing else.
    #expect(try ImportedRuns.read([source.path("x.csv")]).runs.map(\.format) == [.wandbTable])
    let folder = try SourceFiles(["metrics.json": "{}", "1/meta.yaml": "experiment_id: '1'\n"])
    let error = #expect(throws: ExchangeError.self) { try ImportedRuns.read([folder.root]) }
    #expect(error?.code == .ambiguousFormat)
    #expect(error?.message.contains("mlflow") == true && error?.message.contains("dvclive") == true)
  }
}
