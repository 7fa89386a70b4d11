import Foundation
import ScalingLaws
import TestSupport
import Testing

/// `fitlaws report`.
@Suite struct ReportTests {
  /// A fit, and what is asked of its report.
  struct Scene: Sendable, CustomTestStringConvertible {
    var name: String
    var fit: [String]
    var report: [String] = []
    var testDescription: String { name }
  }

  static let scenes = [
    Scene(name: "draws", fit: ["@runs.csv", "--where", publishedRows, "--bootstrap", "60"]),
    Scene(
      name: "covariance", fit: ["@runs.csv", "--where", publishedRows],
      report: ["--flops", "1e22,5.76e23", "--title", "Chinchilla, figure 4"]),
    Scene(
      name: "formula",
      fit: [
        "@runs.csv", "--formula", "loss ~ E + A / flops^a; A > 0; E >= 0; 0 < a < 1", "--fix",
        "E=1.8", "--residuals", "raw", "--loss", "squares", "--interval", "profile",
      ]),
    Scene(
      name: "groups",
      fit: ["@recipes.csv", "--group", "corpus", "--where", "corpus != \"c4\""],
      report: ["--flops", "1e21"]),
    Scene(name: "bound", fit: ["@runs.csv", "--bound", "0.4 < alpha < 0.6"]),
  ]

  @Test(arguments: scenes) func markdownIsAsRecorded(_ scene: Scene) async throws {
    let bench = try await Self.workbench(scene)
    let result = try await CommandLine.succeed(
      bench.words(["report", "@fit.json", "--format", "markdown"] + scene.report))
    #expect(result.errors.isEmpty)
    GoldenTests.checkMarkdown(result.output)
    try GoldenFile.expect(
      Self.neutral(bench.portable(result.output)), matches: "report-\(scene.name)", .exact,
      ending: "md")
  }

  @Test(
    .enabled(if: InstalledGnuplot.version != nil, "no gnuplot here to draw with"),
    arguments: scenes.filter { ["draws", "groups"].contains($0.name) })
  func htmlIsAsRecorded(_ scene: Scene) async throws {
    let bench = try await Self.workbench(scene)
    let result = try await CommandLine.succeed(bench.words(["report", "@fit.json"] + scene.report))
    let again = try await CommandLine.succeed(
      bench.words(["report", "@fit.json", "--output", "@page.html"] + scene.report))
    #expect(again.output.isEmpty)
    #expect(bench.portable(again.errors) == "wrote page.html\n")
    #expect(try bench.read("page.html") == result.output)
    #expect(result.output.contains("budgets of the table") == scene.report.isEmpty)
    // Pictures have recorded files of their own, and are not the same under every gnuplot.
    let page = result.output.replacing(/<svg[^>]*>[\s\S]*?<\/svg>/, with: "<svg>")
      .replacing(/<style>[\s\S]*?<\/style>/, with: "<style>")
    try GoldenFile.expect(
      Self.neutral(bench.portable(page)), matches: "report-\(scene.name)", .exact, ending: "html")
  }

  @Test func refitsOfASavedFitAreThoseOfTheFitItself() async throws {
    let bench = try Workbench()
    let words = ["fit", "@runs.csv", "--where", publishedRows, "--flops", "1e24"]
    _ = try await CommandLine.succeed(bench.words(words + ["--output", "@plain.json"]))
    _ = try await CommandLine.succeed(
      bench.words(words + ["--sensitivity", "--design", "--output", "@full.json"]))
    let report = ["--flops", "1e24", "--format", "markdown"]
    let later = try await CommandLine.succeed(bench.words(["report", "@plain.json"] + report))
    let first = try await CommandLine.succeed(bench.words(["report", "@full.json"] + report))
    #expect(Self.neutral(later.output) == Self.neutral(first.output))
    #expect(first.output.contains("without the 48 smallest runs"))
  }

  @Test func dataThatAreGoneAreSaidToBeMissing() async throws {
    let bench = try await Self.workbench(Self.scenes[0])
    try FileManager.default.moveItem(atPath: bench.path("runs.csv"), toPath: bench.path("away.csv"))
    let gone = try await CommandLine.succeed(
      bench.words(["report", "@fit.json", "--format", "markdown"]))
    #expect(gone.output.contains("Figures left out: residuals, profiles of the parameters; "))
    #expect(gone.output.contains("runs.csv is not here; name a copy with --data"))
    #expect(gone.output.contains("Refits and the check of the design were not made"))
    #expect(gone.output.contains("97.") && gone.output.contains("1e24"))
    let copy = try await CommandLine.succeed(
      bench.words(["report", "@fit.json", "--format", "markdown", "--data", "@away.csv"]))
    #expect(!copy.output.contains("left out") && copy.output.contains("5 of 245"))
    try bench.write("params,tokens,loss\n1,2,3\n", to: "other.csv")
    let other = await CommandLine.run(
      bench.words(["report", "@fit.json", "--format", "markdown", "--data", "@other.csv"]))
    #expect(other.code == 1 && other.output.isEmpty)
    #expect(other.errors.contains("not the rows of the fit"))
  }

  @Test func rowsOfGroupsThatCannotBeToldApartAreSaidToBeMissing() async throws {
    let bench = try Workbench()
    let rows = try bench.read("runs.csv").split(separator: "\n").dropFirst()
    try bench.write(
      "params,tokens,flops,loss,half,part\n"
        + rows.enumerated().map { place, row in
          let name = place.isMultiple(of: 2) ? "even" : "odd"
          return row.split(separator: ",").prefix(4).joined(separator: ",") + ",\(name),\(name)\n"
        }.joined(), to: "halves.csv")
    _ = try await CommandLine.succeed(
      bench.words(["fit", "@halves.csv", "--group", "half", "--output", "@fit.json"]))
    let result = try await CommandLine.succeed(
      bench.words(["report", "@fit.json", "--format", "markdown"]))
    #expect(result.output.contains("the column of the groups even, odd is not known"))
  }

  @Test(.enabled(if: InstalledGnuplot.version != nil, "no gnuplot here to draw with"))
  func keptFiguresStandWhereTheReportLooksForThem() async throws {
    let bench = try await Self.workbench(Self.scenes[1])
    try FileManager.default.createDirectory(
      atPath: bench.path("paper/text"), withIntermediateDirectories: true)
    _ = try await CommandLine.succeed(
      bench.words([
        "report", "@fit.json", "--output", "@paper/text/report.md", "--keep", "@paper/figures",
      ]))
    let text = try bench.read("paper/text/report.md")
    let paths = text.matches(of: /\]\(<([^>]*)>\)/).map { String($0.output.1) }
    #expect(paths.first == "../figures/fit.svg")
    #expect(paths.count == 4)
    for path in paths {
      let picture = try bench.read("paper/text/\(path)")
      #expect(picture.contains("<svg"))
      #expect(try !bench.read("paper/text/\(path.dropLast(3))gp").isEmpty)
    }
  }

  // MARK: - Names

  static let hostile = "<script>alert(1)</script>"

  /// Groups, columns and a file whose names are markup, fitted as `groups.json`.
  static func fitHostileRuns(_ bench: Workbench) async throws {
    let rows = try bench.read("runs.csv").split(separator: "\n").dropFirst()
    let lines = rows.enumerated().map { place, row in
      row.split(separator: ",").prefix(4).joined(separator: ",")
        + ",1,\"\(place.isMultiple(of: 2) ? hostile : "a\"\" onload=\"\"x")\"\n"
    }
    try bench.write(
      "params,tokens,flops,loss,<img src=x>,group\n" + lines.joined(), to: "a&b <i>.csv")
    _ = try await CommandLine.succeed(
      bench.words([
        "fit", "@a&b <i>.csv", "--group", "group", "--weights", "<img src=x>", "--output",
        "@groups.json",
      ]))
  }

  @Test func namesAreTextAndNothingElse() async throws {
    let bench = try Workbench()
    try await Self.fitHostileRuns(bench)
    let html = try await CommandLine.succeed(
      bench.words(["report", "@groups.json", "--title", Self.hostile]))
    #expect(!html.output.contains("<script") && !html.output.contains("<img"))
    #expect(!html.output.contains("<i>") && html.output.contains("a&amp;b &lt;i&gt;.csv"))
    #expect(html.output.contains("<h1>&lt;script&gt;alert(1)&lt;/script&gt;</h1>"))
    #expect(html.output.contains("a&quot; onload=&quot;x"))
    let markdown = try await CommandLine.succeed(
      bench.words(["report", "@groups.json", "--title", Self.hostile, "--format", "markdown"]))
    let rest = markdown.output.replacing("\\<", with: "").replacing("<br>", with: "")
    #expect(!rest.contains("<"))
    #expect(markdown.output.hasPrefix("# \\<script>alert(1)\\</script>\n"))
  }

  // MARK: - Faults

  @Test func usageFaults() async throws {
    let bench = try await Self.workbench(Self.scenes[1])
    for (words, code, says) in [
      (["@fit.json", "--output", "@report.pdf"], Int32(64), "ends in .html or .md"),
      (["@fit.json", "--output", "@fit.json", "--format", "html"], 1, "that is the input"),
      (["@none.json"], 1, "none.json"),
      (["@runs.csv"], 1, "not a saved fit"),
      (["@fit.json", "--format", "csv"], 64, "csv"),
      (["@fit.json", "--flops", "abc"], 1, "'abc' is no number"),
      (["@fit.json", "--flops", "1e22,-1"], 1, "-1 FLOP is no budget"),
    ] {
      let result = await CommandLine.run(bench.words(["report"] + words))
      #expect(result.code == code, "\(words): \(result.errors)")
      #expect(result.output.isEmpty && result.errorLines.count == 1)
      #expect(result.errors.contains(says), "\(result.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: bench.path("report.pdf")))
  }

  /// What the report says of coverage is what the study says.
  @Test func coverageIsThatOfTheStudy() throws {
    let study = try String(
      contentsOfFile: "\(Checkout.root)/Documentation/Coverage.md", encoding: .utf8)
    for range in [
      "96 to 99.6 %", "92.9 to 96.3 %", "97 to 98.2 %", "93.7 to 97.1 %", "97.3 to 97.5 %",
      "93.2 to 96.9 %",
    ] {
      #expect(study.contains(range), "\(range)")
    }
  }

  // MARK: - Support

  private static func workbench(_ scene: Scene) async throws -> Workbench {
    let bench = try Workbench()
    try bench.addRecipes()
    _ = try await CommandLine.succeed(
      bench.words(["fit"] + scene.fit + ["--output", "@fit.json"]))
    return bench
  }

  /// A report without what depends on the machine, and on the last digits of a minimum.
  private static func neutral(_ text: String) -> String {
    text.replacing(/[0-9a-f]{64}/, with: "SHA256")
      .replacing(/GSL [^<|\n]*/, with: "TOOLS")
      .replacing(
        /looked at [0-9]+ points and followed [0-9]+ of them/,
        with: "looked at # points and followed # of them"
      )
      .replacing(
        /[0-9]+ points by variable projection/, with: "# points by variable projection"
      )
      .replacing(/[0-9]+ of [0-9]+ starts/, with: "# of # starts")
      .replacing(/[0-9]+ passes/, with: "# passes")
  }
}
