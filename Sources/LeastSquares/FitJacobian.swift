/// The Jacobian of the rows of a fit and what it determines.
struct FitJacobian {
  /// `sqrt(w) s df/dtheta` of the moving parameters, row-major.
  let matrix: [Double]
  let parts: ScaledDecomposition
  let null: NullSpace

  var rank: Int { null.known.count }
  /// How many parameters have no effect at all.
  private var silent: Int { parts.norms.count { $0 == 0 } }

  /// Nil where an entry is not finite, or the rows are fewer than the parameters.
  private init?(_ matrix: [Double], rows: Int, columns: Int) {
    guard let parts = ScaledDecomposition(matrix, rows: rows, columns: columns) else { return nil }
    self.matrix = matrix
    self.parts = parts
    null = NullSpace(parts)
  }

  /// The Jacobian of an objective at its parameters, some of which move.
  ///
  /// A parameter whose whole share of every prediction is rounding has no value but zero. What only
  /// it lets have an effect, such as the exponent of an amplitude of 1e-20, has none: the objective
  /// is left at the parameters with such an amplitude at zero, and the Jacobian is that of there.
  static func of(_ objective: Objective, moving: [Int], rows: Int) -> FitJacobian? {
    let given = objective.parameters
    let (matrix, size) = objective.weightedJacobian(moving)
    guard var here = FitJacobian(matrix, rows: rows, columns: moving.count) else { return nil }
    for (place, j) in moving.enumerated()
    where given[j] != 0 && abs(given[j]) * here.parts.norms[place] <= 1e-14 * size {
      let before = objective.parameters
      objective.parameters[j] = 0
      if let there = FitJacobian(
        objective.weightedJacobian(moving).matrix, rows: rows, columns: moving.count),
        there.silent > here.silent
      {
        here = there
      } else {
        objective.parameters = before
      }
    }
    return here
  }
}

extension FitJacobian {
  /// For each null direction whether the objective, to second order, rises along it: whether the
  /// second differences of the residuals have a part along the scores.
  ///
  /// Where a curve leaves every row as it is, second differences lie in the span of the columns,
  /// which is orthogonal to the scores at a minimum. The step is one that, parameter by parameter,
  /// moves the predictions by .3 % of their size.
  func curved(_ objective: Objective, _ moving: [Int]) -> [Bool] {
    let (parameters, loss) = (objective.parameters, objective.loss)
    defer { objective.parameters = parameters }
    // The scores of absolute values are not known on the rows that the fit runs through.
    guard loss != .absolute else { return null.directions.map { _ in false } }
    let weights = objective.weights
    let center = objective.residuals()
    let size = objective.weightedJacobian([]).size
    func residuals(_ direction: [Double], _ step: Double) -> [Double] {
      for (place, j) in moving.enumerated() {
        objective.parameters[j] = parameters[j] + step * direction[place]
      }
      return objective.residuals()
    }
    return null.directions.map { direction in
      let reach = zip(direction, parts.norms).reduce(0) { max($0, abs($1.0 * $1.1)) }
      guard reach > 0 else { return false }
      let step = 3e-3 * size / reach
      let (above, below) = (residuals(direction, step), residuals(direction, -step))
      var (along, bend, score) = (0.0, 0.0, 0.0)
      for row in center.indices {
        let second = above[row] - 2 * center[row] + below[row]
        let psi = loss.psi(center[row])
        along += weights[row] * psi * second
        bend += weights[row] * second * second
        score += weights[row] * psi * psi
      }
      // A straight line bends by its rounding only.
      guard bend.squareRoot() > 1e-11 * size else { return false }
      return abs(along) > 1e-2 * (bend * score).squareRoot()
    }
  }
}

extension Objective {
  /// `sqrt(w) s df/dtheta` of some parameters, row-major, and the length of `sqrt(w) s f`.
  fileprivate func weightedJacobian(_ moving: [Int]) -> (matrix: [Double], size: Double) {
    let k = moving.count
    var matrix = Array(repeating: 0.0, count: rowCount * k)
    var size = 0.0
    let weights = weights
    forEachRow(.gradient) { row, _, s, base, block in
      let factor = weights[row].squareRoot() * s
      size += (factor * block[base]) * (factor * block[base])
      for a in 0..<k {
        matrix[row * k + a] = factor * block[(1 + moving[a]) * Objective.blockRows + base]
      }
    }
    return (matrix, size.squareRoot())
  }
}

extension GlobalFitter {
  /// How many numbers a fit took from its rows: the parameters that moved, less the directions along
  /// which they leave every row as it is.
  func rank(of fit: Fit) -> Int {
    let (objective, rows) = makeObjective(
      weights: problem.weights ?? Array(repeating: 1, count: problem.model.rowCount))
    let moving = free.filter { !fit.atBound[$0] }
    objective.parameters = fit.parameters
    objective.setFree(moving)
    guard let jacobian = FitJacobian.of(objective, moving: moving, rows: rows.count) else {
      return moving.count
    }
    let isExact = fit.rss <= 1e6 * objective.exactValue
    return jacobian.rank + (isExact ? 0 : jacobian.curved(objective, moving).count { $0 })
  }
}
