internal import ArgumentParser
internal import Figures
internal import Tables

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Where a picture goes: a file by its ending, or the terminal.
struct PlotOutputOptions: ParsableArguments {
  @Option(
    name: [.long, .customShort("o")],
    help: ArgumentHelp(
      "Draw into this file, .svg, .png or .pdf. The default is the terminal, in characters.",
      valueName: "file"), completion: .file())
  var output: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Keep script and data in this folder, to restyle: gnuplot NAME.gp there draws them.",
      valueName: "folder"), completion: .directory)
  var keep: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "On the terminal: dumb (the default, characters) or sixel (pixels).", valueName: "name"),
    completion: .list(["dumb", "sixel"]))
  var terminal: String?

  /// Where it goes, which is known before the work begins.
  struct Target {
    var format: PictureFormat
    var path: String?
  }

  /// Checks the options.
  func target() throws -> Target {
    guard let output else {
      switch terminal {
      case nil, "dumb":
        let columns = Self.columns
        return Target(format: .text(columns: columns, rows: Self.rows(columns)))
      case "sixel": return Target(format: .sixel)
      case let other?:
        throw ValidationError("--terminal takes dumb or sixel, not '\(other)'.")
      }
    }
    guard terminal == nil else {
      throw ValidationError("Give --output for a file, or --terminal, not both.")
    }
    guard let format = PictureFormat(path: output) else {
      throw ValidationError(
        "--output \(output): a picture ends in \(PictureFormat.endings.joined(separator: ", ")).")
    }
    return Target(format: format, path: output)
  }

  /// Draws.
  ///
  /// - Throws: `InputFault` for an output that is an input, `FileError`, `GnuplotError` as an
  ///   `InputFault` that also says where the script is.
  func deliver(_ plot: Plot, to target: Target) async throws {
    let console = Console.current
    let figure = plot.figure
    if let path = target.path, plot.inputs.contains(path) {
      throw InputFault("--output \(path): that is the input; write the picture to another file")
    }
    let format = target.format
    var kept: String?
    if let keep {
      try Self.makeFolder(keep)
      for file in figure.files(as: format) {
        try AtomicFile.write(file.text, to: "\(keep)/\(file.name)")
      }
      kept = "\(keep)/\(figure.name).gp"
    }
    let bytes: [UInt8]
    do {
      bytes = try await Gnuplot().render(figure, as: format)
    } catch {
      let script = try kept ?? Self.writeScript(figure, format, beside: target.path)
      throw InputFault("\(error); the script is in \(script)")
    }
    if let path = target.path {
      try AtomicFile.write(bytes, to: path)
      console.error("wrote \(path)\n")
    } else {
      try console.write(String(decoding: bytes, as: UTF8.self))
    }
    if let kept { console.error("wrote \(kept)\n") }
    for note in plot.notes { console.error("\(note)\n") }
    if plot.isPartial { throw ExitCode(3) }
  }

  /// What could not be drawn as one script: beside the picture, or here.
  private static func writeScript(
    _ figure: Figure, _ format: PictureFormat, beside path: String?
  ) throws -> String {
    let folder = path.map { $0.prefix(upTo: $0.lastIndex(of: "/").map { $0 } ?? $0.startIndex) }
    let file = figure.file(as: format)
    let script = folder.map { $0.isEmpty ? file.name : "\($0)/\(file.name)" } ?? file.name
    try AtomicFile.write(file.text, to: script)
    return script
  }

  /// Makes a folder, unless it is there.
  static func makeFolder(_ path: String) throws {
    if (try? Directory(at: path)) != nil { return }
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw InputFault("--keep \(path): no folder can be made there; check the path")
    }
  }

  // MARK: - Terminal

  /// Rows of characters for a panel.
  private static func rows(_ columns: Int) -> Int { min(max(columns / 4, 18), 40) }

  /// Columns of the terminal.
  private static var columns: Int {
    let stated = ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) }
    return min(max(Console.current.width ?? stated ?? TerminalSize.columns ?? 80, 40), 240)
  }
}
