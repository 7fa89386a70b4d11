internal import Crypto
internal import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension RunStore {
  /// Saves a fit: its folder appears at once with all that belongs in it, or not at all.
  ///
  /// - Returns: whether the fit is new; the same question with the same answer is not saved again.
  /// - Throws: ``RunStoreError``: ``RunStoreError/Code/conflict`` if the same question was
  ///   answered otherwise, ``RunStoreError/Code/damaged`` if the fit that is there is.
  @discardableResult public func save(_ fit: StoredFit) throws(RunStoreError) -> Addition {
    let id = fit.id
    let path = "\(Self.fits)/\(id)"
    let fits = try attempt("save the fit", path) { () throws(SystemCalls.Failure) in
      let root = try Directory(at: root)
      if try root.status(of: Self.fits) == nil {
        try root.makeIfMissing(Self.fits)
        try root.synchronize()
      }
      return try root.directory(Self.fits)
    }
    let temporary = ".tmp-\(id)-\(RunID.randomText(8))"
    defer { fits.removeAll(temporary) }
    try attempt("save the fit", path) { () throws(SystemCalls.Failure) in
      let made = try fits.make(temporary)
      var sums = ""
      for file in fit.files {
        try made.write(file.name, file.bytes)
        sums += "\(hexadecimal(SHA256(of: file.bytes)))  \(file.name)\n"
      }
      try made.write(Self.checksumFile, Array(sums.utf8))
    }
    if try fits.place(temporary, as: id, path: path, containing: Self.checksumFile) {
      return .added
    }
    guard try self.fit(id).result == fit.result else {
      throw RunStoreError(
        .conflict, path: path,
        "this question about this data was answered otherwise; verify the fit that is there")
    }
    return .unchanged
  }

  /// The identifiers of all saved fits, sorted.
  ///
  /// - Throws: ``RunStoreError/Code/system`` if the store cannot be read.
  public func fitIDs() throws(RunStoreError) -> [String] {
    try attempt("read the fits", Self.fits) { () throws(SystemCalls.Failure) in
      let root = try Directory(at: root)
      guard try root.status(of: Self.fits) != nil else { return [] }
      return try root.directory(Self.fits).entries()
        .filter { $0.kind == .directory && Self.isFitID($0.name) }.map(\.name)
    }
  }

  /// Reads a saved fit, every file of which must be the one that was saved.
  ///
  /// - Throws: ``RunStoreError``: ``RunStoreError/Code/noSuchFit``, or
  ///   ``RunStoreError/Code/damaged`` naming the file.
  public func fit(_ id: String) throws(RunStoreError) -> StoredFit {
    let path = "\(Self.fits)/\(id)"
    let directory: Directory
    do throws(SystemCalls.Failure) {
      guard Self.isFitID(id) else { throw SystemCalls.Failure(number: ENOENT) }
      directory = try Directory(at: root).directory(Self.fits).directory(id)
    } catch {
      throw FileFault(error, "").code == .missingFile
        ? RunStoreError(.noSuchFit, path: path, "no such fit; list them with 'fitlaws runs fits'")
        : RunStoreError(error, "open the fit", path)
    }
    do throws(FileFault) {
      let fit = try directory.storedFit()
      guard fit.id == id else {
        throw FileFault(
          .sealMismatch, StoredFit.specFile, "the question of fit \(fit.id); restore it from a copy"
        )
      }
      return fit
    } catch {
      throw RunStoreError(
        error.code == .newerVersion ? .newerVersion : .damaged, path: "\(path)/\(error.file)",
        error.message)
    }
  }

  static let fits = "fits"

  static func isFitID(_ name: String) -> Bool { name.hasPrefix("f") && RunID(name) != nil }
}

extension Directory {
  /// Reads a fit whose files must be those of its sums.
  fileprivate func storedFit() throws(FileFault) -> StoredFit {
    let sums = String(decoding: try present(RunStore.checksumFile), as: UTF8.self)
    func file(_ name: String) throws(FileFault) -> [UInt8] {
      let bytes = try present(name)
      guard sums.contains("\(hexadecimal(SHA256(of: bytes)))  \(name)\n") else {
        throw FileFault(
          .sealMismatch, name, "not the bytes that were saved (SHA-256); restore it from a copy")
      }
      return bytes
    }
    func object(_ name: String) throws(FileFault) -> JSONValue {
      let bytes = try file(name)
      do throws(JSONTextError) {
        return try JSONValue(parsing: bytes, source: name)
      } catch {
        throw FileFault(error, name)
      }
    }
    return StoredFit(
      spec: try object(StoredFit.specFile), data: try file(StoredFit.dataFile),
      result: try file(StoredFit.resultFile), meta: try object(StoredFit.metaFile))
  }

  private func present(_ file: String) throws(FileFault) -> [UInt8] {
    guard let bytes = try bytesIfPresent(file) else {
      throw FileFault(.missingFile, file, "missing; restore it from a copy")
    }
    return bytes
  }
}

extension StoreChecker {
  /// Reads every saved fit.
  mutating func checkFits(
    of store: RunStore, in root: borrowing Directory
  ) throws(SystemCalls.Failure) {
    guard try root.status(of: RunStore.fits)?.kind == .directory else { return }
    let fits = try root.directory(RunStore.fits)
    let files = Set(
      [RunStore.checksumFile, StoredFit.specFile, StoredFit.dataFile] + [
        StoredFit.resultFile, StoredFit.metaFile,
      ])
    for entry in try fits.entries() {
      let path = "\(RunStore.fits)/\(entry.name)"
      let isFit = entry.kind == .directory && RunStore.isFitID(entry.name)
      try checkName(entry, in: fits, path: path, run: nil, isKnown: isFit)
      guard isFit else { continue }
      let directory = try fits.directory(entry.name)
      for inner in try directory.entries() {
        try checkName(
          inner, in: directory, path: "\(path)/\(inner.name)", run: nil,
          isKnown: inner.kind == .regular && files.contains(inner.name))
      }
      do throws(RunStoreError) {
        _ = try store.fit(entry.name)
      } catch {
        check.problems.append(
          RunStoreProblem(
            error.code == .newerVersion ? .newerVersion : .sealMismatch, path: error.path,
            error.message))
      }
    }
  }
}
