internal import Formulas
internal import LeastSquares
internal import Tables

/// Refits under other objectives and without some of the rows.
///
/// Each is a global search of its own, with the fit as one more start. The rows come in the order
/// of the variants, whatever the number of tasks.
struct Sensitivity {
  let data: FitData
  let spec: FitSpec
  let problem: Problem<FormulaModel>
  let best: Fit
  let variants: [SensitivityVariant]

  /// A fit that is to be made.
  private struct Job: Sendable {
    var row: LawFit.SensitivityRow
    /// Nil for the fit itself, and where the variant makes no sense.
    var problem: Problem<FormulaModel>?
  }

  /// The rows; those without a fit say why.
  func rows() async -> [(row: LawFit.SensitivityRow, values: [Double]?)] {
    let jobs = jobs()
    var options = data.options(spec)
    options.starts = [best.parameters]
    let (fitted, base) = (options, best)
    var fits: [Result<Fit, FitError>?] = jobs.map { _ in nil }
    await withTaskGroup(of: (Int, Result<Fit, FitError>?).self) { group in
      var next = 0
      func add() {
        guard next < jobs.count else { return }
        let (index, job) = (next, jobs[next])
        next += 1
        group.addTask {
          guard let problem = job.problem else {
            return (index, job.row.fault == nil ? .success(base) : nil)
          }
          do throws(FitError) {
            return (index, .success(try GlobalFitter(problem, options: fitted).fit()))
          } catch {
            return (index, .failure(error))
          }
        }
      }
      for _ in 0..<max(1, spec.tasks ?? Processors.count) { add() }
      while let (index, fit) = await group.next() {
        fits[index] = fit
        add()
      }
    }
    return zip(jobs, fits).map { job, fit in
      var row = job.row
      switch fit {
      case .success(let fit) where fit.objective.isFinite:
        row.isMinimum = fit.termination.isMinimum
        row.parameters = Dictionary(
          uniqueKeysWithValues: zip(data.formula.parameters, fit.parameters))
        return (row, fit.parameters)
      case .success: row.fault = "the law has no finite value on these rows"
      case .failure(let error): row.fault = String(describing: error)
      case nil: break
      }
      return (row, nil)
    }
  }

  private func jobs() -> [Job] {
    let used = data.table.rowCount == 0 ? [] : problem.response.indices.filter(isUsed)
    let size = data.runSize
    var seen: Set<SensitivityVariant> = []
    return variants.compactMap { variant in
      var variant = variant
      variant.residuals = variant.residuals ?? data.residuals
      variant.loss = variant.loss ?? data.loss
      guard seen.insert(variant).inserted, let kind = variant.residuals, let loss = variant.loss
      else { return nil }
      var row = LawFit.SensitivityRow(
        residuals: kind.rawValue, loss: loss.name, delta: loss.delta,
        omitted: variant.omitted?.rawValue, rows: used.count, isMinimum: false)
      if variant.omitted == nil, kind == data.residuals, loss == data.loss {
        return Job(row: row, problem: nil)
      }
      if kind != .raw, used.contains(where: { !(problem.response[$0] > 0) }) {
        row.fault = "the response is not positive everywhere"
        return Job(row: row, problem: nil)
      }
      var changed = problem
      changed.residuals = kind
      changed.loss = loss
      if let omitted = variant.omitted {
        let left = omitted.rows(of: used, residuals: best.residuals ?? [], size: size)
        var weights = problem.weights ?? Array(repeating: 1, count: problem.response.count)
        for row in left { weights[row] = 0 }
        changed.weights = weights
        row.rows -= left.count
      }
      return Job(row: row, problem: changed)
    }
  }

  private func isUsed(_ row: Int) -> Bool { problem.weights.map { $0[row] > 0 } ?? true }
}

extension FitData {
  /// What says how large a run was: 6ND, C, or the law's first input.
  var runSize: [Double] {
    if let params = values["N"], let tokens = values["D"] {
      return zip(params, tokens).map { 6 * $0 * $1 }
    }
    if let compute = values["C"] { return compute }
    return inputNames.first.flatMap { values[$0] } ?? Array(repeating: 0, count: table.rowCount)
  }

  /// The names of the law's inputs: N and D first, then in the order of the formula.
  var inputNames: [String] {
    let response = Set(parsed.responseNames)
    let names = parsed.freeNames.filter { values[$0] != nil && !response.contains($0) }
    let leading = ["N", "D"].filter(names.contains)
    return leading + names.filter { !leading.contains($0) }
  }
}

extension LawFit {
  /// In one line, which variant moves the decision most, compared with the interval of the fit.
  ///
  /// The decision is D/N at the largest budget, measured in logarithms; for a law that is no
  /// function of N and D it is the parameter that moves most in units of its interval. Nil without
  /// sensitivity, or where there is no interval to compare with.
  public var sensitivityVerdict: String? {
    guard let rows = sensitivity, let base = rows.first else { return nil }
    return ratioVerdict(rows, base) ?? parameterVerdict(rows, base)
  }

  private func ratioVerdict(_ rows: [SensitivityRow], _ base: SensitivityRow) -> String? {
    guard let origin = base.optima?.last else { return nil }
    let moved = rows.dropFirst().filter(\.isMinimum).compactMap { row in
      row.optima?.last { $0.flops == origin.flops }
        .map { (row: row, ratio: $0.tokensPerParam) }
    }
    func size(_ ratio: Double) -> Double { abs(logarithm(ratio / origin.tokensPerParam)) }
    guard let most = moved.max(by: { size($0.ratio) < size($1.ratio) }) else { return nil }
    var text =
      "'\(most.row.name(in: self))' moves D/N at \(Quantity.format(origin.flops)) FLOP most, "
      + "from \(number(origin.tokensPerParam)) to \(number(most.ratio))"
    guard let lower = origin.interval?.lower, let upper = origin.interval?.upper, lower > 0,
      upper > lower
    else { return text + "; the fit has no interval to compare with" }
    let width = logarithm(upper / lower)
    text += against(
      lower, upper, share: size(most.ratio) / width, value: most.ratio, "in logarithms")
    // Fewer rows tell less in any case; what the loss alone does is a choice of the reader's.
    let losses = moved.filter { $0.row.omitted == nil }
    if most.row.omitted != nil, let loss = losses.max(by: { size($0.ratio) < size($1.ratio) }) {
      text +=
        "; of the losses '\(loss.row.name(in: self))' moves it most, to \(number(loss.ratio)) "
        + "(\(Rounding.significant(100 * size(loss.ratio) / width, 2)) %)"
    }
    return text
  }

  private func parameterVerdict(_ rows: [SensitivityRow], _ base: SensitivityRow) -> String? {
    var best: (name: String, row: SensitivityRow, value: Double, share: Double)?
    for part in parameters {
      guard let lower = part.lower, let upper = part.upper, upper > lower else { continue }
      for row in rows.dropFirst() where row.isMinimum {
        guard let value = row.parameters?[part.name] else { continue }
        let share = abs(value - part.estimate) / (upper - lower)
        if share > best?.share ?? -1 { best = (part.name, row, value, share) }
      }
    }
    guard let best, let part = parameters.first(where: { $0.name == best.name }),
      let lower = part.lower, let upper = part.upper
    else { return nil }
    return
      "'\(best.row.name(in: self))' moves \(best.name) most, from \(number(part.estimate)) to "
      + number(best.value) + against(lower, upper, share: best.share, value: best.value, nil)
  }

  private func against(
    _ lower: Double, _ upper: Double, share: Double, value: Double, _ scale: String?
  ) -> String {
    let percent = Rounding.significant(100 * interval.level, 6)
    let place = value < lower || value > upper ? "outside" : "inside"
    return ": \(place) the fit's \(percent) % interval of \(number(lower)) to \(number(upper)); "
      + "the move is \(Rounding.significant(100 * share, 2)) % of its width"
      + (scale.map { " \($0)" } ?? "")
  }

  private func number(_ x: Double) -> String { Rounding.significant(x, 3) }
}
