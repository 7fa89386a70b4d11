/// What a figure is drawn as.
public enum PictureFormat: Sendable, Hashable {
  /// Scalable vector graphics: for pages and notebooks.
  case svg
  /// Pixels, twice as many to the inch as on a screen.
  case png
  /// For papers.
  case pdf
  /// Characters: so many columns, and so many rows for each panel.
  case text(columns: Int, rows: Int)
  /// Pixels inside a terminal that knows the sixel protocol.
  case sixel

  /// The format that the ending of a file's name says; nil where it says none.
  public init?(path: String) {
    switch path.split(separator: "/").last?.split(separator: ".").last?.lowercased() {
    case "svg": self = .svg
    case "png": self = .png
    case "pdf": self = .pdf
    default: return nil
    }
  }

  /// The endings of files that a figure can be written to.
  public static let endings = [".svg", ".png", ".pdf"]

  /// The ending of its files; nil for what is shown on a terminal.
  var ending: String? {
    switch self {
    case .svg: ".svg"
    case .png: ".png"
    case .pdf: ".pdf"
    case .text, .sixel: nil
    }
  }

  var medium: Medium {
    if case .text(let columns, let rows) = self {
      return .text(columns: columns, rows: rows)
    }
    return .picture
  }

  /// How gnuplot calls it, and what the packages of it without graphics lack.
  func terminal(_ figure: Figure) -> String {
    let (width, height) = (Int(figure.width), Int(figure.height))
    return switch self {
    case .svg:
      "svg size \(width),\(height) dynamic enhanced font 'Helvetica,Arial,sans-serif,12' "
        + "background rgb 'white'"
    case .png:
      "pngcairo size \(2 * width),\(2 * height) enhanced font 'Helvetica,12' fontscale 1.5 "
        + "linewidth 2 pointscale 2 background rgb 'white'"
    // 96 pixels of a screen to the inch, 72 points.
    case .pdf:
      "pdfcairo size \(Double(width) / 96)in,\(Double(height) / 96)in enhanced "
        + "font 'Helvetica,9' linewidth 0.75 pointscale 0.75 background rgb 'white'"
    case .text: "dumb size \(textSize(figure)) noenhanced mono"
    case .sixel:
      "sixelgd size \(width),\(height) enhanced font 'sans,11' background rgb 'white'"
    }
  }

  private func textSize(_ figure: Figure) -> String {
    let frame = Frame(figure.adapted(to: medium), medium)
    return "\(Int(frame.width)),\(Int(frame.height))"
  }
}
