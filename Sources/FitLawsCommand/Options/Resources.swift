internal import ArgumentParser
internal import Planning
internal import Tables

/// Amounts of what a project has: positive numbers, and memory with its unit.
enum Resources {
  /// A positive number as people type it, `7B`; nil where the option was not given.
  static func positive(_ text: String?, option: String) throws -> Double? {
    guard let text else { return nil }
    guard let value = Quantity.parse(text) else {
      throw InputFault("\(option): '\(text)' is no number; write 4096, 7B or 1.4T")
    }
    guard value > 0 else { throw InputFault("\(option): \(text) is not positive") }
    return value
  }

  /// A positive whole number; nil where the option was not given.
  static func whole(_ text: String?, option: String) throws -> Double? {
    guard let value = try positive(text, option: option) else { return nil }
    guard value == value.rounded(), value < 1e15 else {
      throw InputFault("\(option): \(text ?? "") is not a whole number")
    }
    return value
  }

  /// A whole number of GPUs or stages; 1 where the option was not given.
  static func count(_ text: String?, option: String) throws -> Int {
    let value = try whole(text, option: option) ?? 1
    guard value <= 1e7 else { throw InputFault("\(option): \(text ?? "") is more than 10M") }
    return Int(value)
  }

  /// Bytes of an amount of memory with its unit, `80GB`; nil where the option was not given.
  static func bytes(_ text: String?, option: String) throws -> Double? {
    try text.map { try ByteCount.parse($0, place: option) }
  }
}
