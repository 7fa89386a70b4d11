import Foundation
import RunStore
import Tables
import Testing

/// `fitlaws runs log`: what comes in is what is stored.
@Suite struct RunsLogTests {
  private func log(
    _ words: [String], _ lines: String, in bench: Workbench
  ) async throws -> (result: CommandLine, run: Run?, curves: RunCurves?) {
    let store = try RunStore.create(at: bench.path("lab"))
    let result = await CommandLine.run(
      ["runs", "log", "--store", bench.path("lab")] + words, input: lines)
    let id = result.output.split(separator: "\n").first.flatMap { RunID(String($0)) }
    return (result, try id.map { try store.run($0) }, try id.map { try store.curves(of: $0) })
  }

  @Test func rowsAndSettingsAreStored() async throws {
    let bench = try Workbench()
    try bench.write(#"{"optimizer": {"name": "adam"}, "lr": 1}"#, to: "config.json")
    let (result, run, curves) = try await log(
      [
        "--name", "190M", "--params", "190M", "--tokens", "3.8B", "--unique-tokens", "1e9",
        "--flops", "4.3e18", "--config", "lr=3e-4,schedule=cosine,tied=true", "--tag", "sweep=lr",
        "--config-file", bench.path("config.json"), "--acknowledge",
      ],
      """
      {"step": 0, "loss": 10.5, "tokens": 0}
      {"step": 100, "loss": NaN, "tokens": 4096, "t": 1795434160.256}

      {"step": 200, "loss": -Infinity, "val/loss": "Infinity", "tokens": 8192}
      {"end": "finished"}
      {"step": 300, "loss": 1}
      """, in: bench)
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.split(separator: "\n").dropFirst() == ["0", "100", "200"])
    let record = try #require(run?.record)
    #expect(record.name == "190M" && record.model.params == 190_000_000)
    #expect(record.data.plannedTokens == 3_800_000_000 && record.data.uniqueTokens == 1_000_000_000)
    #expect(record.compute.flops == 4.3e18)
    #expect(record.config["lr"]?.double == 3e-4 && record.config["schedule"] == "cosine")
    #expect(record.config["tied"] == true && record.config["optimizer"] == ["name": "adam"])
    #expect(run?.labels.tags == ["sweep": "lr"])
    #expect(run?.state.status == .finished && run?.state.tokensSeen == 8192)
    let loss = try #require(curves?["loss"])
    #expect(loss.steps == [0, 100, 200])
    #expect(loss.values[0] == 10.5 && loss.values[1].isNaN && loss.values[2] == -.infinity)
    #expect(loss.times[1] == 1_795_434_160.256)
    #expect(curves?["val/loss"]?.values == [.infinity])
  }

  /// A crash of the training closes its end of the pipe: that is no end as planned.
  @Test func inputThatIsCutOffIsNoFinishedRun() async throws {
    let bench = try Workbench()
    let (result, run, curves) = try await log([], #"{"step": 1, "loss": 2}"# + "\n", in: bench)
    #expect(result.code == 0)
    #expect(run?.state.status == .killed && curves?["loss"]?.count == 1)
    #expect(result.errors.contains("--status finished"))
    let whole = try await log(
      ["--at-end", "finished"], #"{"step": 1, "loss": 2}"# + "\n", in: bench)
    #expect(whole.run?.state.status == .finished)
    #expect(!whole.result.errors.contains("note:"))
    let failed = try await log([], "{\"step\": 1, \"loss\": 2}\n{\"end\":\"failed\"}", in: bench)
    #expect(failed.run?.state.status == .failed)
  }

  @Test func linesThatAreNoRowsAreNamedAndTheOthersStored() async throws {
    let bench = try Workbench()
    let long = String(repeating: "x", count: 1_100_000)
    let bad: [(line: String, says: String)] = [
      ("loss 2.5", "no JSON"), ("[1]", "no object"), (#"{"loss": 2}"#, "\"step\""),
      (#"{"step": 1.5, "loss": 2}"#, "\"step\""), (#"{"step": 2, "loss": "low"}"#, "\"loss\""),
      (#"{"step": 3, "loss": null}"#, "\"loss\""), (#"{"step": 4, "loss": 1, "loss": 2}"#, "again"),
      (#"{"step": 5, "fitlaws": 1}"#, "fitlaws"),
      (#"{"end": "done"}"#, "finished, failed or killed"),
      (#"{"step": 6, "t": "noon", "loss": 1}"#, "\"t\""),
      ("{\"step\": 7, \"\(long)\": 1}", "1 MiB"),
    ]
    let lines = bad.map { $0.line + "\n" }.joined(separator: "{\"step\": 50, \"loss\": 5}\n")
    let (result, run, curves) = try await log(
      [], lines + "{\"step\": 60, \"loss\": 6}\r\n{\"end\":\"finished\"}\n{\"step\"", in: bench)
    #expect(result.code == 3)
    #expect(run?.state.status == .finished)
    #expect(curves?["loss"]?.steps == [50, 60])
    let problems = result.errorLines.filter { $0.hasPrefix("problem:") }
    #expect(problems.count == bad.count, "\(result.errors)")
    for (place, (problem, (_, says))) in zip(problems, bad).enumerated() {
      #expect(problem.contains("standard input:\(2 * place + 1): "), "\(problem)")
      #expect(problem.contains(says), "\(problem)")
    }
  }

  @Test func aFloodOfBadLinesIsCounted() async throws {
    let bench = try Workbench()
    let (result, _, _) = try await log([], String(repeating: "x\n", count: 50), in: bench)
    #expect(result.code == 3)
    #expect(result.errorLines.count { $0.hasPrefix("problem:") } == 21)
    #expect(result.errors.contains("30 more lines"))
  }

  @Test func aRunIsResumed() async throws {
    let bench = try Workbench()
    let first = try await log(["--id", "mine-1"], #"{"step": 1, "loss": 2}"# + "\n", in: bench)
    #expect(first.run?.id.text == "mine-1")
    let second = try await log(
      ["--resume", "mine"], "{\"step\": 2, \"loss\": 1}\n{\"end\": \"finished\"}\n", in: bench)
    #expect(second.result.code == 0, "\(second.result.errors)")
    #expect(second.run?.state.status == .finished)
    #expect(second.curves?["loss"]?.values == [2, 1])
    let taken = try await log(["--id", "mine-1"], "", in: bench)
    #expect(taken.result.code == 1 && taken.result.errors.contains("already"))
  }

  @Test(arguments: ["process", "power", "power:10", "buffered"])
  func everyDurabilityStoresEveryRow(_ durability: String) async throws {
    let bench = try Workbench()
    let lines = (0..<200).map { "{\"step\": \($0), \"loss\": \($0)}\n" }.joined()
    let (result, _, curves) = try await log(
      ["--durability", durability], lines + "{\"end\": \"finished\"}", in: bench)
    #expect(result.code == 0, "\(result.errors)")
    #expect(curves?["loss"]?.values == (0..<200).map(Double.init))
  }
}
