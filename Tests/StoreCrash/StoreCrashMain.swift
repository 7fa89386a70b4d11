import Foundation
import RunStore
import Tables

/// Works on a store and says on standard output what it was told is done, so that a test can stop
/// it anywhere and see whether what was acknowledged is there.
///
///     store-crash script ROOT kill|tear CALL         every operation once, a fault at one change
///     store-crash errors ROOT ERRNO FROM TO          the same in a store for each call that fails
///     store-crash stream ROOT ID                     rows at full speed, for ever
///     store-crash label ROOT ID NAME COUNT           labels, beside other processes
///     store-crash start ROOT COUNT                   new runs and queries, beside others
///     store-crash fill ROOT BYTES                    rows up to a limit of the file's size
@main
struct StoreCrashMain {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count >= 2 else { exit(64) }
    let root = arguments[1]
    switch arguments[0] {
    case "script":
      FaultInjection.strike(
        arguments[2] == "tear" ? .tear : .kill, atCall: Int(arguments[3]) ?? .max,
        onlyChanges: true)
      Script(root: root).run()
      say("calls \(FaultInjection.calls)")
    case "errors":
      for call in (Int(arguments[3]) ?? 1)...(Int(arguments[4]) ?? 1) {
        say("call \(call)")
        let number = Int32(arguments[2]) ?? EIO
        // Reading needs no space.
        FaultInjection.strike(.fail(number), atCall: call, onlyChanges: number == ENOSPC)
        Script(root: "\(root)-\(call)").run()
      }
      say("calls \(FaultInjection.calls)")
    case "stream": try stream(root, arguments[2])
    case "label": try label(root, arguments[2], arguments[3], Int(arguments[4]) ?? 0)
    case "start": try start(root, Int(arguments[2]) ?? 0)
    case "fill": try fill(root, Int(arguments[2]) ?? 0)
    default: exit(64)
    }
  }

  /// Acknowledges at once: nothing is held back when the process is killed.
  static func say(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }

  private static func stream(_ root: String, _ id: String) throws {
    let run = try RunStore(at: root).start(RunRecord(id: RunID(id) ?? RunID(new: .now)))
    for step in 0... {
      try run.log(step: step, ["loss": 1 / Double(step + 1), "step squared": Double(step * step)])
      say("\(step)")
    }
  }

  private static func label(_ root: String, _ id: String, _ name: String, _ count: Int) throws {
    let store = try RunStore(at: root)
    guard let id = RunID(id) else { exit(64) }
    for number in 0..<count {
      try store.updateLabels(of: id) { $0.tags["\(name)-\(number)"] = "" }
    }
  }

  private static func start(_ root: String, _ count: Int) throws {
    let store = try RunStore.create(at: root)
    for number in 0..<count {
      let run = try store.start(RunRecord(name: "\(number)"))
      try run.log(step: 0, ["loss": Double(number)])
      try run.finish()
      let answer = try store.table(RunQuery(columns: ["id", "status"]))
      guard answer.problems.isEmpty, answer.runs.contains(run.id) else { exit(2) }
      say(run.id.text)
    }
  }

  private static func fill(_ root: String, _ bytes: Int) throws {
    let run = try RunStore(at: root).start(RunRecord())
    _ = signal(SIGXFSZ, SIG_IGN)
    #if canImport(Glibc)
      let fileSize = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
    #else
      let fileSize = RLIMIT_FSIZE
    #endif
    var limit = rlimit()
    _ = unsafe getrlimit(fileSize, &limit)
    let whole = limit.rlim_cur
    limit.rlim_cur = rlim_t(bytes)
    _ = unsafe setrlimit(fileSize, &limit)
    var refused = 0
    var last = Int.max
    var step = 0
    while step < last {
      do {
        try run.log(step: step, ["loss": Double(step) / 3])
        say("\(step)")
      } catch {
        say("refused \(step) \(error.code)")
        refused += 1
        if refused == 3 {
          // There is room again.
          limit.rlim_cur = whole
          _ = unsafe setrlimit(fileSize, &limit)
          last = step + 20
        }
      }
      step += 1
    }
    try run.finish()
  }
}
