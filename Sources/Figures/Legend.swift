internal import Tables

/// The legend of a picture: samples and words in rows above all panels, where they cover nothing.
///
/// gnuplot's own puts them in columns as wide as the longest, and guesses that width differently
/// for every format.
struct Legend {
  /// An entry at its place, in pixels from the left and from the top.
  struct Entry {
    var layer: Layer
    var label: String
    var x: Double
    var y: Double
  }

  let entries: [Entry]
  /// Pixels from the top of the canvas that it takes.
  let height: Double

  private static let sample = 24.0
  private static let gap = 6.0
  private static let space = 20.0
  private static let line = 18.0

  /// Lays out the labels of all layers, each label once.
  init(_ figure: Figure, left: Double) {
    var entries: [Entry] = []
    var (x, y) = (left, 16.0)
    for layer in figure.panels.flatMap(\.layers) {
      guard let label = layer.label, !entries.contains(where: { $0.label == label }) else {
        continue
      }
      let width = Self.sample + Self.gap + Self.width(label)
      if x > left, x + width > figure.width - 12 { (x, y) = (left, y + Self.line) }
      entries.append(Entry(layer: layer, label: label, x: x, y: y))
      x += width + Self.space
    }
    self.entries = entries
    height = entries.isEmpty ? 0 : y + 12
  }

  /// The width of a text in the font of the figures at 11 pixels, about.
  static func width(_ text: String) -> Double {
    text.reduce(0) { width, character in
      let share =
        switch character {
        case "i", "j", "l", "t", "f", "r", ".", ",", ":", ";", "|", "(", ")", "[", "]", "'", " ",
          "-", "/":
          0.32
        case "m", "w", "M", "W", "%", "@": 0.88
        default: character.isUppercase ? 0.7 : 0.56
        }
      return width + 11 * share
    }
  }

  /// The commands that draw it, once.
  func lines(on figure: Figure) -> [String] {
    guard !entries.isEmpty else { return [] }
    func at(_ x: Double, _ y: Double) -> String {
      "screen \(Frame.share(x / figure.width)), screen \(Frame.share(1 - y / figure.height))"
    }
    return ["# legend"]
      + entries.flatMap { entry -> [String] in
        let (x, y) = (entry.x, entry.y)
        let (middle, end) = (x + Self.sample / 2, x + Self.sample)
        let colour = entry.layer.colour.sample
        func stroke(_ width: Double, _ dash: Int) -> String {
          "set arrow from \(at(x, y)) to \(at(end, y)) nohead front lw \(NumberText.shortest(width)) "
            + "dt \(dash) lc \(colour)"
        }
        func point(_ shape: Layer.Shape, _ size: Double) -> String {
          "set label '' at \(at(middle, y)) point pt \(shape.rawValue) "
            + "ps \(NumberText.shortest(size)) lc \(colour) front"
        }
        func box(_ fill: String) -> String {
          "set object rectangle from \(at(x, y + 5)) to \(at(end, y - 5)) front "
            + "fs \(fill) noborder fc \(colour)"
        }
        let samples: [String] =
          switch entry.layer.mark {
          case .line(let width, let dash): [stroke(width, dash.rawValue)]
          case .band: [box("transparent solid 0.18")]
          case .boxes: [box("solid 0.75")]
          case .points(let shape, let size): [point(shape, size)]
          case .verticalBars(let shape, let size), .horizontalBars(let shape, let size):
            [stroke(1.4, 1), point(shape, size)]
          case .texts: []
          }
        return samples + [
          "set label \(Figure.quoted(entry.label)) at \(at(end + Self.gap, y)) left noenhanced "
            + "font ',11' front"
        ]
      }
  }
}
