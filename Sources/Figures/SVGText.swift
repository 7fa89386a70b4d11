/// SVG as gnuplot writes it, made fit to be kept and to stand in a page.
enum SVGText {
  /// Without version, with title and description of its own, and a prefix to every identifier.
  static func neutral(
    _ text: String, prefix: String, title: String, description: String
  ) -> String {
    guard let opening = text.firstRange(of: "<svg"),
      let close = text[opening.upperBound...].firstIndex(of: ">")
    else { return text }
    var body = String(text[text.index(after: close)...])
    // The first of each are those of the picture; those of single plots come later.
    for tag in ["title", "desc"] {
      guard let start = body.firstRange(of: "<\(tag)>")?.lowerBound,
        let end = body.firstRange(of: "</\(tag)>")?.upperBound
      else { continue }
      body.removeSubrange(start..<end)
    }
    body = String(body.drop(while: \.isNewline))
    for start in ["id='", "id=\"", "xlink:href='#", "xlink:href=\"#", "url(#"] {
      body = body.replacing(start, with: start + prefix + "-")
    }
    // What comes before the opening tag has no place inside a page.
    return """
      \(text[opening.lowerBound..<close])role="img" aria-labelledby="\(prefix)-title \(prefix)-desc">
      <title id="\(prefix)-title">\(escaped(title))</title>
      <desc id="\(prefix)-desc">\(escaped(description))</desc>

      """ + body
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
