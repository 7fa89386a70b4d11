import Testing

@testable import RunStore

@Suite struct FingerprintTests {
  /// Every single changed byte, and one more or less, gives another fingerprint.
  @Test func everyByteCounts() {
    let line = Array(#","files":"0123","newest":17,"closed":true,"fields":{"id":"a"}}"#.utf8)
    func fingerprint(_ bytes: [UInt8]) -> Fingerprint {
      var result = Fingerprint()
      result.add(bytes.span, 0..<bytes.count)
      return result
    }
    let own = fingerprint(line)
    for place in line.indices {
      for bit in 0..<8 {
        var changed = line
        changed[place] ^= 1 << UInt8(bit)
        #expect(fingerprint(changed) != own, "byte \(place), bit \(bit)")
      }
      #expect(fingerprint(Array(line[..<place])) != own)
    }
  }

  @Test func wordsCountInTheirOrder() {
    func fingerprint(_ words: [UInt64]) -> Fingerprint {
      var result = Fingerprint()
      for word in words { result.add(word) }
      return result
    }
    let all = [[], [0], [0, 0], [1, 2], [2, 1], [.max], [1 << 63], [1 << 63, 0]].map(fingerprint)
    for a in all.indices {
      for b in all.indices { #expect((all[a] == all[b]) == (a == b), "\(a), \(b)") }
    }
  }

  /// The text is the fingerprint's, at its place and nowhere else.
  @Test func standsWhereItWasWritten() {
    var own = Fingerprint()
    own.add(42)
    let other = Fingerprint()
    let bytes = Array("ab".utf8) + own.text
    #expect(own.text.count == Fingerprint.digits)
    #expect(String(decoding: other.text, as: UTF8.self) == "cbf29ce484222325")
    func stands(_ fingerprint: Fingerprint, _ place: Int) -> Bool {
      fingerprint.stands(in: bytes.span, at: place)
    }
    #expect(stands(own, 2))
    for place in [-1, 0, 1, 3, 18] { #expect(!stands(own, place)) }
    #expect(!stands(other, 2))
  }
}
