internal import Figures
internal import Tables

extension Report {
  /// The report as Markdown.
  ///
  /// - Parameter paths: where pictures were written, by the name of the figure; those that have none
  ///   are left out.
  /// - Returns: the text.
  func markdown(_ paths: [String: String]) -> String {
    var pieces = ["# \(Block.escaped(InputFault.oneLine(title)))\n"]
    var tables = 0
    var figures = 0
    for section in sections {
      pieces.append(
        String(repeating: "#", count: section.level)
          + " \(Block.escaped(InputFault.oneLine(section.title)))\n")
      for block in section.blocks {
        switch block {
        case .paragraph(let words): pieces.append(words.markdown + "\n")
        case .list(let items): pieces.append(items.map { "- \($0.markdown)\n" }.joined())
        case .warning(let words): pieces.append("**Warning:** \(words.markdown)\n")
        case .code(let text): pieces.append(Block.code(text).markdown)
        case .table(let table, let caption):
          tables += 1
          pieces.append("**Table \(tables).** \(caption.markdown)\n")
          pieces.append(table.markdown())
        case .figure(let figure, let caption):
          guard let path = paths[figure.name] else { continue }
          figures += 1
          pieces.append("![\(Block.escaped(InputFault.oneLine(figure.title)))](<\(path)>)\n")
          pieces.append("**Figure \(figures).** \(caption.markdown)\n")
        }
      }
    }
    return pieces.joined(separator: "\n")
  }
}
