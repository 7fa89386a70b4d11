internal import Figures
internal import Tables

/// A document about a fit as a value: what is written as HTML or Markdown.
struct Report {
  var title: String
  var sections: [Section] = []

  /// A heading with what follows it.
  struct Section {
    var title: String
    /// What links name it by, unique in the report.
    var id: String
    /// 2 for a section, 3 for one inside.
    var level = 2
    var blocks: [Item] = []
  }

  /// A piece of a section.
  enum Item {
    case paragraph(Prose)
    case list([Prose])
    /// What a reader should know before using the numbers.
    case warning(Prose)
    case code(String)
    case table(TextTable, caption: Prose)
    case figure(Figure, caption: Prose)
  }

  /// The figures, in order.
  var figures: [Figure] {
    sections.flatMap(\.blocks).compactMap { block in
      if case .figure(let figure, _) = block { figure } else { nil }
    }
  }
}

/// A drawn figure, or why there is none.
typealias Picture = Result<String, InputFault>

extension [String: Picture] {
  /// Why one of them could not be drawn; nil where all were.
  var fault: InputFault? {
    values.compactMap { picture in
      if case .failure(let fault) = picture { fault } else { nil }
    }.min { $0.message < $1.message }
  }
}

extension Report {
  /// Draws all figures as SVG, by name.
  ///
  /// Where there is no gnuplot, the report is made without pictures and says so.
  func pictures() async -> [String: Picture] {
    let gnuplot = Gnuplot()
    var pictures: [String: Picture] = [:]
    for figure in figures {
      do {
        let bytes = try await gnuplot.render(figure, as: .svg)
        pictures[figure.name] = .success(String(decoding: bytes, as: UTF8.self))
      } catch {
        pictures[figure.name] = .failure(InputFault("\(error)"))
      }
    }
    return pictures
  }
}
