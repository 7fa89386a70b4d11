/// A picture as a value: panels of data with axes, from which the script and the data for gnuplot
/// follow.
///
/// The same figure always gives the same script, and under one version of gnuplot the same bytes
/// of SVG. ``Gnuplot`` draws it.
///
///     let figure = try Figure.fit(EstimatedLaw(fit), budgets: [1e22, 1e24])
///     let svg = try await Gnuplot().render(figure, as: .svg)
public struct Figure: Sendable, Hashable {
  /// A short name of letters, digits and hyphens: that of its files, and of its parts in a page.
  public var name: String
  /// What it is, in one line: the title of an SVG.
  public var title: String
  /// What it shows, in words: the description of an SVG, for those who cannot see it.
  public var summary: String
  /// The panels, row by row.
  public var panels: [Panel]
  /// How many panels stand side by side; on a text terminal they stand below each other.
  public var columns: Int
  /// Width in pixels of a screen, 96 to the inch.
  public var width: Double
  /// Height in pixels of a screen.
  public var height: Double
  /// Whether panels stand close together and only the outer ones have numbers at their axes,
  /// because those of a row or column are the same.
  public var isTight: Bool

  /// Makes a figure.
  ///
  /// - Precondition: There is a panel, and the name holds letters, digits and hyphens only.
  public init(
    name: String, title: String, summary: String, panels: [Panel], columns: Int = 1,
    width: Double = 760, height: Double = 460, isTight: Bool = false
  ) {
    precondition(!panels.isEmpty, "a figure has a panel")
    precondition(
      !name.isEmpty && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") },
      "the name of a figure holds letters, digits and hyphens")
    (self.name, self.title, self.summary) = (name, title, summary)
    (self.panels, self.columns) = (panels, max(1, min(columns, panels.count)))
    (self.width, self.height, self.isTight) = (width, height, isTight)
  }

  /// The data of every layer, in the order of the script.
  public var blocks: [DataBlock] {
    panels.enumerated().flatMap { place, panel in
      panel.layers.enumerated().map { index, layer in
        var block = layer.data
        block.name = blockName(panel: place, layer: index)
        return block
      }
    }
  }

  /// The name of a layer's data in the script: that of the layer, with the panel's number where
  /// there are several.
  func blockName(panel: Int, layer: Int) -> String {
    let own = panels[panel].layers[layer].data.name
    let before = panels[panel].layers[..<layer].count { $0.data.name == own }
    let name = before == 0 ? own : "\(own)\(before + 1)"
    return panels.count == 1 ? name : "panel\(panel + 1)_\(name)"
  }
}

/// Axes with layers of data between them.
public struct Panel: Sendable, Hashable {
  /// What stands above it.
  public var title: String?
  /// The horizontal axis.
  public var x: Axis
  /// The vertical axis.
  public var y: Axis
  /// What is drawn, from the back to the front.
  public var layers: [Layer]
  /// The scale of colours, where a layer is coloured by its data.
  public var colours: ColourScale?
  /// Whether faint lines lead from the ticks through the panel.
  public var hasGrid: Bool
  /// Whether it has a frame with numbers; without, it only holds texts.
  public var hasAxes = true

  /// Makes a panel.
  public init(
    title: String? = nil, x: Axis, y: Axis, layers: [Layer], colours: ColourScale? = nil,
    hasGrid: Bool = true
  ) {
    (self.title, self.x, self.y, self.layers) = (title, x, y, layers)
    (self.colours, self.hasGrid) = (colours, hasGrid)
  }
}

/// Data drawn in one way.
public struct Layer: Sendable, Hashable {
  /// How data are drawn, and what their columns are.
  public enum Mark: Sendable, Hashable {
    /// x, y joined by a line; an empty row ends it.
    case line(width: Double = 2, dash: Dash = .solid)
    /// x, lower, upper filled between.
    case band
    /// x, y as points.
    case points(Shape = .disc, size: Double = 0.6)
    /// x, y, lower, upper: points with an interval up and down.
    case verticalBars(Shape = .disc, size: Double = 0.6)
    /// x, y, lower, upper: points with an interval to the left and right.
    case horizontalBars(Shape = .disc, size: Double = 0.6)
    /// left, right, bottom, top: filled rectangles.
    case boxes
    /// x, y and a text to the right of it, to its left, or about it.
    case texts(Side = .right, size: Double = 11)
  }

  /// Lines.
  public enum Dash: Int, Sendable, Hashable {
    /// Without gaps.
    case solid = 1
    /// Long strokes.
    case dashed = 2
    /// Short strokes.
    case dotted = 3
    /// Long and short in turn.
    case dashDotted = 4
  }

  /// Points.
  public enum Shape: Int, Sendable, Hashable {
    /// A filled circle.
    case disc = 7
    /// An open circle.
    case circle = 6
    /// A filled square.
    case square = 5
    /// A filled triangle.
    case triangle = 9
    /// A filled rhombus.
    case rhombus = 13
    /// A cross.
    case cross = 2
  }

  /// Where a text stands.
  public enum Side: String, Sendable, Hashable {
    /// It begins at the point.
    case right = "left"
    /// It ends at the point.
    case left = "right"
    /// The point is its middle.
    case middle = "center"
  }

  /// How it is drawn.
  public var mark: Mark
  /// In which colour.
  public var colour: Colour
  /// What the legend calls it; nil for nothing.
  public var label: String?
  /// What is drawn.
  public var data: DataBlock
  /// Whether it is left out on a text terminal, where it would only be clutter.
  public var isFine: Bool

  /// Makes a layer.
  public init(
    _ mark: Mark, _ colour: Colour, label: String? = nil, data: DataBlock, isFine: Bool = false
  ) {
    (self.mark, self.colour, self.label, self.data) = (mark, colour, label, data)
    self.isFine = isFine
  }
}

/// Numbers by rows, with a text behind each where there are texts.
public struct DataBlock: Sendable, Hashable {
  /// A name of letters, digits and underscores.
  public var name: String
  /// The names of the columns.
  public var columns: [String]
  /// The rows; an empty one is a gap in a line.
  public var rows: [[Double]]
  /// A text behind each row; none where empty.
  public var texts: [String]

  /// Makes a block.
  public init(_ name: String, columns: [String], rows: [[Double]], texts: [String] = []) {
    precondition(texts.isEmpty || texts.count == rows.count, "a text for every row")
    (self.name, self.columns, self.rows, self.texts) = (name, columns, rows, texts)
  }
}
