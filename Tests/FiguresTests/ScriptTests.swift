import Testing

@testable import Figures

/// A script is the same every time, and nothing in it is run that was data.
@Suite struct ScriptTests {
  @Test func dataAreNamedBlocksInShortestText() {
    let script = Sample.figure().script()
    #expect(script == Sample.figure().script())
    #expect(
      script.contains(
        """
        $panel1_line << EOD
        # flops loss
        10000000000000000000 3.5
        """) || script.contains("$panel1_line << EOD\n# flops loss\n1e19 3.5\n1e21 2.5\n\n1e22"))
    #expect(script.contains("1e23 NaN\n"))
    #expect(script.contains("$panel2_points << EOD\n# x y N\n1e19 2 100000000\n"))
    #expect(script.contains("plot $panel1_band using 1:2:3 with filledcurves"))
    #expect(!script.contains("set terminal") && !script.contains("set output"))
  }

  /// Back quotes and macros of gnuplot run commands in some places; a name of a run is no command.
  @Test(arguments: ["`touch x`", "a 'b' \"c\"", "@x", "line\nset output 'x'", "$(x) \\n 100%"])
  func textsAreOnlyText(_ text: String) {
    let script = Sample.figure(text: text).script()
    #expect(!script.contains("`"))
    let shown = text.replacing("`", with: "'").replacing("\n", with: " ")
    #expect(
      script.contains("set label '\(shown.replacing("'", with: "''"))' at screen"))
    #expect(!script.split(separator: "\n").contains { $0.hasPrefix("set output") })
  }

  @Test func textHasNoFineLinesAndOneColumn() {
    var figure = Sample.figure()
    figure.panels[0].layers[1].isFine = true
    let script = figure.script(for: .text(columns: 80, rows: 20))
    #expect(!script.contains("$panel1_line "))
    #expect(!script.contains("palette defined"))
    #expect(!script.contains("^{"))
    #expect(script.contains("'1e20' 100000000000000000000") || script.contains("'1e20' 1e20"))
  }

  @Test func keptFilesNameEachOther() throws {
    let files = Sample.figure().files(as: .pdf)
    let script = try #require(files.first)
    #expect(script.name == "sample.gp")
    #expect(files.count == 7)
    #expect(!script.text.contains("<< EOD"))
    for file in files.dropFirst() {
      #expect(script.text.contains("'\(file.name)' using"), "\(file.name)")
      #expect(file.text.hasPrefix("# ") && file.text.hasSuffix("\n"))
    }
    #expect(script.text.contains("\nset output 'sample.pdf'\n"))
    #expect(script.text.contains("\n# set output 'sample.svg'\n"))
  }
}
