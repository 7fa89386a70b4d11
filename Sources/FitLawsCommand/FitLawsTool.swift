internal import ArgumentParser

/// The command `fitlaws`, callable from a program: what the executable runs, and what the tests run.
public enum FitLawsTool {
  /// Runs a command line.
  ///
  /// - Parameters:
  ///   - arguments: the words behind the command's name.
  ///   - console: where output goes. The default is standard output and standard error.
  /// - Returns: the exit code: 0 done, 1 the input or the fit is at fault, 64 wrong usage.
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
      } catch let fault as InputFault {
        console.error("fitlaws: \(fault.message)\n")
        return 1
      } catch {
        let code = FitLaws.exitCode(for: error)
        let text = FitLaws.fullMessage(for: error)
        if code == .success {
          console.write(text + "\n")
        } else if code == .validationFailure {
          console.error(text + "\n")
        } else {
          console.error("fitlaws: \(InputFault.line(error))\n")
        }
        return code.rawValue
      }
    }
  }
}

/// A fault of the input that a verb found itself, in one line.
struct InputFault: Error {
  var message: String

  init(_ message: String) { self.message = message }

  /// An error of the library as one line.
  static func line(_ error: any Error) -> String {
    String(describing: error).split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
