internal import ArgumentParser
internal import RunStore
internal import ScalingLaws
internal import Tables

extension FitVerb {
  /// The table, or the store, that is to be fitted.
  func source() throws -> FitInput {
    if input != "-", (try? Directory(at: input)) != nil {
      do {
        return .store(
          path: input, try RunStore(at: input), try runs.selection(filter: data.rows.filter))
      } catch let error as RunStoreError where error.code == .noStore {
        throw InputFault("\(input): a folder, and no store of runs; name a file, or a store")
      }
    }
    try runs.checkUnused()
    let read = try TableInput(input)
    return .table(path: input, read.table, sha256: read.sha256)
  }

  /// Fits rows that keep their places, and saves the fit if that is asked for.
  func fitRows(of source: FitInput, _ request: FitRequest) async throws {
    // First: a store that is missing should not cost a fit.
    let target = runs.save ? try self.target(source) : nil
    let used = try source.used(by: request)
    var fits: [LawFit]
    var stored: StoredFit?
    do {
      if target != nil {
        (fits, stored) = try await SavedFit.make(request, used, from: source)
      } else {
        fits = try await used.rows.fits(request)
      }
    } catch {
      throw source.placed(error, used.rows)
    }
    for index in fits.indices {
      fits[index].data.source = source.name
      if case .table(_, _, let digest) = source { fits[index].data.sha256 = digest }
    }
    // Before the result is shown: what is not saved must not look as if it were.
    var saved: String?
    if let target, let stored {
      let isNew = try target.save(stored) == .added
      saved = "\(isNew ? "saved as" : "saved already as") \(stored.id) in \(target.root)"
    }
    try deliver(fits)
    let console = Console.current
    for note in Self.notes(used.leftOut) { console.error("note: \(note)\n") }
    if let saved { console.error("\(saved)\n") }
    try StoreProblems.report(used.problems)
  }

  /// The store to save in: the one that is fitted, unless another is named.
  private func target(_ source: FitInput) throws -> RunStore {
    if case .store(_, let store, _) = source, runs.store.store == nil { return store }
    return try runs.store.open()
  }

  /// What was left out, a line a reason.
  private static func notes(_ leftOut: [RunSelection.LeftOut]) -> [String] {
    var order: [String] = []
    var runs: [String: [String]] = [:]
    for out in leftOut {
      if runs[out.reason] == nil { order.append(out.reason) }
      runs[out.reason, default: []].append(out.run.text)
    }
    return order.map { reason in
      let ids = runs[reason] ?? []
      let names = ids.prefix(3).joined(separator: ", ") + (ids.count > 3 ? ", …" : "")
      return "left out \(ids.count) run\(ids.count == 1 ? "" : "s") (\(reason)): \(names)"
    }
  }
}

extension FitInput {
  /// An error about a line of `data.csv` as one about the run, or the line of the table.
  func placed(_ error: any Error, _ rows: FitRows) -> InputFault {
    let text = InputFault.line(error)
    let prefix = FitRows.file + ":"
    guard let start = text.firstRange(of: prefix) else {
      return InputFault(text.replacing(FitRows.file, with: name))
    }
    let rest = text[start.upperBound...]
    let digits = rest.prefix { $0.isNumber }
    guard let line = Int(digits), rows.places.indices.contains(line - 2) else {
      return InputFault(text.replacing(FitRows.file, with: name))
    }
    let place = rows.places[line - 2]
    var found = "\(name):\(place[1])"
    if case .store = self { found = "\(name): run \(place[0])" }
    return InputFault(
      text[..<start.lowerBound] + found + rest[digits.endIndex...])
  }
}
