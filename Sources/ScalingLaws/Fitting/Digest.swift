internal import Crypto

/// Digests of data, so that a fit can say what it was made from.
public enum Digest {
  /// SHA-256 of some bytes, in lower-case hexadecimal.
  public static func sha256(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef")
    return String(
      SHA256.hash(data: bytes).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  /// SHA-256 of a text in UTF-8, in lower-case hexadecimal.
  public static func sha256(_ text: String) -> String { sha256(Array(text.utf8)) }
}
