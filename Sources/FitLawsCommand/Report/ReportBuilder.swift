internal import ScalingLaws
internal import Tables

/// Makes the report of a saved fit.
struct ReportBuilder {
  /// The fits of the file.
  let fits: [LawFit]
  /// What was said of it, and the file.
  let source: PicturedFit.Source
  /// The SHA-256 of the file.
  let sha256: String
  /// What the report is called; nil for a title made from the fit.
  var title: String?

  /// Makes the report.
  ///
  /// - Throws: for a fit that is inconsistent, data that were named and are not those of the fit, and
  ///   options that say nothing sensible. That rows or figures are missing is no error.
  func report() async throws -> Report {
    guard !fits.isEmpty else {
      throw InputFault("\(source.path): no fit in it; make one with 'fitlaws fit'")
    }
    var report = Report(title: title ?? ownTitle)
    let isGrouped = fits.contains { $0.group != nil }
    var chapters: [FitChapter] = []
    let progress = ProgressLine("fits")
    defer { progress.end() }
    for (place, fit) in fits.enumerated() {
      let prefix = isGrouped ? "g\(place + 1)-" : ""
      chapters.append(
        await FitChapter(fit, try PicturedFit.saved(fit, among: fits, source), prefix: prefix))
      progress.show(Double(place + 1) / Double(fits.count))
    }
    if isGrouped {
      report.sections.append(
        Report.Section(title: "Groups", id: "groups", blocks: overview(chapters)))
    }
    for chapter in chapters {
      if let group = chapter.fit.group {
        report.sections.append(
          Report.Section(title: "Group \(group)", id: chapter.prefix + "group"))
      }
      report.sections += chapter.sections(level: isGrouped ? 3 : 2)
    }
    report.sections.append(versions)
    return report
  }

  private var ownTitle: String {
    let data = fits.first.map { AtomicFile.split($0.data.source).name } ?? ""
    let law = fits.first?.law.name ?? ""
    let name = law == "formula" ? "a given formula" : "the law \(law)"
    let groups = fits.contains { $0.group != nil } ? ", by group" : ""
    return "How \(data) follows \(name)\(groups)"
  }

  /// The fits side by side.
  private func overview(_ chapters: [FitChapter]) -> [Report.Item] {
    let names = fits.first?.parameters.map(\.name) ?? []
    var table = TextTable(
      headers: ["group", "rows"] + names + ["warnings"],
      alignments: [.left, .right] + names.map { _ in .left } + [.right])
    for chapter in chapters {
      let fit = chapter.fit
      table.append(
        [fit.group ?? "", "\(fit.data.rows)"]
          + names.map { name in
            fit.parameters.first { $0.name == name }.map { part in
              FitChapter.text(part.estimate, part.standardError, part.lower, part.upper)
            } ?? "-"
          } + ["\(chapter.allWarnings.count)"])
    }
    let level = chapters.first.map(\.percent) ?? ""
    return (chapters.first.map { [.paragraph($0.question)] } ?? []) + [
      .table(
        table,
        caption: "The parameters of the \(fits.count) groups, each a fit by itself, with "
          + "\(level) intervals.")
    ]
  }

  private var versions: Report.Section {
    var table = TextTable(headers: ["what", "version or hash"], alignments: [.left, .left])
    table.append(["fit made by", "fitlaws \(fits.first?.version ?? "")"])
    table.append(["schema of the fit", fits.first?.schema ?? ""])
    table.append(["SHA-256 of the file of the fit", sha256])
    let environment = FitEnvironment.current
    let tools = [
      ("fitlaws", "fitlaws"), ("gsl", "GSL"), ("swift", "Swift"), ("math", ""), ("target", ""),
    ]
    .map { key, name in (name.isEmpty ? "" : name + " ") + (environment[key]?.string ?? "") }
    table.append(["report made with", tools.joined(separator: ", ")])
    return Report.Section(
      title: "Versions and hashes", id: "versions",
      blocks: [
        .table(
          table,
          caption:
            "The same fit, data and versions give the same report, byte for byte. The SHA-256 of "
            + "the data stands under Data.")
      ])
  }
}
