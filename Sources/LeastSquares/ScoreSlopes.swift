#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How steeply the scores psi of a fit change with its parameters, row by row: psi' where that is
/// known well enough, a density of the residuals at zero where the loss bends on few rows.
///
/// `absolute`, and `huber` and `softL1` with a delta far inside the noise, have their curvature on
/// a handful of rows, of which the fit itself has put as many as there are parameters. Two
/// estimates share the work:
/// ```
/// half-width  h = max(delta, s q(1/2 + h_n), abs(r) of row k + 1)
/// level       (rows with abs(r) <= h, less k) / (n - k)  delta / h
/// shape       the same for rows with abs(r) <= 2 h, zero beyond, scaled to that level
/// ```
/// with q the normal quantile and s the smaller of the standard deviation and of the middle of the
/// residuals, k rows left out of both.
///
/// - The level is Siddiqui's estimate of a density at the median, and h_n Hall and Sheather's
///   bandwidth for it, at the level 80 %: wide windows flatten the peak of the density and make
///   intervals too wide by a third at 40 rows; the bandwidth for 95 % still by a sixth.
/// - The k rows nearest to zero say nothing of the density: the fit runs (almost) through as many
///   rows as it has parameters. Left out of count and total, the level agrees with the
///   proportional limit of M-estimates, where it is n/(n - k) (mean psi' - k/n); for a delta beyond
///   all residuals it is 1, and the covariance that of least squares.
/// - The shape lets rows of a quiet region count for more than those of a noisy one. It may be
///   wide, as its height does not matter, and must be, as it has few rows to go by.
///
/// Sources: M. Siddiqui, J. Res. NBS 64B, 1960; P. Hall and S. Sheather, JRSS B 50, 1988; J.
/// Powell, 1991 (the shape, with R. Koenker's bandwidth, Quantile Regression, 2005, 3.4);
/// `summary.rq` of R leaves the zeros out likewise; P. Huber, Annals of Statistics 1, 1973 (the
/// correction for k/n) and N. El Karoui et al., PNAS 110, 2013 (its proportional limit).
enum ScoreSlopes {
  /// The slope of each row.
  ///
  /// - Parameters:
  ///   - loss: The loss.
  ///   - residuals: Its residuals at the optimum.
  ///   - k: How many parameters moved.
  /// - Returns: psi' of each row, smoothed.
  static func slopes(_ loss: Loss, _ residuals: [Double], parameters k: Int) -> [Double] {
    let delta: Double
    switch loss {
    case .absolute: delta = 0
    case .huber(let size), .softL1(let size): delta = size
    case .squares, .cauchy: return residuals.map { loss.psiDerivative($0) }
    }
    let n = residuals.count
    guard n > k else { return residuals.map { loss.psiDerivative($0) } }
    let sizes = residuals.map { abs($0) }.sorted()
    let width = bandwidth(sizes, parameters: k)
    if case .softL1 = loss, delta >= width { return residuals.map { loss.psiDerivative($0) } }
    // psi rises by 2 delta in all, by 2 for the absolute value: half of that per unit of density.
    let rise = loss == .absolute ? 1 : delta
    let level = max(width, delta, sizes[k])
    let shape = max(2 * width, delta, sizes[k])
    guard level > 0 else { return Array(repeating: 0, count: n) }
    let inside = sizes.count { $0 <= level }
    let average = Double(inside - k) / Double(n - k) * rise / level
    let height = average * Double(n) / Double(sizes.count { $0 <= shape })
    return residuals.map { abs($0) <= shape ? height : 0 }
  }

  /// The scores psi of each row, of which `absolute` has none on the rows that the fit runs
  /// through.
  static func scores(_ loss: Loss, _ residuals: [Double], parameters k: Int) -> [Double] {
    let scores = residuals.map { loss.psi($0) }
    guard loss == .absolute, residuals.count > k, k > 0 else { return scores }
    // Their residuals are rounding, and so is its sign.
    let largest = residuals.map { abs($0) }.sorted()[k - 1]
    return zip(residuals, scores).map { abs($0) <= largest ? 0 : $1 }
  }

  /// Half of the window for the density at zero, in units of the residual.
  ///
  /// ```
  /// h_n = n^(-1/3) z^(2/3) (1.5 phi(0)^2)^(1/3),  z = 1.2816
  /// ```
  private static func bandwidth(_ sizes: [Double], parameters k: Int) -> Double {
    let n = Double(sizes.count)
    let squares = sizes.reduce(0) { $0 + $1 * $1 }
    let deviation = (squares / (n - Double(k))).squareRoot()
    // The median of the sizes of the other rows.
    let middle = 0.5 * Double(sizes.count - k - 1)
    let place = k + Int(middle)
    let next = min(place + 1, sizes.count - 1)
    let median = sizes[place] + (middle - middle.rounded(.down)) * (sizes[next] - sizes[place])
    let spread = median / StandardNormal.quantile(0.75)
    let scale = spread > 0 ? min(deviation, spread) : deviation
    let density = 1 / (2 * Double.pi)
    let share =
      pow(n, -1.0 / 3) * pow(StandardNormal.quantile(0.9), 2.0 / 3) * pow(1.5 * density, 1.0 / 3)
    return scale * StandardNormal.quantile(0.5 + min(share, 0.45))
  }
}
