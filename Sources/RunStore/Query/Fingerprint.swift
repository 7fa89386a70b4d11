internal import Tables

/// Tells what has changed by itself from what has not: FNV-1a of 64 bits, over words instead of bytes.
///
/// It is no protection from someone who means to deceive.
struct Fingerprint: Equatable {
  /// The digits it is written in, all of them.
  static let digits = 16
  private var hash: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ word: UInt64) {
    hash = (hash ^ word) &* 0x100_0000_01b3
    // The high bits of a product depend on all of a word, the low ones only on its low bits.
    hash ^= hash &>> 32
  }

  /// Adds bytes, eight of them as a word, what is left one by one.
  mutating func add(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    var index = range.lowerBound
    while index &+ 8 <= range.upperBound {
      var word: UInt64 = 0
      for place in 0..<8 { word |= UInt64(bytes[index &+ place]) &<< UInt64(8 &* place) }
      add(word)
      index &+= 8
    }
    while index < range.upperBound {
      hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01b3
      index &+= 1
    }
  }

  /// In hexadecimal.
  var text: [UInt8] { (0..<Self.digits).map(digit) }

  /// Whether its text stands at a place.
  func stands(in bytes: Span<UInt8>, at start: Int) -> Bool {
    guard start >= 0, start + Self.digits <= bytes.count else { return false }
    for place in 0..<Self.digits where bytes[start + place] != digit(place) { return false }
    return true
  }

  private func digit(_ place: Int) -> UInt8 {
    NumberText.hexadecimalDigit(UInt8(truncatingIfNeeded: hash &>> UInt64(60 - 4 * place)) & 15)
  }
}
