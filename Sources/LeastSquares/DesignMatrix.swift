/// What the rows of a fit say about its parameters, whatever the noise: leverage, and what one
/// more row would add.
///
/// J is the Jacobian `sqrt(w) dg/dtheta` of the moving parameters at the fit, g the prediction in
/// the unit of the residuals. J'J is the information of the rows in units of the noise.
public struct DesignMatrix: Sendable {
  /// The rows of positive weight, ascending.
  public let rows: [Int]
  /// The parameters that moved, ascending: the coordinates of every vector here.
  public let free: [Int]
  /// The diagonal of the hat matrix `J (J'J)^-1 J'`, one value from 0 to 1 for each of ``rows``.
  ///
  /// It sums to ``rank``.
  public let leverage: [Double]
  /// How many directions of the parameters the rows determine: those whose singular value is above
  /// 1e-9 of the largest.
  public let rank: Int
  /// Largest over smallest singular value of J with unit columns.
  public let conditionNumber: Double
  /// The direction of the parameters that is determined worst, of unit length, each in units of
  /// what its column of J is long.
  public let worstDirection: [Double]
  /// The parameters that take part in a direction which the rows do not determine, ascending, see
  /// ``Covariance/unidentified``.
  public let unidentified: [Int]
  private let parts: ScaledDecomposition
  /// The singular directions that count as determined.
  private let known: [Int]

  fileprivate init(_ found: FitJacobian, rows: [Int], free: [Int]) {
    let k = free.count
    let (jacobian, parts, known) = (found.matrix, found.parts, found.null.known)
    leverage = rows.indices.map { row in
      known.reduce(0.0) { sum, d in
        let along = (0..<k).reduce(0.0) { part, a in
          parts.norms[a] > 0
            ? part + jacobian[row * k + a] / parts.norms[a] * parts.vectors[d][a] : part
        }
        return sum + (along / parts.singular[d]) * (along / parts.singular[d])
      }
    }
    self.rows = rows
    self.free = free
    self.parts = parts
    self.known = known
    unidentified = found.null.participants.map { free[$0] }
    rank = known.count
    let (largest, smallest) = (parts.singular.first ?? 0, parts.singular.last ?? 0)
    conditionNumber = smallest > 0 ? largest / smallest : .infinity
    worstDirection = parts.vectors.last ?? []
  }

  /// The variance of a quantity with this gradient, in units of the noise's: `g' (J'J)^-1 g`.
  ///
  /// A direction that the rows do not determine counts with 1e-9 of the largest singular value, so
  /// that the variance is huge but finite.
  ///
  /// - Parameter gradient: dq/dtheta, one value for each of ``free``.
  /// - Returns: the variance, 0 or more.
  public func variance(ofGradient gradient: [Double]) -> Double {
    let w = whitened(gradient)
    return zip(w, w).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The share of that variance which one more row would remove, from 0 to 1.
  ///
  ///     (g' M j)^2 / ((1 + j' M j) g' M g),   M = (J'J)^-1
  ///
  /// which is the rank-one update of the inverse (Sherman and Morrison).
  ///
  /// - Parameters:
  ///   - gradient: dq/dtheta, one value for each of ``free``.
  ///   - row: the row j of J, one value for each of ``free``.
  /// - Returns: the share.
  /// - Complexity: O(parameters^2).
  public func varianceReduction(ofGradient gradient: [Double], byRow row: [Double]) -> Double {
    let (g, j) = (whitened(gradient), whitened(row))
    var (gg, gj, jj) = (0.0, 0.0, 0.0)
    for (a, b) in zip(g, j) {
      gg += a * a
      gj += a * b
      jj += b * b
    }
    return gg > 0 ? min(gj / gg * gj / (1 + jj), 1) : 0
  }

  /// The variance of one row of unit weight that a covariance of the parameters amounts to: the
  /// mean of its ratio to `(J'J)^-1` over the directions determined.
  ///
  /// For least squares it is s^2; for a robust loss, the noise that the estimator sees.
  public func noiseVariance(of covariance: Covariance) -> Double {
    let sum = known.reduce(0.0) { total, d in
      let length = parts.singular[d]
      let direction = free.indices.map { parts.norms[$0] * length * parts.vectors[d][$0] }
      return total
        + free.indices.reduce(0.0) { part, a in
          part
            + free.indices.reduce(0.0) {
              $0 + direction[a] * covariance[free[a], free[$1]] * direction[$1]
            }
        }
    }
    return sum / Double(max(known.count, 1))
  }

  /// A vector in coordinates in which J'J is the identity.
  private func whitened(_ vector: [Double]) -> [Double] {
    precondition(vector.count == free.count, "one value per moving parameter")
    let floor = NullSpace.limit * (parts.singular.first ?? 0)
    return parts.vectors.indices.map { d in
      let along = vector.indices.reduce(0.0) {
        $0 + parts.vectors[d][$1] * vector[$1] / (parts.norms[$1] > 0 ? parts.norms[$1] : 1)
      }
      return along / max(parts.singular[d], floor)
    }
  }
}

extension GlobalFitter {
  /// The design of a fit's rows: see ``DesignMatrix``.
  ///
  /// - Parameter fit: A fit of this problem; only its parameters are read, and which of them sit at
  ///   a bound.
  /// - Returns: nil where no parameter moved, the rows are fewer than those that did, or the model
  ///   has no finite derivative on a row.
  /// - Complexity: O(rows * parameters^2).
  public func design(of fit: Fit) -> DesignMatrix? {
    let (objective, rows) = makeObjective(
      weights: problem.weights ?? Array(repeating: 1, count: problem.model.rowCount))
    let moving = free.filter { !fit.atBound[$0] }
    let k = moving.count
    guard k > 0, rows.count >= k else { return nil }
    objective.parameters = fit.parameters
    objective.setFree(moving)
    return FitJacobian.of(objective, moving: moving, rows: rows.count).map {
      DesignMatrix($0, rows: rows, free: moving)
    }
  }
}
