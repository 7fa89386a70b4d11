internal import Formulas
internal import LeastSquares
internal import Tables

/// Which parameters of a fit the rows determine, and in which words the others are told of.
struct Identification {
  /// The parameters that have no error and no interval, as indices.
  let open: Set<Int>
  /// What is saved of it; nil where every parameter is determined.
  let part: LawFit.UndeterminedPart?
  /// A line for everything that is not determined.
  let warnings: [String]

  init(_ data: FitData, _ fitter: GlobalFitter<FormulaModel>, _ best: Fit, _ covariance: Covariance)
  {
    let words = Words(names: data.formula.parameters)
    guard data.constantResponse == nil else {
      self = Self(constant: data, covariance, words)
      return
    }
    let lost = zip(covariance.nullDirections, covariance.isCurved)
    let flat = lost.filter { !$1 }.map(\.0) + Self.silentAtBounds(fitter, best, covariance)
    // Without degrees of freedom nothing has an error anyway, and the reason is another.
    let curved = covariance.degreesOfFreedom > 0 ? lost.filter { $1 }.map(\.0) : []
    let directions = flat + curved
    var open = Set(directions.flatMap(words.members))
    var groups = words.groups(flat).map { directions in
      (reason: words.reason(directions), warning: words.warning(directions))
    }
    groups += curved.map(words.curved)
    if var tied = Self.entangled(covariance, best) {
      let nearby = Self.vanishing(tied, fitter, best, covariance)
      tied.removeAll { $0 == nearby }
      open.formUnion(tied)
      groups.append(words.entangled(tied, covariance, nearby: nearby))
    }
    self.open = open
    warnings = groups.map(\.warning)
    let indices = open.sorted()
    part =
      open.isEmpty
      ? nil
      : LawFit.UndeterminedPart(
        parameters: indices.map { data.formula.parameters[$0] },
        directions: directions.map { direction in indices.map { direction[$0] } },
        reason: groups.map(\.reason).joined(separator: "; "))
  }

  /// A constant response leaves no scatter to judge by, and a law that is not linear several ways
  /// to be constant.
  private init(constant data: FitData, _ covariance: Covariance, _ words: Words) {
    let free = covariance.free
    let isLinear = Set(free).isSubset(of: data.formula.linearParameters)
    let indices = isLinear || free.count == 1 ? covariance.unidentified : free
    let names = words.list(indices)
    let response = data.columns[data.parsed.responseText] ?? data.parsed.responseText
    let value = NumberText.shortest(data.constantResponse ?? .nan)
    let reason = "\(response) is \(value) in every row"
    open = Set(free)
    part =
      indices.isEmpty
      ? nil
      : LawFit.UndeterminedPart(
        parameters: indices.map { words.names[$0] },
        directions: covariance.nullDirections.map { direction in indices.map { direction[$0] } },
        reason: reason)
    warnings = [
      "\(reason): the response is constant, so that no parameter has an error or an interval and R² "
        + "no value" + (indices.isEmpty ? "" : "; \(names) \(words.are(indices)) not determined")
    ]
  }

  /// A parameter at its bound that no row depends on is there by chance: the exponent of a term that
  /// is at its own bound, zero.
  private static func silentAtBounds(
    _ fitter: GlobalFitter<FormulaModel>, _ best: Fit, _ covariance: Covariance
  ) -> [[Double]] {
    best.atBound.indices.filter { index in
      guard best.atBound[index], fitter.problem.fixed[index] == nil else { return false }
      var freed = best
      freed.atBound[index] = false
      guard let found = try? fitter.covariance(of: freed) else { return false }
      return found.nullDirections.contains { direction in
        direction.indices.allSatisfy { (direction[$0] != 0) == ($0 == index) }
      }
    }.map { index in best.atBound.indices.map { $0 == index ? 1 : 0 } }
  }

  // MARK: - Nearly lost combinations

  /// The largest group of parameters that are each uncertain by more than themselves and tied to
  /// one another: of them only a combination is known, whatever digits the estimates have.
  private static func entangled(_ covariance: Covariance, _ best: Fit) -> [Int]? {
    guard covariance.degreesOfFreedom > 0 else { return nil }
    let wide = covariance.free.filter {
      covariance.standardErrors[$0] > abs(best.parameters[$0])
    }
    let groups = wide.map { i in
      wide.filter { j in
        i == j || abs(covariance.correlation[i * covariance.parameterCount + j]) > 1 - 1e-5
      }
    }
    return groups.max { $0.count < $1.count }.flatMap { $0.count > 1 ? $0 : nil }
  }

  /// A parameter that may be zero and, at zero, leaves the others of a group a single term: the
  /// exponent in E + A / x^a.
  ///
  /// It is itself known well enough, if only to be near zero.
  private static func vanishing(
    _ group: [Int], _ fitter: GlobalFitter<FormulaModel>, _ best: Fit, _ covariance: Covariance
  ) -> Int? {
    covariance.free.first { index in
      let others = Set(group).subtracting([index])
      guard others.count > 1,
        abs(best.parameters[index]) < 2 * covariance.standardErrors[index]
      else { return false }
      var there = best
      there.parameters[index] = 0
      guard let found = try? fitter.covariance(of: there) else { return false }
      return others.isSubset(of: found.unidentified) && !found.unidentified.contains(index)
    }
  }
}

/// What is said of parameters that are not determined.
private struct Words {
  let names: [String]

  func list(_ indices: [Int]) -> String { indices.map { names[$0] }.joined(separator: ", ") }

  func are(_ indices: [Int]) -> String { indices.count == 1 ? "is" : "are" }

  /// Directions that share a parameter, together.
  func groups(_ directions: [[Double]]) -> [[[Double]]] {
    var result: [[[Double]]] = []
    for direction in directions {
      let isTied = { (group: [[Double]]) in
        group.contains { zip($0, direction).contains { $0 != 0 && $1 != 0 } }
      }
      let tied = result.filter(isTied).flatMap { $0 }
      result.removeAll(where: isTied)
      result.append(tied + [direction])
    }
    return result
  }

  func members(_ direction: [Double]) -> [Int] { names.indices.filter { direction[$0] != 0 } }

  private func members(_ directions: [[Double]]) -> [Int] {
    names.indices.filter { index in directions.contains { $0[index] != 0 } }
  }

  /// A direction as steps of its parameters.
  private func steps(_ direction: [Double]) -> String {
    members(direction).map { index in
      let sign = direction[index] < 0 ? "-" : "+"
      return "\(names[index]) \(sign)\(Rounding.significant(abs(direction[index]), 3))"
    }.joined(separator: ", ")
  }

  func curved(_ direction: [Double]) -> (reason: String, warning: String) {
    let list = list(members(direction))
    return (
      "the law turns back at the estimates of \(list)",
      "\(list) have no error: the law turns back at these estimates (no row changes, to first order, "
        + "along \(steps(direction))), short of the runs that it cannot reach; try another law"
    )
  }

  func reason(_ directions: [[Double]]) -> String {
    let members = members(directions)
    return members.count == 1
      ? "no row depends on \(list(members)) at the estimates"
      : "only combinations of \(list(members)) are determined"
  }

  func warning(_ directions: [[Double]]) -> String {
    let members = members(directions)
    guard members.count > 1 else {
      return "\(list(members)) is not determined: no row depends on it at these estimates; fix it "
        + "(--fix) or add runs"
    }
    let ways = directions.map(steps)
    return
      "\(list(members)) are not determined: these rows determine only combinations of them (no "
      + "row changes along \(ways.joined(separator: "; nor along "))); fix "
      + "\(ways.count == 1 ? "one" : "\(ways.count)") of them (--fix) or add runs"
  }

  func entangled(
    _ group: [Int], _ covariance: Covariance, nearby: Int?
  ) -> (reason: String, warning: String) {
    let correlation = covariance.correlation[group[0] * covariance.parameterCount + group[1]]
    let near = nearby.map { "\(names[$0]) is near 0, where they are one term" }
    let sure =
      "each is uncertain by more than itself, and their correlation is "
      + Rounding.significant(correlation, 3)
    return (
      "only a combination of \(list(group)) is determined" + (near.map { " (\($0))" } ?? ""),
      "\(list(group)) are not determined: these rows determine only a combination of them "
        + "(\(near.map { $0 + "; " } ?? "")\(sure)); fix one of them (--fix), add runs, or use "
        + "predictions rather than their values"
    )
  }
}

extension FitData {
  /// The response, where it is the same in all rows in use but for rounding; else nil.
  var constantResponse: Double? {
    let used = zip(formula.response, weights ?? formula.response.map { _ in 1 })
      .filter { $0.1 > 0 }.map(\.0)
    guard used.count > 1, let low = used.min(), let high = used.max(),
      high - low <= 1e-14 * max(abs(low), abs(high))
    else { return nil }
    return used[0]
  }
}
