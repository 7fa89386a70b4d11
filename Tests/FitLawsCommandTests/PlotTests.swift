import Figures
import Foundation
import TestSupport
import Testing

/// `fitlaws plot`: every kind on published figures.
///
/// Scripts and data are always compared; pictures only under the gnuplot that drew the recorded
/// ones.
@Suite struct PlotTests {
  static let scenes = [
    GoldenTests.Scene(name: "fit", arguments: ["@fit.json", "--flops", "1e22,1e24"]),
    GoldenTests.Scene(
      name: "fit-variable",
      arguments: [
        "@budgets.csv", "--formula", "loss ~ E + A / C^a; A > 0; E >= 0; 0 < a < 1", "--columns",
        "C=flops", "--loss", "squares",
      ]),
    GoldenTests.Scene(
      name: "isoflop", arguments: ["@isoflops.csv", "--kind", "isoflop", "--where", "flops < 1e20"]),
    GoldenTests.Scene(
      name: "frontier", arguments: ["@fit.json", "--kind", "frontier", "--flops", "5.76e23"]),
    GoldenTests.Scene(
      name: "residuals",
      arguments: ["@recipes.csv", "--kind", "residuals", "--where", "corpus == \"rw\""]),
    GoldenTests.Scene(name: "profile", arguments: ["@fit.json", "--kind", "profile"]),
    GoldenTests.Scene(
      name: "pairs",
      arguments: [
        "@recipes.csv", "--kind", "pairs", "--where", "corpus == \"rw\"", "--bootstrap", "60",
      ]),
    GoldenTests.Scene(
      name: "compare",
      arguments: [
        "@recipes.csv", "--kind", "compare", "--by", "corpus", "--range", "1e14,1e22",
      ]),
    GoldenTests.Scene(
      name: "plan",
      arguments: [
        "@fit.json", "--kind", "plan", "--flops", "1e22", "--unique-tokens", "25e9", "--gpu",
        "h100-80gb", "--gpus", "64", "--days", "2", "--dollars", "9e3", "--inference-tokens",
        "2e11",
      ]),
    GoldenTests.Scene(
      name: "curves",
      arguments: ["--kind", "curves", "--store", "@lab", "--where", "status == \"finished\""]),
  ]

  @Test(arguments: scenes)
  func scriptAndDataAreAsRecorded(_ scene: GoldenTests.Scene) async throws {
    let bench = try await Self.workbench()
    // Without gnuplot the script is written all the same.
    _ = await CommandLine.run(
      ["plot"] + bench.words(scene.arguments)
        + ["--keep", bench.path("kept"), "--output", bench.path("figure.svg")])
    let names = try FileManager.default.contentsOfDirectory(atPath: bench.path("kept")).sorted {
      ($0.hasSuffix(".gp") ? "" : $0) < ($1.hasSuffix(".gp") ? "" : $1)
    }
    let text = try names.map { "==> \($0)\n" + (try bench.read("kept/\($0)")) }.joined()
    try GoldenFile.expect(
      bench.portable(text), matches: "plot-\(scene.name)", .numbers, ending: "gp")
  }

  @Test(
    .enabled(
      if: InstalledGnuplot.version == "5.4", "the recorded pictures are those of gnuplot 5.4"),
    arguments: scenes)
  func pictureIsAsRecorded(_ scene: GoldenTests.Scene) async throws {
    let bench = try await Self.workbench()
    let result = try await CommandLine.succeed(
      ["plot"] + bench.words(scene.arguments) + ["--output", bench.path("figure.svg")])
    #expect(result.output.isEmpty)
    #expect(result.errors.hasPrefix("wrote "))
    try GoldenFile.expect(
      bench.portable(bench.read("figure.svg")), matches: "plot-\(scene.name)", .exact,
      ending: "svg")
  }

  @Test(
    .enabled(
      if: InstalledGnuplot.version == "5.4", "the recorded pictures are those of gnuplot 5.4"),
    arguments: scenes.filter { ["fit", "isoflop", "plan"].contains($0.name) })
  func terminalIsAsRecorded(_ scene: GoldenTests.Scene) async throws {
    let bench = try await Self.workbench()
    let result = try await CommandLine.succeed(["plot"] + bench.words(scene.arguments))
    #expect(result.output.split(separator: "\n").allSatisfy { $0.count <= 80 && $0.last != " " })
    try GoldenFile.expect(result.output, matches: "plot-\(scene.name)", .exact)
  }

  @Test(.enabled(if: InstalledGnuplot.version != nil, "no gnuplot here"))
  func aFitOfGroupsIsComparedOrOneIsChosen() async throws {
    let bench = try await Self.workbench()
    _ = try await CommandLine.succeed(
      bench.words(["fit", "@recipes.csv", "--group", "corpus", "--output", "@groups.json"]))
    let all = try await CommandLine.succeed(
      bench.words(["plot", "@groups.json", "--kind", "compare"]))
    #expect(all.output.contains("rpj"))
    let one = try await CommandLine.succeed(
      bench.words(["plot", "@groups.json", "--only", "rpj", "--kind", "residuals"]))
    #expect(one.output.contains("runs"))
    let none = await CommandLine.run(bench.words(["plot", "@groups.json"]))
    #expect(none.code == 1)
    #expect(none.errors.contains("--only c4"))
  }

  @Test(.enabled(if: InstalledGnuplot.version != nil, "no gnuplot here"))
  func rowsThatChangedAreNotDrawn() async throws {
    let bench = try await Self.workbench()
    try bench.write(bench.read("runs.csv"), to: "copy.csv")
    let before = try await CommandLine.succeed(bench.words(["plot", "@fit.json"]))
    #expect(before.output.contains("240 runs"))
    try bench.write(bench.read("runs.csv") + "1,1,1,1,0\n", to: "runs.csv")
    let changed = try await CommandLine.succeed(bench.words(["plot", "@fit.json"]))
    #expect(!changed.output.contains("240 runs"))
    #expect(changed.errors.contains("drawn without runs"))
    #expect(changed.errors.contains("no longer what the fit was made from"))
    let copied = try await CommandLine.succeed(
      bench.words(["plot", "@fit.json", "--data", "@copy.csv"]))
    #expect(copied.output == before.output)
    let refused = await CommandLine.run(bench.words(["plot", "@fit.json", "--kind", "profile"]))
    #expect(refused.code == 1)
    #expect(refused.errors.contains("need the rows of the fit"))
    #expect(refused.errors.contains("--data"))
  }

  /// A fit that a store keeps has its rows beside it.
  @Test(.enabled(if: InstalledGnuplot.version != nil, "no gnuplot here"))
  func aStoredFitIsDrawnWithItsRows() async throws {
    let bench = try await Self.workbench()
    let saved = try await CommandLine.succeed(
      bench.words(["fit", "@lab", "--where", "params >= 1e8", "--save"]))
    #expect(saved.errors.contains("saved as"))
    let id = try #require(
      try FileManager.default.contentsOfDirectory(atPath: bench.path("lab/fits")).first)
    let plot = try await CommandLine.succeed(
      ["plot", bench.path("lab/fits/\(id)/result.json"), "--kind", "residuals"])
    #expect(plot.output.contains("runs"))
    let store = try await CommandLine.succeed(bench.words(["plot", "@lab"]))
    #expect(store.output.contains("15 runs"))
  }

  static let faults = [
    Fault("unknown kind", ["@fit.json", "--kind", "residual"], code: 64, says: ["'residuals'?"]),
    Fault(
      "no such kind", ["@fit.json", "--kind", "zzz"], code: 64, says: ["isoflop", "curves"]),
    Fault("unknown ending", ["@fit.json", "-o", "fig.jpg"], code: 64, says: [".svg", "fig.jpg"]),
    Fault("no input", [], code: 64, says: ["Missing expected argument"]),
    Fault(
      "format", ["@fit.json", "--format", "json"], code: 64, says: ["--output", "--format"]),
    Fault(
      "unknown option", ["@fit.json", "--flosp", "1e22"], code: 64, says: ["--flosp", "--flops"]),
    Fault(
      "terminal", ["@fit.json", "--terminal", "kitty"], code: 64, says: ["sixel", "kitty"]),
    Fault(
      "terminal and file", ["@fit.json", "--terminal", "sixel", "-o", "a.svg"], code: 64,
      says: ["not both"]),
    Fault(
      "rows needed", ["@alone.json", "--kind", "residuals"],
      says: ["rows of the fit", "not here", "--data"]),
    Fault(
      "other data", ["@fit.json", "--data", "@recipes.csv"], says: ["recipes.csv", "SHA-256"]),
    Fault(
      "isoFLOP of a fit", ["@fit.json", "--kind", "isoflop"], says: ["fit.json"]),
    Fault(
      "compare without groups", ["@runs.csv", "--kind", "compare"], code: 64, says: ["--by"]),
    Fault(
      "compare of one fit", ["@fit.json", "--kind", "compare"], says: ["single fit", "--by"]),
    Fault("group of a single fit", ["@fit.json", "--only", "a"], says: ["single fit"]),
    Fault(
      "curves without a store", ["--kind", "curves", "--store", "@none"], says: ["none"]),
    Fault(
      "no such metric", ["--kind", "curves", "--store", "@lab", "--metric", "acc"],
      says: ["acc", "fitlaws runs show"]),
    Fault(
      "plan without limits", ["@fit.json", "--kind", "plan"], says: ["no limit"]),
    Fault("no such file", ["@fti.json"], says: ["fti.json", "fit.json"]),
    Fault("save", ["@runs.csv", "--save"], code: 64, says: ["--save"]),
    Fault(
      "budget", ["@fit.json", "--flops", "-1"], says: ["-1", "positive"]),
    Fault(
      "input as output", ["@fit.svg", "--output", "@fit.svg"], says: ["another file"]),
  ]

  @Test(arguments: faults)
  func faultIsOneLineAndNothingIsWritten(_ fault: Fault) async throws {
    let bench = try await Self.workbench()
    try bench.write(
      bench.read("fit.json").replacingOccurrences(of: bench.path("runs.csv"), with: "gone.csv"),
      to: "alone.json")
    try bench.write(bench.read("fit.json"), to: "fit.svg")
    let before = try bench.names()
    let result = await CommandLine.run(["plot"] + bench.words(fault.arguments))
    #expect(result.code == fault.code, "\(result.errors)")
    #expect(result.output.isEmpty)
    #expect(result.errorLines.count == 1, "\(result.errors)")
    for part in fault.says {
      #expect(result.errors.contains(part), "'\(part)' is missing in: \(result.errors)")
    }
    #expect(try bench.names() == before)
  }

  private static func workbench() async throws -> Workbench {
    let bench = try Workbench()
    try bench.addRecipes()
    try bench.addLab()
    try FileManager.default.copyItem(
      atPath: Checkout.dataset("llama3_isoflop/isoflops.csv"), toPath: bench.path("isoflops.csv"))
    try bench.write(
      "flops,loss\n"
        + [(1e18, 3.42), (1e19, 2.99), (1e20, 2.64), (1e21, 2.39), (1e22, 2.2), (3e22, 2.13)]
        .map { "\($0.0),\($0.1)\n" }.joined(), to: "budgets.csv")
    _ = try await CommandLine.succeed(
      bench.words(["fit", "@runs.csv", "--where", publishedRows, "--output", "@fit.json"]))
    return bench
  }
}
