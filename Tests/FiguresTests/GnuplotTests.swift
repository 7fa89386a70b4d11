import Figures
import Foundation
import TestSupport
import Testing

/// Pictures of every format, and what is said where there can be none.
@Suite struct GnuplotTests {
  @Test(
    .enabled(if: InstalledGnuplot.version != nil, "no gnuplot here"),
    arguments: [
      (PictureFormat.svg, Array("<svg".utf8)), (.png, [0x89, 0x50, 0x4E, 0x47]),
      (.pdf, Array("%PDF-".utf8)), (.sixel, [0x1B, UInt8(ascii: "P")]),
    ])
  func formatsBeginAsTheyShould(_ format: PictureFormat, _ magic: [UInt8]) async throws {
    let figure = Sample.figure()
    let bytes = try await Gnuplot().render(figure, as: format)
    #expect(bytes.starts(with: magic))
    #expect(bytes.count > 1000)
    #expect(try await Gnuplot().render(figure, as: format) == bytes, "not the same twice")
  }

  @Test(.enabled(if: InstalledGnuplot.version != nil, "no gnuplot here"))
  func svgFitsIntoAPage() async throws {
    let figure = Sample.figure()
    let text = String(
      decoding: try await Gnuplot().render(figure, as: .svg, prefix: "first"), as: UTF8.self)
    #expect(!text.lowercased().contains("gnuplot 5"))
    #expect(!text.contains("Produced"))
    #expect(text.contains("<title id=\"first-title\">A &lt;sample&gt;</title>"))
    #expect(text.contains("<desc id=\"first-desc\">One of everything, &amp; more.</desc>"))
    #expect(text.contains("aria-labelledby=\"first-title first-desc\""))
    let names = text.matches(of: /\bid=['"]([^'"]*)/).map { String($0.output.1) }
    #expect(names.count > 10)
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { $0.hasPrefix("first-") })
    let uses = text.matches(of: /href=['"]#([^'"]*)/).map { String($0.output.1) }
    #expect(!uses.isEmpty && uses.allSatisfy(names.contains))
    let parser = XMLCheck()
    #expect(parser.isWellFormed(text))
  }

  @Test(.enabled(if: InstalledGnuplot.version != nil, "no gnuplot here"))
  func pdfHasAFixedDate() async throws {
    let bytes = try await Gnuplot().render(Sample.figure(), as: .pdf)
    let text = String(decoding: bytes, as: Unicode.ASCII.self)
    if text.contains("/CreationDate") { #expect(text.contains("(D:20000101000000")) }
  }

  @Test(.enabled(if: InstalledGnuplot.version != nil, "no gnuplot here"))
  func textIsAsWideAsAsked() async throws {
    let bytes = try await Gnuplot().render(
      Sample.figure(), as: .text(columns: 72, rows: 18))
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.count <= 72 && $0.last != " " })
    #expect(lines.count > 25 && lines.count <= 38)
    #expect(lines.contains { $0.contains("compute C (FLOP)") })
    #expect(lines.contains { $0.contains("1e20") })
    #expect(lines.contains { $0.contains("loss") })
  }

  /// A figure that was kept draws the picture that was made, but for the words of its head.
  @Test(.enabled(if: InstalledGnuplot.version != nil, "no gnuplot here"))
  func keptFilesDrawTheSamePicture() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("fitlaws-figures-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let figure = Sample.figure()
    for file in figure.files(as: .svg) {
      try Data(file.text.utf8).write(to: folder.appendingPathComponent(file.name))
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gnuplot", "sample.gp"]
    process.currentDirectoryURL = folder
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let drawn = try String(
      contentsOf: folder.appendingPathComponent("sample.svg"), encoding: .utf8)
    let made = String(decoding: try await Gnuplot().render(figure, as: .svg), as: UTF8.self)
    func body(_ text: String) -> Substring {
      text.firstRange(of: "<rect x=\"0\"").map { text[$0.lowerBound...] } ?? ""
    }
    #expect(!body(drawn).isEmpty)
    #expect(body(made).replacing("sample-", with: "") == String(body(drawn)))
  }

  @Test(arguments: ["no-such-gnuplot", "/nowhere/gnuplot"])
  func withoutGnuplotItSaysHowToInstallIt(_ program: String) async throws {
    let error = try await fault(of: program)
    #expect(error.code == .notFound)
    for word in [program, "apt-get install gnuplot-nox", "brew install", "FITLAWS_GNUPLOT"] {
      #expect(error.message.contains(word), "\(error)")
    }
    #expect(!error.message.contains("\n"))
  }

  @Test func aProgramThatIsNoneIsAnError() async throws {
    let error = try await fault(of: "/bin/false")
    #expect(error.code == .failed)
    #expect(error.message.contains("/bin/false"))
    #expect(!error.message.contains("\n"))
  }

  private func fault(of program: String) async throws -> GnuplotError {
    do throws(GnuplotError) {
      _ = try await Gnuplot(program).render(Sample.figure(), as: .svg)
    } catch {
      return error
    }
    Issue.record("nothing was at fault")
    throw CancellationError()
  }

  @Test func endingsSayTheFormat() {
    #expect(PictureFormat(path: "a/b.c/fig.SVG") == .svg)
    #expect(PictureFormat(path: "fig.png") == .png)
    #expect(PictureFormat(path: "fig.pdf") == .pdf)
    #expect(PictureFormat(path: "fig.jpg") == nil)
    #expect(PictureFormat(path: "svg.d/fig") == nil)
  }
}

/// Whether every tag of a text is closed in its order.
private struct XMLCheck {
  func isWellFormed(_ text: String) -> Bool {
    var open: [Substring] = []
    for match in text.matches(of: /<(\/?)([A-Za-z]+)[^>]*?(\/?)>/) {
      let (isEnd, name, isEmpty) = (
        !match.output.1.isEmpty, match.output.2, !match.output.3.isEmpty
      )
      if isEnd {
        guard open.popLast() == name else { return false }
      } else if !isEmpty {
        open.append(name)
      }
    }
    return open.isEmpty
  }
}
