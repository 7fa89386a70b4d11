internal import Crypto

/// The name of a run: three to 32 of `a` to `z`, `0` to `9`, `_` and `-`, the first a letter or
/// digit.
///
/// No identifier can hold `/`, `.` or `..`, and none depends on letter case.
public struct RunID: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The identifier.
  public let text: String

  /// An identifier from text, or nil if the text is none.
  public init?(_ text: String) {
    func isPlain(_ byte: UInt8) -> Bool {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte &- 48 < 10
    }
    let bytes = text.utf8
    guard (3...32).contains(bytes.count), let first = bytes.first, isPlain(first),
      bytes.allSatisfy({ isPlain($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") })
    else { return nil }
    self.text = text
  }

  /// A new identifier: a ULID in lower case, 48 bits of time and 80 random bits.
  ///
  /// Two machines need not agree on anything to make different ones; a wrong clock changes only
  /// their order. Source: github.com/ulid/spec.
  ///
  /// - Parameter time: the time it sorts by. The default is now.
  public init(new time: UTCTime = .now) {
    var characters: [UInt8] = []
    for shift in stride(from: 45, through: 0, by: -5) {
      characters.append(Self.crockford[Int(time.milliseconds >> shift & 31)])
    }
    text = String(decoding: characters, as: UTF8.self) + Self.randomText(16)
  }

  /// The identifier of an imported run: `i` and 25 characters of a digest of where it came from,
  /// so that importing the same run again gives the same identifier.
  ///
  /// - Parameters:
  ///   - kind: the kind of source, such as `mlflow`.
  ///   - source: what identifies the source store wherever it lies, such as its experiment's id;
  ///     not a path.
  ///   - run: the run's identifier in the source.
  public init(imported kind: String, source: String, run: String) {
    // Lengths stand before the parts, so that no two triples give the same text.
    let key = [kind, source, run].map { "\($0.utf8.count):\($0)" }.joined()
    let digest = Array(SHA256.hash(data: Array(key.utf8)))
    var characters = [UInt8(ascii: "i")]
    var bits = 0
    var held = 0
    for byte in digest {
      bits = bits << 8 | Int(byte)
      held += 8
      while held >= 5 {
        held -= 5
        characters.append(Self.crockford[bits >> held & 31])
      }
      bits &= 31
    }
    text = String(decoding: characters.prefix(26), as: UTF8.self)
  }

  /// So many random characters of an identifier, five bits each.
  static func randomText(_ count: Int) -> String {
    var generator = SystemRandomNumberGenerator()
    return String(
      decoding: (0..<count).map { _ in crockford[Int.random(in: 0..<32, using: &generator)] },
      as: UTF8.self)
  }

  /// The identifier.
  public var description: String { text }

  /// The directory below `runs/` that holds the run: its last two characters.
  var shard: String { String(text.suffix(2)) }

  /// By the bytes of the text.
  public static func < (a: RunID, b: RunID) -> Bool { a.text < b.text }

  private static let crockford = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
}
