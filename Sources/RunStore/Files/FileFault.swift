internal import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a file of a store cannot be used; whoever knows the run makes it a problem or an error.
struct FileFault: Error {
  var code: RunStoreProblem.Code
  var file: String
  var line: Int?
  var offset: Int?
  var message: String

  init(
    _ code: RunStoreProblem.Code, _ file: String, line: Int? = nil, offset: Int? = nil,
    _ message: String
  ) {
    self.code = code
    self.file = file
    self.line = line
    self.offset = offset
    self.message = message
  }

  init(_ failure: SystemCalls.Failure, _ file: String) {
    let code: RunStoreProblem.Code = failure.number == ENOENT ? .missingFile : .unreadable
    var message = "cannot read: \(SystemCalls.message(failure.number))"
    if failure.number == ELOOP || failure.number == ENOTDIR {
      message = "a symbolic link or no directory; a store holds its files itself"
    }
    self.init(code, file, message)
  }

  init(_ error: JSONTextError, _ file: String) {
    self.init(.badFile, file, line: error.line, error.message)
  }

  func problem(in run: RunID) -> RunStoreProblem {
    RunStoreProblem(
      code, run: run, path: "\(run.path)/\(file)", line: line, offset: offset, message)
  }

  func error(in run: RunID) -> RunStoreError {
    let line = line.map { ":\($0)" } ?? ""
    return RunStoreError(
      code == .newerVersion ? .newerVersion : .damaged, path: "\(run.path)/\(file)\(line)", message)
  }
}

extension RunID {
  /// The run's directory, from the store's root.
  var path: String { "runs/\(shard)/\(text)" }
}

extension RunStoreError {
  init(_ failure: SystemCalls.Failure, _ doing: String, _ path: String) {
    let isFull = failure.number == ENOSPC || failure.number == EDQUOT || failure.number == EFBIG
    let remedy =
      isFull
      ? "free some space and try again" : "check the path, the permissions and the disk"
    self.init(
      isFull ? .noSpace : .system, path: path,
      "cannot \(doing): \(SystemCalls.message(failure.number)); \(remedy)",
      errorNumber: failure.number)
  }
}

/// The result of system calls, or an error that says what they were for.
func attempt<Value: ~Copyable>(
  _ doing: String, _ path: String, _ work: () throws(SystemCalls.Failure) -> Value
) throws(RunStoreError) -> Value {
  do throws(SystemCalls.Failure) {
    return try work()
  } catch {
    throw RunStoreError(error, doing, path)
  }
}

/// The result of system calls that read a file of a run, or what is wrong with the file.
func reading<Value: ~Copyable>(
  _ file: String, _ work: () throws(SystemCalls.Failure) -> Value
) throws(FileFault) -> Value {
  do throws(SystemCalls.Failure) {
    return try work()
  } catch {
    throw FileFault(error, file)
  }
}
