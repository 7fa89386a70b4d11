import Foundation
import Testing

/// The manual page, and what shells offer.
@Suite struct ManualTests {
  @Test func manualIsAsRecorded() async throws {
    let result = try await CommandLine.succeed(["manual"])
    try GoldenFile.expect(result.output, matches: "manual", .exact)
    // It is for packages: nobody else needs to know of it.
    let help = try await CommandLine.succeed(["--help"])
    #expect(!help.output.contains("manual"))
  }

  /// What stands on the line so far, and what bash offers for its last word.
  static let offers: [(line: [String], expected: [String])] = [
    (["al"], ["allocate"]),
    (["runs", "ex"], ["export"]),
    (["fit", ""], ["recipes.csv", "runs.csv"]),
    (["allocate", ""], ["fit.json"]),
    (["fit", "runs.csv", "--law", "ch"], ["chinchilla", "chinchilla-tied"]),
    (["fit", "runs.csv", "--los"], ["--loss"]),
    (
      ["fit", "runs.csv", "--loss", ""], ["absolute", "cauchy", "huber", "softL1", "squares"]
    ),
    (["laws", "ka"], ["kaplan"]),
    (["plan", "fit.json", "--gpu", "h1"], ["h100-80gb"]),
    (["memory", "--model", "mix"], ["mixtral-8x7b"]),
    (["memory", "--recipe", "lo"], ["lomo", "lora"]),
    (["isoflop", "runs.csv", "--curve", "a"], ["akima"]),
    (["fit", "runs.csv", "--format", "m"], ["markdown"]),
    (["plot", ""], ["fit.json", "recipes.csv", "runs.csv"]),
    (["plot", "fit.json", "--kind", "p"], ["pairs", "plan", "profile"]),
    (["report", ""], ["fit.json"]),
  ]

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/bash")), arguments: offers)
  func bashCompletes(_ line: [String], _ expected: [String]) async throws {
    let bench = try Workbench()
    try bench.addRecipes()
    try bench.write("{}", to: "fit.json")
    let script = try await CommandLine.succeed(["--generate-completion-script", "bash"]).output
    let words = (["fitlaws"] + line).map { "'\($0)'" }.joined(separator: " ")
    try bench.write(
      """
      \(script)
      COMP_WORDS=(\(words)); COMP_CWORD=\(line.count); COMP_LINE="${COMP_WORDS[*]}"
      COMP_POINT=${#COMP_LINE}
      _fitlaws fitlaws "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """, to: "complete.sh")
    let bash = Process()
    bash.executableURL = URL(fileURLWithPath: "/bin/bash")
    bash.arguments = ["complete.sh"]
    bash.currentDirectoryURL = URL(fileURLWithPath: bench.folder)
    let output = Pipe()
    bash.standardOutput = output
    bash.standardError = FileHandle.nullDevice
    try bash.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    bash.waitUntilExit()
    #expect(text.split(separator: "\n").map(String.init).sorted() == expected)
  }

  /// The scripts are swift-argument-parser's: another release of it may write them otherwise.
  @Test(arguments: ["bash", "zsh", "fish"])
  func scriptsAreAsRecorded(_ shell: String) async throws {
    let script = try await CommandLine.succeed(["--generate-completion-script", shell]).output
    try GoldenFile.expect(script, matches: "completion", .exact, ending: shell)
  }
}
