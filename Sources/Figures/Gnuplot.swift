internal import Subprocess

#if canImport(System)
  internal import System
#else
  internal import SystemPackage
#endif

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// gnuplot, which draws figures.
///
/// It runs without its own settings files and under a fixed locale; scripts reach it on standard
/// input, and what it draws comes back as bytes. Nothing is written to disk.
public struct Gnuplot: Sendable, Hashable {
  /// The environment variable that names another gnuplot.
  public static let variable = "FITLAWS_GNUPLOT"

  /// The program: a path, or a name that is looked for in `PATH`.
  public var program: String

  /// Names the program.
  ///
  /// - Parameter program: a path or a name. The default is what the environment variable
  ///   ``variable`` says, else `gnuplot`.
  public init(_ program: String? = nil) {
    let stated = ProcessInfo.processInfo.environment[Self.variable].flatMap {
      $0.isEmpty ? nil : $0
    }
    self.program = program ?? stated ?? "gnuplot"
  }

  /// Draws a figure.
  ///
  /// SVG holds neither version nor date, its title and description are those of the figure, and all
  /// its identifiers begin with a prefix, so that several can stand in one page. PDF has a fixed
  /// date.
  ///
  /// - Parameters:
  ///   - figure: what to draw.
  ///   - format: as what.
  ///   - prefix: what identifiers of an SVG begin with. The default is the figure's name.
  /// - Returns: the bytes of the picture, or of the text in UTF-8.
  /// - Throws: ``GnuplotError``.
  public func render(
    _ figure: Figure, as format: PictureFormat, prefix: String? = nil
  ) async throws(GnuplotError) -> [UInt8] {
    let script =
      "set terminal \(format.terminal(figure))\n" + figure.script(for: format.medium)
    let bytes = try await run(script)
    switch format {
    case .svg:
      return Array(
        SVGText.neutral(
          String(decoding: bytes, as: UTF8.self), prefix: prefix ?? figure.name,
          title: figure.title, description: figure.summary
        ).utf8)
    case .pdf: return Self.undated(bytes)
    case .text:
      return Array(Self.trimmed(String(decoding: bytes, as: UTF8.self)).utf8)
    case .png, .sixel: return bytes
    }
  }

  /// The most that a picture may take; a runaway script should not fill memory.
  private static let limit = 256 << 20

  private func run(_ script: String) async throws(GnuplotError) -> [UInt8] {
    let inherited = ProcessInfo.processInfo.environment
    var environment: [Environment.Key: String] = ["LC_ALL": "C"]
    // The libraries that draw look for fonts, and keep a list of them, below HOME.
    for name in ["PATH", "HOME", "XDG_CACHE_HOME", "FONTCONFIG_PATH", "FONTCONFIG_FILE"] {
      environment[Environment.Key(stringLiteral: name)] = inherited[name]
    }
    let executable: Executable = program.contains("/") ? .path(FilePath(program)) : .name(program)
    guard let input = ScriptFile(script) else {
      throw GnuplotError(
        .failed, "no temporary file can be made for gnuplot (error \(errno)); check TMPDIR's disk")
    }
    defer { input.close() }
    let outcome: ExecutionResult<Void, BytesOutput, BytesOutput>
    do {
      outcome = try await Subprocess.run(
        executable, arguments: ["--default-settings", "-"], environment: .custom(environment),
        input: .fileDescriptor(
          FileDescriptor(rawValue: input.descriptor), closeAfterSpawningProcess: false),
        output: .bytes(limit: Self.limit),
        error: .bytes(limit: 1 << 20))
    } catch let error as SubprocessError where error.code == .executableNotFound {
      throw GnuplotError(.notFound, missing)
    } catch {
      throw GnuplotError(
        .failed,
        "\(program) cannot be run (\(Figure.plain(String(describing: error)))); "
          + "\(Self.remedy)")
    }
    let words = Self.complaint(String(decoding: outcome.standardError, as: UTF8.self))
    guard outcome.terminationStatus.isSuccess, !outcome.standardOutput.isEmpty else {
      if words.contains("unknown or ambiguous terminal") {
        throw GnuplotError(
          .noTerminal, "\(program) was built without what this format needs; \(Self.remedy)")
      }
      throw GnuplotError(
        .failed,
        "\(program) stopped: \(words.isEmpty ? "\(outcome.terminationStatus)" : words); "
          + "this takes gnuplot 5.4 or newer")
    }
    return outcome.standardOutput
  }

  private static let remedy =
    "install it (apt-get install gnuplot-nox, brew install gnuplot) or name one with "
    + "\(variable)"

  private var missing: String { "there is no program '\(program)' to draw with; \(Self.remedy)" }

  /// The line of its complaints that says what is wrong: the last that is no mere pointer.
  private static func complaint(_ text: String) -> String {
    let lines = text.split(whereSeparator: \.isNewline).map { Figure.plain(String($0)) }
    let last = lines.last { line in line.contains { $0.isLetter } }
    return last.map { String($0.drop { $0 == " " }) } ?? ""
  }

  /// A PDF with a fixed date, as long as that which it had: its table of places must stay right.
  private static func undated(_ bytes: [UInt8]) -> [UInt8] {
    let key = Array("/CreationDate (D:".utf8)
    guard let start = bytes.firstRange(of: key)?.upperBound else { return bytes }
    var bytes = bytes
    let digits = Array("20000101000000".utf8)
    for (offset, digit) in digits.enumerated()
    where start + offset < bytes.count && (48...57).contains(bytes[start + offset]) {
      bytes[start + offset] = digit
    }
    return bytes
  }

  /// Lines without blanks at their ends, and no empty ones at the beginning or end.
  private static func trimmed(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var line = line.filter { $0 != "\u{0C}" }
      while line.last == " " { line.removeLast() }
      return line
    }
    while lines.first?.isEmpty == true { lines.removeFirst() }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// A script in a file without a name: a pipe would end this process, by SIGPIPE, where the other
/// one does not read it.
@safe
private struct ScriptFile {
  private let file: UnsafeMutablePointer<FILE>
  let descriptor: Int32

  /// Writes the file; nil where the disk does not take it.
  init?(_ text: String) {
    guard let file = unsafe tmpfile() else { return nil }
    let bytes = Array(text.utf8)
    let written = unsafe fwrite(bytes, 1, bytes.count, file)
    guard written == bytes.count, unsafe fflush(file) == 0 else {
      unsafe fclose(file)
      return nil
    }
    unsafe rewind(file)
    unsafe self.file = unsafe file
    descriptor = unsafe fileno(file)
  }

  func close() { unsafe fclose(file) }
}
