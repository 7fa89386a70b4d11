internal import ArgumentParser
internal import Figures
internal import Tables

/// Where a report goes, and as what.
struct ReportOutputOptions: ParsableArguments {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case html, markdown
  }

  @Option(
    name: .long, help: "The default is what the ending of --output says, else html.")
  var format: Format?

  @Option(
    name: [.long, .customShort("o")],
    help: ArgumentHelp(
      "Write to this file, .html or .md, all or nothing; the default is standard output.",
      valueName: "file"))
  var output: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Write the figures into this folder, with scripts and data to restyle them.",
      valueName: "folder"))
  var keep: String?

  /// The format, by option or ending.
  func chosenFormat() throws -> Format {
    if let format { return format }
    guard let output else { return .html }
    switch output.split(separator: "/").last?.split(separator: ".").last?.lowercased() {
    case "html", "htm": return .html
    case "md", "markdown": return .markdown
    default:
      throw ValidationError(
        "--output \(output): a report ends in .html or .md, or say --format html or markdown.")
    }
  }

  /// Draws and writes.
  ///
  /// - Parameters:
  ///   - report: what to write.
  ///   - format: as what.
  ///   - inputs: the files it was made from, which it must not replace.
  /// - Throws: `InputFault` for such a file, `FileError` for one that cannot be written.
  func deliver(_ report: Report, as format: Format, from inputs: [String?]) async throws {
    let console = Console.current
    if let output, inputs.contains(output) {
      throw InputFault("--output \(output): that is the input; write the report to another file")
    }
    let pictures = format == .html || keep != nil ? await report.pictures() : [:]
    if let fault = pictures.fault {
      console.error("warning: \(fault.message); the report is without figures\n")
    }
    let paths = try keep.map { try write(report.figures, pictures, into: $0) } ?? [:]
    let text =
      switch format {
      case .html: report.html(pictures)
      case .markdown: report.markdown(paths)
      }
    guard let output else { return try console.write(text) }
    try AtomicFile.write(text, to: output)
    console.error("wrote \(output)\n")
  }

  /// Writes pictures, scripts and data.
  ///
  /// - Returns: the path of each picture as the report names it.
  private func write(
    _ figures: [Figure], _ pictures: [String: Picture], into folder: String
  ) throws -> [String: String] {
    try PlotOutputOptions.makeFolder(folder)
    var paths: [String: String] = [:]
    for figure in figures {
      for file in figure.files() { try AtomicFile.write(file.text, to: "\(folder)/\(file.name)") }
      guard case .success(let svg) = pictures[figure.name] else { continue }
      try AtomicFile.write(svg, to: "\(folder)/\(figure.name).svg")
      paths[figure.name] = Self.path("\(folder)/\(figure.name).svg", from: output)
    }
    return paths
  }

  /// A path as a file beside or above it has to name it.
  private static func path(_ path: String, from document: String?) -> String {
    guard let document else { return path }
    func parts(_ path: String) -> [Substring] { path.split(separator: "/").filter { $0 != "." } }
    let (here, there) = (parts(AtomicFile.split(document).directory), parts(path))
    // Where only one of them is absolute, or one leads upwards, names say too little.
    guard document.hasPrefix("/") == path.hasPrefix("/"), !here.contains("..") else { return path }
    let common = zip(here, there).prefix { $0 == $1 }.count
    return (here.dropFirst(common).map { _ in ".." } + there.dropFirst(common))
      .joined(separator: "/")
  }
}
