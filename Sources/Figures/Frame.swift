internal import Tables

/// Where the panels of a figure lie on the canvas.
///
/// Everything but the numbers at ticks is put to its place here, because gnuplot knows the size of
/// letters in some formats only.
struct Frame {
  /// Shares of the canvas.
  struct Box {
    var left, right, bottom, top: Double
  }

  let medium: Medium
  /// Pixels, or characters.
  let width, height: Double
  let boxes: [Box]
  /// Numbers that an axis has room for.
  let ticks: (x: Int, y: Int)
  /// Whether only outer panels have numbers.
  let isTight: Bool
  /// How many panels stand side by side.
  let columns: Int
  /// The legend of a picture.
  let legend: Legend
  /// The panel that carries the legend: the first with a label.
  let legendPanel: Int?

  var isText: Bool { medium != .picture }

  /// A share of the canvas, to far below a pixel.
  static func share(_ x: Double) -> String { Rounding.significant(x, 5) }

  /// A place of the canvas, from the left and from the bottom.
  func place(_ x: Double, _ y: Double) -> String {
    "screen \(Self.share(x)), screen \(Self.share(y))"
  }

  init(_ figure: Figure, _ medium: Medium) {
    self.medium = medium
    legendPanel = figure.panels.firstIndex { $0.layers.contains { $0.label != nil } }
    switch medium {
    case .picture:
      columns = figure.columns
      (width, height) = (figure.width, figure.height)
      isTight = figure.isTight
      legend = Legend(figure, left: Self.leftMargin)
      (boxes, ticks) = Self.picture(figure, legend.height)
    case .text(let columns, let rows):
      self.columns = 1
      let labels = legendPanel.map { figure.panels[$0].layers.compactMap(\.label) } ?? []
      // gnuplot's own legend, in columns as wide as the longest label.
      let across = max(1, (columns - 14) / ((labels.map(\.count).max() ?? 0) + 10))
      let top = (labels.count + across - 1) / across
      (width, height) = (Double(columns), Double(rows * figure.panels.count + top))
      isTight = false
      legend = Legend(figure, left: 0)
      (boxes, ticks) = Self.text(figure, columns: columns, rows: rows, top: top)
    }
  }

  private static let leftMargin = 64.0

  /// Pixels to the left of a panel: for the numbers of the axis and what it is called.
  private static func left(of axis: Axis, most: Int) -> Double {
    let numbers = axis.ticks(most: most).map { tick -> Double in
      switch tick.text {
      case .plain(let text)?: return Legend.width(text) * 12 / 11
      case .power?: return 30
      case nil: return 0
      }
    }
    return max((numbers.max() ?? 0) + (axis.label.isEmpty ? 18 : 36), leftMargin)
  }

  private static func picture(
    _ figure: Figure, _ legend: Double
  ) -> (boxes: [Box], ticks: (x: Int, y: Int)) {
    let rows = (figure.panels.count + figure.columns - 1) / figure.columns
    // Of tight panels, only the outer ones need room for numbers.
    let outer = figure.isTight ? (left: 62.0, bottom: 46.0) : (left: 0.0, bottom: 0.0)
    let bottom = figure.isTight ? 8.0 : 54
    let cell = (
      width: (figure.width - outer.left) / Double(figure.columns),
      height: (figure.height - legend - outer.bottom) / Double(rows)
    )
    let ticks = (
      x: max(2, Int(figure.isTight ? (cell.width - 16) / 45 : (cell.width - 82) / 62)),
      y: max(2, Int((cell.height - 10 - bottom) / 36))
    )
    let boxes = figure.panels.enumerated().map { place, panel in
      let (row, column) = (place / figure.columns, place % figure.columns)
      let margin = figure.isTight ? 8 : left(of: panel.y, most: ticks.y)
      let left = outer.left + cell.width * Double(column) + margin
      let right =
        outer.left + cell.width * Double(column + 1) - (figure.isTight ? 8 : 18)
        - (panel.colours == nil ? 0 : 82)
      let upper =
        figure.height - legend - cell.height * Double(row) - (panel.title == nil ? 10 : 28)
      let lower = figure.height - legend - cell.height * Double(row + 1) + bottom
      return Box(
        left: left / figure.width, right: right / figure.width, bottom: lower / figure.height,
        top: upper / figure.height)
    }
    return (boxes, ticks)
  }

  private static func text(
    _ figure: Figure, columns: Int, rows: Int, top: Int
  ) -> (boxes: [Box], ticks: (x: Int, y: Int)) {
    let (width, height) = (Double(columns), Double(rows * figure.panels.count + top))
    let boxes = figure.panels.enumerated().map { place, panel in
      let above = Double(top + rows * place)
      let left = max(11, Double(panel.y.nameLength) + 2)
      // A line above says what the vertical axis is, and one more the title.
      let upper = height - above - (panel.title == nil ? 2 : 3)
      return Box(
        left: left / width, right: (width - 3) / width,
        bottom: (height - above - Double(rows) + 4) / height, top: upper / height)
    }
    return (boxes, (x: max(2, (columns - 14) / 10), y: max(2, (rows - 6) / 3)))
  }
}
