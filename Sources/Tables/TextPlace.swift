/// A place in a text as editors count it.
struct TextPlace {
  /// Counted from 1 by line feeds.
  var line = 1
  /// Counted from 1 in Unicode scalar values.
  var column = 1

  /// The place of the byte at `offset` in UTF-8 text, a byte order mark not counted.
  ///
  /// - Complexity: O(offset).
  init(of offset: Int, in bytes: [UInt8]) {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard offset > start else { return }
    for byte in bytes[start..<offset] {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {  // not the continuation of a character
        column += 1
      }
    }
  }
}
