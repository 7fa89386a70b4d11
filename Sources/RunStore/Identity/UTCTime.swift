#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A moment in milliseconds, written as RFC 3339 in UTC: `2026-11-24T21:30:34.256Z`.
public struct UTCTime: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Milliseconds since the beginning of 1970, leap seconds not counted.
  public var milliseconds: Int64

  /// A moment from milliseconds since 1970.
  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// The moment of the call.
  public static var now: UTCTime {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
    return UTCTime(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  /// A moment from RFC 3339 text with any offset; nil if the text is none.
  ///
  /// Digits below the millisecond are dropped. A leap second is read as the second after it.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int64? {
      guard range.upperBound <= bytes.count, bytes[range].allSatisfy({ $0 &- 48 < 10 })
      else { return nil }
      return bytes[range].reduce(0) { $0 * 10 + Int64($1 - 48) }
    }
    guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      bytes[10] | 0x20 == UInt8(ascii: "t") || bytes[10] == UInt8(ascii: " "),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
      (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year),
      hour < 24, minute < 60, second <= 60
    else { return nil }
    var index = 19
    var fraction: Int64 = 0
    if bytes[index] == UInt8(ascii: ".") {
      let digits = bytes[(index + 1)...].prefix { $0 &- 48 < 10 }
      guard !digits.isEmpty else { return nil }
      index += 1 + digits.count
      for place in 0..<3 {
        fraction = fraction * 10 + (place < digits.count ? Int64(digits[20 + place] - 48) : 0)
      }
    }
    var offset: Int64 = 0
    let zone = bytes[index...]
    if zone.count == 6, zone.first == UInt8(ascii: "+") || zone.first == UInt8(ascii: "-") {
      guard let hours = number(index + 1..<index + 3), let minutes = number(index + 4..<index + 6),
        bytes[index + 3] == UInt8(ascii: ":"), hours < 24, minutes < 60
      else { return nil }
      offset = (hours * 60 + minutes) * (zone.first == UInt8(ascii: "-") ? -1 : 1)
    } else if zone.count != 1 || bytes[index] | 0x20 != UInt8(ascii: "z") {
      return nil
    }
    let days = Self.daysSince1970(year, month, day)
    let seconds = ((days * 24 + hour) * 60 + minute - offset) * 60 + second
    milliseconds = seconds * 1000 + fraction
  }

  /// RFC 3339 with milliseconds.
  public var description: String {
    let (days, rest) = Self.divided(milliseconds, by: 86_400_000)
    let (year, month, day) = Self.date(daysSince1970: days)
    func padded(_ number: Int64, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(width - digits.count, 0)) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
      + "T\(padded(rest / 3_600_000, 2)):\(padded(rest / 60_000 % 60, 2)):"
      + "\(padded(rest / 1000 % 60, 2)).\(padded(rest % 1000, 3))Z"
  }

  /// The earlier first.
  public static func < (a: UTCTime, b: UTCTime) -> Bool { a.milliseconds < b.milliseconds }

  // MARK: - The calendar
  // Eras of 400 years beginning in March: H. Hinnant, "chrono-Compatible Low-Level Date
  // Algorithms", howardhinnant.github.io/date_algorithms.html.

  private static func daysSince1970(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let (era, yearOfEra) = divided(month <= 2 ? year - 1 : year, by: 400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func date(daysSince1970 days: Int64) -> (Int64, Int64, Int64) {
    let (era, dayOfEra) = divided(days + 719_468, by: 146_097)
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  private static func days(in month: Int64, of year: Int64) -> Int64 {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return switch month {
    case 2: isLeap ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Quotient rounded down, and the remainder.
  private static func divided(_ a: Int64, by b: Int64) -> (Int64, Int64) {
    let quotient = a >= 0 ? a / b : (a - b + 1) / b
    return (quotient, a - quotient * b)
  }
}
