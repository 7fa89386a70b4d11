/// A colour of a layer.
public enum Colour: Sendable, Hashable {
  /// One of the colours of Okabe and Ito, which people with any form of colour blindness can tell
  /// apart.
  ///
  /// Source: M. Okabe, K. Ito, Color Universal Design, 2008.
  case black, orange, sky, green, yellow, blue, vermilion, purple
  /// For what is not the subject.
  case grey
  /// For what should hardly be seen.
  case faint
  /// For what lies behind everything.
  case shade
  /// By the last column of the data, on the panel's ``ColourScale``.
  case scale

  /// Colours for groups, the first the most distinct; they repeat from the eighth on.
  public static func group(_ place: Int) -> Colour {
    let order: [Colour] = [.blue, .vermilion, .green, .purple, .orange, .sky, .black]
    return order[place % order.count]
  }

  /// How gnuplot is told.
  var text: String {
    switch self {
    case .black: "rgb '#000000'"
    case .orange: "rgb '#E69F00'"
    case .sky: "rgb '#56B4E9'"
    case .green: "rgb '#009E73'"
    case .yellow: "rgb '#F0E442'"
    case .blue: "rgb '#0072B2'"
    case .vermilion: "rgb '#D55E00'"
    case .purple: "rgb '#CC79A7'"
    case .grey: "rgb '#6E6E6E'"
    case .faint: "rgb '#BDBDBD'"
    case .shade: "rgb '#EDEDED'"
    case .scale: "palette"
    }
  }

  /// The colour of a sample in a legend.
  var sample: String { self == .scale ? "rgb '#2A788E'" : text }
}

/// What colours mean: a quantity from dark to light, with a bar beside the panel.
///
/// The colours are those of viridis without its lightest end, which could not be seen on white.
public struct ColourScale: Sendable, Hashable {
  /// The quantity, its range and ticks.
  public var axis: Axis

  /// Makes a scale.
  public init(_ axis: Axis) { self.axis = axis }

  static let palette =
    "set palette defined (0 '#440154', 1 '#414487', 2 '#2A788E', 3 '#22A884', 4 '#7AD151', "
    + "5 '#BBC22B')"
}
