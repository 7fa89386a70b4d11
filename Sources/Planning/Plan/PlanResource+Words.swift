internal import Tables

extension PlanResource {
  /// What it is called.
  public var words: String {
    switch self {
    case .memory: "memory per GPU"
    default: rawValue
    }
  }

  /// How many units are one of those shown to people, and what that is called.
  public var shown: (scale: Double, unit: String) {
    switch self {
    case .memory: (1e9, "GB")
    case .uniqueTokens: (1e9, "billion tokens")
    case .money: (1000, "1,000 dollars")
    case .compute, .time, .energy, .epochs: (1, unit)
    }
  }

  /// An amount for people: `80 GB`, `25B tokens`.
  public func text(_ amount: Double) -> String {
    switch self {
    case .memory: ByteCount.format(amount)
    case .compute: "\(Quantity.format(amount)) FLOP"
    case .time: "\(Quantity.format(amount)) days"
    case .money: "\(Quantity.format(amount)) dollars"
    case .energy: "\(Quantity.format(amount)) kWh"
    case .uniqueTokens: "\(Quantity.format(amount)) tokens"
    case .epochs: "\(Quantity.format(amount))"
    }
  }
}
