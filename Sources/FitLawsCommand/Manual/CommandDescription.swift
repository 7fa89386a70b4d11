internal import ArgumentParser
internal import Tables

/// What the parser knows of the commands and their options: what it prints for
/// `--experimental-dump-help`.
struct CommandDescription: Decodable {
  /// An argument, an option or a flag.
  struct Argument: Decodable {
    struct Name: Decodable {
      var kind: String
      var name: String

      /// As it is typed.
      var text: String { (kind == "long" ? "--" : "-") + name }
    }

    var kind: String
    var abstract: String?
    var names: [Name]?
    var valueName: String?
    var sectionTitle: String?
    var defaultValue: String?
    var allValues: [String]?
    var shouldDisplay: Bool
  }

  var commandName: String
  var abstract: String?
  var discussion: String?
  var arguments: [Argument]?
  var subcommands: [CommandDescription]?
  var superCommands: [String]?
  var shouldDisplay: Bool

  /// The words of the command: `fitlaws runs log`.
  var words: String { ((superCommands ?? []) + [commandName]).joined(separator: " ") }

  /// The command and all below it that are shown, in the order of the help.
  var all: [CommandDescription] {
    [self]
      + (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
      .flatMap(\.all)
  }

  private struct Dump: Decodable {
    var command: CommandDescription
  }

  /// The description of the whole command line.
  static func all() throws -> CommandDescription {
    do {
      _ = try FitLaws.parseAsRoot(["--experimental-dump-help"])
    } catch {
      let json = FitLaws.fullMessage(for: error)
      return try JSONText.decode(Dump.self, from: Array(json.utf8)).command
    }
    preconditionFailure("the parser describes its commands by an error")
  }
}
