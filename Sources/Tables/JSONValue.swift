/// Any JSON value, held in memory.
///
/// Numbers keep the text they were written with, so that an integer beyond 2^53 or `1.50` comes
/// out as it went in.
public enum JSONValue: Sendable, Hashable {
  /// The value `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number.
  case number(JSONNumber)
  /// A string.
  case string(String)
  /// An array.
  case array([JSONValue])
  /// An object; its keys are written sorted by their UTF-8 bytes.
  case object([String: JSONValue])

  /// A number; NaN and the infinities, for which JSON has none, become the strings `NaN`,
  /// `Infinity` and `-Infinity`.
  public init(_ number: Double) {
    self = number.isFinite ? .number(JSONNumber(number)) : .string(NumberText.shortest(number))
  }

  /// A whole number.
  public init(_ number: Int) { self = .number(JSONNumber(number)) }

  /// The number as a `Double`, also of the strings `NaN`, `Infinity` and `-Infinity`; nil for
  /// anything else and for a number too large.
  public var double: Double? {
    switch self {
    case .number(let number): number.double
    case .string("NaN"): .nan
    case .string("Infinity"): .infinity
    case .string("-Infinity"): -.infinity
    default: nil
    }
  }

  /// The whole number; nil for anything else, also for `1.0` and `1e3`.
  public var int: Int? {
    if case .number(let number) = self { number.int } else { nil }
  }

  /// The string; nil for anything else.
  public var string: String? {
    if case .string(let string) = self { string } else { nil }
  }

  /// The truth value; nil for anything else.
  public var bool: Bool? {
    if case .bool(let bool) = self { bool } else { nil }
  }

  /// The elements; nil for anything else.
  public var array: [JSONValue]? {
    if case .array(let array) = self { array } else { nil }
  }

  /// The members; nil for anything else.
  public var object: [String: JSONValue]? {
    if case .object(let object) = self { object } else { nil }
  }

  /// A member of an object; nil if it is missing or this is no object.
  public subscript(key: String) -> JSONValue? { object?[key] }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }

  /// A whole number.
  public init(integerLiteral value: Int) { self.init(value) }

  /// A number.
  public init(floatLiteral value: Double) { self.init(value) }

  /// A truth value.
  public init(booleanLiteral value: Bool) { self = .bool(value) }

  /// An array.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

  /// An object; of a key given twice the last value is kept.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
  }
}
