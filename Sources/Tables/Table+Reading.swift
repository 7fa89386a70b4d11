extension Table {
  /// Reads a table from the bytes of a CSV file; see ``CSVReader``.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - source: its name in errors.
  /// - Returns: the table.
  /// - Throws: ``CSVError``.
  public static func read(csv bytes: [UInt8], source: String) throws(CSVError) -> Table {
    try CSVReader(source: source).read(bytes)
  }

  /// Reads a table from a CSV file, or from standard input if `path` is `-`.
  ///
  /// - Parameters:
  ///   - path: the file, or `-`.
  ///   - source: its name in errors. The default is the path, or `standard input`.
  /// - Returns: the table.
  /// - Throws: ``FileError`` if the file cannot be read, ``CSVError`` if it is no table.
  public static func read(contentsOf path: String, source: String? = nil) throws -> Table {
    if path == "-" {
      return try read(
        csv: FileBytes.readStandardInput(), source: source ?? FileBytes.standardInputName)
    }
    return try read(csv: FileBytes.read(path), source: source ?? path)
  }
}
