internal import Figures
internal import Tables

extension Report {
  /// The report as one page that needs nothing else: its style and figures are inside, and a policy
  /// in its head forbids whatever would be loaded.
  func html(_ pictures: [String: Picture]) -> String {
    var tables = 0
    var figures = 0
    let body = sections.map { section in
      "<h\(section.level) id=\"\(section.id)\">"
        + "\(HTMLText.escaped(section.title))</h\(section.level)>\n"
        + section.blocks.map { Self.html($0, pictures, &tables, &figures) }.joined()
    }.joined()
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <title>\(HTMLText.escaped(title))</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="generator" content="fitlaws">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      style-src 'unsafe-inline'; img-src data:">
      <link rel="icon" href="data:,">
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      <h1>\(HTMLText.escaped(title))</h1>
      \(contents)<main>
      \(Self.undrawn(pictures))\(body)</main>
      </body>
      </html>

      """
  }

  /// Why figures are missing, said once.
  private static func undrawn(_ pictures: [String: Picture]) -> String {
    guard let fault = pictures.fault else { return "" }
    let words: Prose = "Figures are missing: \(fault.message)."
    return "<p class=\"warning\"><strong>Warning:</strong> \(words.html)</p>\n"
  }

  private var contents: String {
    // Groups by their name alone: all have the same sections.
    let links = sections.filter { $0.level == 2 }.map { section in
      "<li><a href=\"#\(section.id)\">\(HTMLText.escaped(section.title))</a></li>\n"
    }
    return "<nav aria-label=\"Contents\">\n<ol>\n\(links.joined())</ol>\n</nav>\n"
  }

  private static func html(
    _ block: Item, _ pictures: [String: Picture], _ tables: inout Int, _ figures: inout Int
  ) -> String {
    switch block {
    case .paragraph(let words): return "<p>\(words.html)</p>\n"
    case .list(let items):
      return "<ul>\n" + items.map { "<li>\($0.html)</li>\n" }.joined() + "</ul>\n"
    case .warning(let words):
      return "<p class=\"warning\"><strong>Warning:</strong> \(words.html)</p>\n"
    case .code(let text): return "<pre><code>\(HTMLText.escaped(text))</code></pre>\n"
    case .table(let table, let caption):
      tables += 1
      let words = "<b>Table \(tables).</b> \(caption.html)"
      let type = table.rows.count > 20 ? "wide long" : "wide"
      return "<div class=\"\(type)\">\n\(table.html(caption: words))</div>\n"
    case .figure(let figure, let caption):
      switch pictures[figure.name] {
      case .success(let svg):
        figures += 1
        return
          "<figure>\n\(svg)<figcaption><b>Figure \(figures).</b> \(caption.html)</figcaption>\n"
          + "</figure>\n"
      case .failure:
        return "<p class=\"missing\">Not drawn: \(HTMLText.escaped(figure.title)).</p>\n"
      case nil: return ""
      }
    }
  }
}
