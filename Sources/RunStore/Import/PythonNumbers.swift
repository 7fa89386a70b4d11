/// The numbers that Python's `json` writes and JSON does not have.
enum PythonNumbers {
  /// The text with `NaN`, `Infinity` and `-Infinity` outside strings in quotes.
  static func quoted(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let capitals: [UInt8] = [UInt8(ascii: "N"), UInt8(ascii: "I")]
    guard bytes.contains(where: capitals.contains) else { return Array(bytes) }
    var result: [UInt8] = []
    var isString = false
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      if isString {
        if byte == UInt8(ascii: "\\"), index + 1 < bytes.endIndex {
          result.append(byte)
          index += 1
        } else if byte == UInt8(ascii: "\"") {
          isString = false
        }
      } else if byte == UInt8(ascii: "\"") {
        isString = true
      } else if let word = ["NaN", "Infinity", "-Infinity"].first(where: {
        bytes[index...].starts(with: $0.utf8)
      }) {
        result += Array("\"\(word)\"".utf8)
        index += word.utf8.count
        continue
      }
      result.append(bytes[index])
      index += 1
    }
    return result
  }
}
