/// What a project can run out of.
public enum PlanResource: String, Sendable, Hashable, CaseIterable {
  /// FLOP of selection, training and serving.
  case compute
  /// Days of selection and training.
  case time
  /// US dollars of selection, training and serving.
  case money
  /// Kilowatt-hours of selection and training.
  case energy
  /// Bytes of a GPU.
  case memory
  /// Unique tokens.
  case uniqueTokens = "unique tokens"
  /// Passes over the unique tokens.
  case epochs

  /// The unit of amounts and multipliers.
  public var unit: String {
    switch self {
    case .compute: "FLOP"
    case .time: "day"
    case .money: "dollar"
    case .energy: "kWh"
    case .memory: "byte"
    case .uniqueTokens: "token"
    case .epochs: "epoch"
    }
  }
}
