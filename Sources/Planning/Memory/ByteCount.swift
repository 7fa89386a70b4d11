internal import ScalingLaws
internal import Tables

/// Amounts of memory as people write them.
public enum ByteCount {
  /// A unit of memory.
  public enum Unit: String, Sendable, Hashable, CaseIterable {
    /// 1e9 bytes.
    case gigabyte = "GB"
    /// 2^30 bytes.
    case gibibyte = "GiB"

    /// Bytes in one.
    public var bytes: Double { self == .gigabyte ? 1e9 : 1_073_741_824 }
  }

  /// The bytes of a text such as `80GB`, `80 GiB`, `1.5TB` or `512MiB`.
  ///
  /// - Parameters:
  ///   - text: a positive number and a unit: MB, GB, TB in powers of a thousand, MiB, GiB, TiB in
  ///     powers of 1024; case does not matter.
  ///   - place: what the number is for, named in errors.
  /// - Returns: bytes.
  /// - Throws: `AnalysisError` for a missing or unknown unit, and for an amount that is not
  ///   positive.
  public static func parse(_ text: String, place: String) throws -> Double {
    let number = text.prefix { !$0.isLetter }
    let digits = number.filter { $0 != " " }
    let unit = text.dropFirst(number.count).filter { $0 != " " }
    guard let value = Quantity.parse(digits) else {
      throw AnalysisError(.badSetting, "\(place): '\(text)' is no amount of memory; write 80GB")
    }
    guard !unit.isEmpty else {
      throw AnalysisError(
        .badSetting, "\(place): \(text) of what? Give the unit: \(digits)GB or \(digits)GiB")
    }
    guard let scale = scales[unit.lowercased()] else {
      throw AnalysisError(
        .badSetting, "\(place): no unit '\(unit)'; write \(digits)GB (1e9 bytes) or \(digits)GiB")
    }
    guard value > 0, (value * scale).isFinite else {
      throw AnalysisError(.badSetting, "\(place): \(text) is not positive; write 80GB")
    }
    return value * scale
  }

  private static let scales: [String: Double] = [
    "mb": 1e6, "gb": 1e9, "tb": 1e12, "mib": 1_048_576, "gib": 1_073_741_824,
    "tib": 1_099_511_627_776,
  ]

  /// The bytes for people, in a unit: `79.9 GB`.
  public static func format(_ bytes: Double, in unit: Unit = .gigabyte, digits: Int = 3) -> String {
    "\(Rounding.significant(bytes / unit.bytes, digits)) \(unit.rawValue)"
  }
}
