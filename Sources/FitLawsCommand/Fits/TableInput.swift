internal import ScalingLaws
internal import Tables

/// The table of runs that a verb was given: a file, or standard input.
struct TableInput {
  let table: Table
  let sha256: String

  /// Reads the table.
  init(_ path: String) throws {
    let isStandardInput = path == "-"
    let bytes = try isStandardInput ? FileBytes.readStandardInput() : FileBytes.read(path)
    let source = isStandardInput ? FileBytes.standardInputName : path
    // No header begins like this, and what a CSV reader would say of it helps nobody.
    if let first = bytes.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      throw InputFault(
        "\(source): JSON, not a table; runs are CSV with a header, and a saved fit is for predict, "
          + "allocate, plan and stop")
    }
    table = try Table.read(csv: bytes, source: source)
    sha256 = Digest.sha256(bytes)
  }
}
