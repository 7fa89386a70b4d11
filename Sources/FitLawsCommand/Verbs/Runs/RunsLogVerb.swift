internal import ArgumentParser
internal import RunStore
internal import Tables

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// `fitlaws runs log`.
struct RunsLogVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Log a run: JSON Lines on standard input.",
    discussion: """
      A line is a row, {"step": 2048, "loss": 2.875, "tokens": 4194304}: step is a whole number, t (seconds since 1970) \
      may be there, every other key is a metric; NaN and Infinity may be written as Python does. {"end": "finished"} \
      (or failed, killed) ends the run. Input that ends without it was cut off: the run counts as killed, and fits \
      leave it out, unless --at-end says otherwise. The first line of the output is the run's identifier. A row is \
      stored when the next line is read, whatever happens to this process then; a line that is no row is named on \
      standard error and left out, and the exit code is 3. The metric tokens, if it is logged, counts the tokens seen.

      EXAMPLES
        fitlaws runs log --store lab --params 190M --tokens 3.8B < steps.jsonl
        fitlaws runs log --store lab --config lr=3e-4 --at-end finished < steps.jsonl
      """)

  @OptionGroup var store: StoreOptions

  @Option(name: .long, help: ArgumentHelp("A name for people.", valueName: "text"))
  var name: String?

  @Option(name: .long, help: ArgumentHelp("Parameters of the model: 190M.", valueName: "number"))
  var params: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Tokens that the run is to see, repetitions counted: 3.8B.", valueName: "number"))
  var tokens: String?

  @Option(name: .long, help: ArgumentHelp("Different tokens.", valueName: "number"))
  var uniqueTokens: String?

  @Option(name: .long, help: ArgumentHelp("Compute of the whole run in FLOP.", valueName: "number"))
  var flops: String?

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("Settings; they become columns config.NAME.", valueName: "name=value"))
  var config: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("Settings as a JSON object.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var configFile: String?

  @Option(name: .long, parsing: .singleValue, help: ArgumentHelp("Tags.", valueName: "name=value"))
  var tag: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp("An identifier of your own; the default is a new one.", valueName: "id"))
  var id: String?

  @Option(name: .long, help: ArgumentHelp("Go on with this run.", valueName: "id"))
  var resume: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What a stored row survives: process (the default), power, power:100 (every 100 rows) or buffered.",
      valueName: "what"))
  var durability: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What the end of the input means: finished, failed or killed (the default).",
      valueName: "status"))
  var atEnd: String?

  @Flag(name: .long, help: "Write the step of each row to standard output once it is stored.")
  var acknowledge = false

  func run() async throws {
    let durability = try self.durability.map { try Self.durability($0) } ?? .process
    let atEnd = try self.atEnd.map { try RunsLabelVerb.status($0, option: "--at-end") }
    let tags = try Assignments.texts(tag, option: "--tag")
    let store = try store.open()
    let writer: RunWriter
    if let resume {
      guard !hasRecord else {
        throw ValidationError("--resume goes on with a run as it is; only --tag can be added.")
      }
      writer = try store.resume(try IDLookup.run(resume, in: store), durability: durability)
    } else {
      writer = try store.start(try record(), durability: durability)
    }
    if !tags.isEmpty { try store.updateLabels(of: writer.id) { $0.tags.merge(tags) { $1 } } }
    // An interrupt goes to the whole pipeline; it ends the training, whose input ends then.
    let isPiped = isatty(0) == 0
    let before = isPiped ? signal(SIGINT, SIG_IGN) : nil
    defer { if isPiped { _ = signal(SIGINT, before) } }
    var log = RunLog(writer, acknowledges: acknowledge)
    try log.readAll()
    try log.finish(atEnd)
  }

  private var hasRecord: Bool {
    name != nil || params != nil || tokens != nil || uniqueTokens != nil || flops != nil
      || !config.isEmpty || configFile != nil || id != nil
  }

  private func record() throws -> RunRecord {
    var record = RunRecord(name: name ?? "")
    if let id {
      guard let own = RunID(id) else {
        throw ValidationError(
          "--id takes 3 to 32 of a to z, 0 to 9, _ and -, the first a letter or digit, not '\(id)'."
        )
      }
      record.id = own
    }
    record.model.params = try Self.count(params, "--params")
    record.data.plannedTokens = try Self.count(tokens, "--tokens")
    record.data.uniqueTokens = try Self.count(uniqueTokens, "--unique-tokens")
    record.compute.flops = try Self.number(flops, "--flops")
    if let configFile {
      let value = try JSONValue(parsing: FileBytes.read(configFile), source: configFile)
      guard let object = value.object else {
        throw InputFault("\(configFile): not a JSON object; --config-file takes one")
      }
      record.config = object
    }
    for (key, text) in try Assignments.texts(config, option: "--config") {
      record.config[key] = (try? JSONValue(parsing: Array(text.utf8))) ?? .string(text)
    }
    return record
  }

  private static func number(_ text: String?, _ option: String) throws -> Double? {
    guard let text else { return nil }
    guard let number = Quantity.parse(text), number > 0 else {
      throw ValidationError(
        "\(option) takes a positive number such as 190M or 3.8e9, not '\(text)'.")
    }
    return number
  }

  private static func count(_ text: String?, _ option: String) throws -> Int? {
    guard let number = try number(text, option), let text else { return nil }
    guard let count = Int(text) ?? Int(exactly: number) else {
      throw ValidationError("\(option) takes a whole number such as 190M, not '\(text)'.")
    }
    return count
  }

  private static func durability(_ word: String) throws -> Durability {
    switch word {
    case "process": return .process
    case "buffered": return .buffered
    case "power": return .power(every: 1)
    default:
      if word.hasPrefix("power:"), let rows = Int(word.dropFirst(6)), rows >= 1 {
        return .power(every: rows)
      }
      throw ValidationError(
        "--durability takes process, power, power:100 or buffered, not '\(word)'.")
    }
  }
}
