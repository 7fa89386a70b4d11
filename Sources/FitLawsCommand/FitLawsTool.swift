internal import ArgumentParser
internal import Tables

/// The command `fitlaws`, callable from a program: what the executable runs, and what the tests
/// run.
public enum FitLawsTool {
  /// Runs a command line.
  ///
  /// - Parameters:
  ///   - arguments: the words behind the command's name.
  ///   - console: where output goes. The default is standard output and standard error.
  /// - Returns: the exit code: 0 done, 1 the input or the fit is at fault, 3 done but for what is
  ///   wrong in the store, 64 wrong usage.
  public static func run(_ arguments: [String], console: Console = .standard) async -> Int32 {
    await Console.$current.withValue(console) {
      do {
        var command = try FitLaws.parseAsRoot(arguments)
        if var asynchronous = command as? any AsyncParsableCommand {
          try await asynchronous.run()
        } else {
          try command.run()
        }
        return 0
      } catch let code as ExitCode {
        // Everything has been said.
        return code.rawValue
      } catch let fault as InputFault {
        console.error("fitlaws: \(fault.message)\n")
        return 1
      } catch {
        let code = FitLaws.exitCode(for: error)
        if code == .success {
          try? console.write(FitLaws.fullMessage(for: error, columns: console.width) + "\n")
        } else if code == .validationFailure {
          console.error("fitlaws: \(usageFault(error, arguments))\n")
        } else {
          console.error("fitlaws: \(InputFault.line(error))\n")
        }
        return code.rawValue
      }
    }
  }

  /// What is wrong with the words of a command line, in one line that says where the right ones are
  /// listed.
  private static func usageFault(_ error: any Error, _ arguments: [String]) -> String {
    var verb = ""
    var command: any ParsableCommand.Type = FitLaws.self
    // The verb, and what it is a verb of: `runs list`.
    for word in arguments {
      let subcommands = command.configuration.subcommands
      guard !subcommands.isEmpty, !word.hasPrefix("-"), word != "help" else { break }
      let names = subcommands.compactMap {
        $0.configuration.shouldDisplay ? $0.configuration.commandName : nil
      }
      let named = subcommands.first { $0.configuration.commandName == word }
      guard let named else {
        let hint = nearest(word, among: names).map { "did you mean '\(verb)\($0)'?" }
        return "no verb '\(verb)\(word)'; "
          + (hint
            ?? "the verbs are \(names.joined(separator: ", ")) (see 'fitlaws \(verb)--help')")
      }
      verb += word + " "
      command = named
    }
    var message = InputFault.oneLine(FitLaws.message(for: error))
    if let choice = ValidationError(parserMessage: message) { message = choice.message }
    while message.last == "." { message.removeLast() }
    return "\(message) (see 'fitlaws \(verb)--help')"
  }
}

/// A fault of the input that a verb found itself, in one line.
struct InputFault: Error, CustomStringConvertible {
  var message: String

  var description: String { message }

  init(_ message: String) { self.message = message }

  /// An error of the library as one line.
  static func line(_ error: any Error) -> String {
    oneLine(String(describing: error))
  }

  static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
