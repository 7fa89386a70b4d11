import Foundation
import TestSupport
import Testing

/// Reports in a real browser.
@Suite(
  .enabled(if: InstalledChromium.path != nil, "no chromium here to open reports in"),
  .enabled(if: InstalledGnuplot.version != nil, "no gnuplot here to draw with"))
struct ReportBrowserTests {
  /// A page that opens another in a frame and writes down what it finds there.
  private static func probe(_ report: String) -> String {
    """
    <!DOCTYPE html><title>probe</title>
    <iframe src="\(report)" style="width: 1000px; height: 800px"></iframe><pre></pre>
    <script>
    document.querySelector('iframe').onload = function () {
      const page = this.contentDocument, lines = [];
      for (const svg of page.querySelectorAll('figure svg')) {
        const box = svg.getBoundingClientRect(), ink = svg.getBBox();
        lines.push('figure ' + Math.round(box.width) + ' ' + Math.round(box.height)
          + ' ' + (ink.width > 100 && ink.height > 100 ? 'drawn' : 'empty'));
      }
      const ids = [...page.querySelectorAll('[id]')].map(e => e.id);
      lines.push('repeated ' + ids.filter((id, i) => ids.indexOf(id) !== i).join(' '));
      const links = [...page.querySelectorAll('a')].map(a => a.getAttribute('href').slice(1));
      lines.push('dangling ' + links.filter(id => !page.getElementById(id)).join(' '));
      lines.push('active ' + page.querySelectorAll('script, img, object, embed, iframe').length);
      const wide = [...page.body.querySelectorAll('*')].filter(e => !e.closest('.wide, svg')
        && e.scrollWidth > page.documentElement.clientWidth);
      lines.push('wide ' + wide.map(e => e.tagName).join(' '));
      document.querySelector('pre').textContent = lines.join('\\n') + '\\n';
    };
    </script>
    """
  }

  /// The lines that the probe wrote.
  private static func open(_ report: String, _ bench: Workbench) throws -> (
    lines: [String], outcome: InstalledChromium.Outcome
  ) {
    try bench.write(probe(report), to: "probe.html")
    let outcome = try InstalledChromium.open(bench.path("probe.html"), in: bench.folder)
    let start = try #require(outcome.document.range(of: "<pre>")).upperBound
    let end = try #require(outcome.document.range(of: "</pre>")).lowerBound
    return (outcome.document[start..<end].split(separator: "\n").map(String.init), outcome)
  }

  @Test func aReportShowsAllFiguresAndAsksForNothing() async throws {
    let bench = try Workbench()
    _ = try await CommandLine.succeed(
      bench.words([
        "fit", "@runs.csv", "--where", publishedRows, "--bootstrap", "60", "--output", "@fit.json",
      ]))
    _ = try await CommandLine.succeed(
      bench.words(["report", "@fit.json", "--output", "@report.html"]))
    let (lines, outcome) = try Self.open("report.html", bench)
    let figures = lines.filter { $0.hasPrefix("figure ") }
    #expect(figures.count == 5)
    for figure in figures {
      let words = figure.split(separator: " ")
      #expect((Int(words[1]) ?? 0) > 800 && (Int(words[2]) ?? 0) > 300, "\(figure)")
      #expect(words[3] == "drawn")
    }
    #expect(lines.dropFirst(5) == ["repeated ", "dangling ", "active 0", "wide "])
    #expect(outcome.console.isEmpty)
    #expect(outcome.requests.isEmpty)
  }

  @Test func groupsAndHostileNamesDoNotClash() async throws {
    let bench = try Workbench()
    try await ReportTests.fitHostileRuns(bench)
    _ = try await CommandLine.succeed(
      bench.words([
        "report", "@groups.json", "--title", ReportTests.hostile, "--output", "@report.html",
      ]))
    let (lines, outcome) = try Self.open("report.html", bench)
    #expect(lines.count { $0.hasPrefix("figure ") } == 8)
    #expect(lines.suffix(4) == ["repeated ", "dangling ", "active 0", "wide "])
    #expect(outcome.console.isEmpty)
    #expect(outcome.requests.isEmpty)
  }

  /// What the others look for can be found.
  @Test func anotherPageIsCaught() throws {
    let bench = try Workbench()
    try bench.write(
      "<!DOCTYPE html><title>x</title><p id='a'><a href='#b'>b</a><p id='a'>"
        + "<img src='http://fitlaws.invalid/x.png'><script>console.error('x')</script>",
      to: "bad.html")
    let (lines, outcome) = try Self.open("bad.html", bench)
    #expect(lines == ["repeated a", "dangling b", "active 2", "wide "])
    #expect(!outcome.console.isEmpty)
    #expect(outcome.requests == ["http://fitlaws.invalid/x.png"])
  }
}
