internal import ArgumentParser
internal import ScalingLaws

/// The manual page of all verbs, in the macros of man(7).
enum ManualPage {
  /// The page.
  static func text() throws -> String {
    let commands = try CommandDescription.all().all
    var page = ".TH FITLAWS 1 \"\" \"fitlaws \(fitLawsVersion)\" \"User Commands\"\n"
    // Neither words broken at hyphens nor lines filled with blanks: both damage commands.
    page += ".nh\n.ad l\n"
    for (index, command) in commands.enumerated() {
      let (said, examples) = parts(of: command.discussion ?? "")
      if index == 0 {
        page += ".SH NAME\nfitlaws \\- \(escaped(command.abstract ?? ""))\n"
        page += ".SH SYNOPSIS\n.B fitlaws\n.I verb\n.RI [ input ]\n.RI [ options ]\n"
        page += ".SH DESCRIPTION\n" + said
      } else {
        page += index == 1 ? ".SH VERBS\n" : ""
        page += ".SS \(escaped(command.words))\n" + paragraph(command.abstract ?? "")
        page += verbatim(usage(of: command)) + said
      }
      if !examples.isEmpty { page += ".PP\nExamples:\n" + verbatim(examples) }
      page += options(of: command)
    }
    return page + ending
  }

  private static let ending = """
    .SH ENVIRONMENT
    .TP
    .B FITLAWS_STORE
    The store of runs where none is named by \\-\\-store.
    .SH SEE ALSO
    .BR jq (1),
    .BR sha256sum (1)

    """

  /// How a command is called, a line a form.
  private static func usage(of command: CommandDescription) -> [String] {
    let words = command.words.split(separator: " ").dropFirst().map(String.init) + ["--help"]
    do {
      var help = try FitLaws.parseAsRoot(words)
      try help.run()
      return []
    } catch {
      return FitLaws.fullMessage(for: error, columns: 1000).split(
        separator: "\n", omittingEmptySubsequences: false
      ).drop { !$0.hasPrefix("USAGE: ") }.prefix { !$0.isEmpty }.map { String($0.dropFirst(7)) }
    }
  }

  /// What a discussion says, and the lines of its examples.
  private static func parts(of discussion: String) -> (said: String, examples: [String]) {
    var said = ""
    var examples: [String] = []
    for block in discussion.split(separator: "\n\n", omittingEmptySubsequences: true) {
      if block.hasPrefix("EXAMPLES\n") {
        examples = block.split(separator: "\n").dropFirst().map { String($0.drop { $0 == " " }) }
      } else {
        said += paragraph(String(block))
      }
    }
    return (said, examples)
  }

  /// The arguments and options of a command, by their groups; what every command has is left out.
  private static func options(of command: CommandDescription) -> String {
    let shown = (command.arguments ?? []).filter { argument in
      argument.shouldDisplay && !["version", "help"].contains(argument.valueName ?? "")
    }
    var titles: [String] = []
    for argument in shown where !titles.contains(argument.sectionTitle ?? "") {
      titles.append(argument.sectionTitle ?? "")
    }
    // Arguments and what belongs to no group come first.
    titles = titles.filter { $0.isEmpty } + titles.filter { !$0.isEmpty }
    return titles.map { title in
      (title.isEmpty ? "" : ".PP\n\(escaped(title)):\n")
        + shown.filter { ($0.sectionTitle ?? "") == title }.map(item).joined()
    }.joined()
  }

  private static func item(_ argument: CommandDescription.Argument) -> String {
    let value = "\\fI\(escaped(argument.valueName ?? ""))\\fR"
    let names = (argument.names ?? []).map { "\\fB\(escaped($0.text))\\fR" }
      .joined(separator: ", ")
    let tag =
      switch argument.kind {
      case "positional": value
      case "flag": names
      default: "\(names) \(value)"
      }
    var words = argument.abstract ?? ""
    if let values = argument.allValues {
      words += " (values: \(values.joined(separator: ", ")))"
    }
    if let value = argument.defaultValue, argument.kind != "flag" {
      words += " (default: \(value))"
    }
    return ".TP\n\(tag)\n\(escaped(words))\n"
  }

  private static func paragraph(_ text: String) -> String {
    ".PP\n" + escaped(text.split(separator: "\n").joined(separator: " ")) + "\n"
  }

  private static func verbatim(_ lines: [String]) -> String {
    ".PP\n.RS 4\n.nf\n" + lines.map { escaped($0) + "\n" }.joined() + ".fi\n.RE\n"
  }

  /// Text whose characters mean nothing to roff.
  private static func escaped(_ text: String) -> String {
    let text = text.reduce(into: "") { result, character in
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "'": result += "\\(aq"
      case "^": result += "\\(ha"
      case "~": result += "\\(ti"
      case "`": result += "\\(ga"
      default: result.append(character)
      }
    }
    return text.hasPrefix(".") ? "\\&" + text : text
  }
}

/// `fitlaws manual`: for those who package the command.
struct ManualVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Print the manual page.", shouldDisplay: false)

  func run() throws {
    try Console.current.write(try ManualPage.text())
  }
}
