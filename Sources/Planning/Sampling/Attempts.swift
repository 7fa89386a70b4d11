public import ScalingLaws
public import Tables

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Attempts at problems: how many samples were drawn of each, and how many were correct.
public struct Attempts: Sendable, Hashable {
  /// One problem.
  public struct Problem: Sendable, Hashable {
    /// What it is called.
    public var name: String
    /// Samples drawn, at least 1.
    public var samples: Int
    /// Samples that were correct.
    public var correct: Int

    /// Makes a problem.
    ///
    /// - Precondition: 0 <= correct <= samples, and at least one sample.
    public init(_ name: String, samples: Int, correct: Int) {
      precondition(samples > 0 && (0...samples).contains(correct), "0 <= correct <= samples")
      (self.name, self.samples, self.correct) = (name, samples, correct)
    }

    /// The chance that at least one of k samples is correct, without bias.
    ///
    ///     1 - C(n - c, k) / C(n, k)
    ///
    /// Source: Chen et al. 2021, arXiv:2107.03374, equation 1.
    ///
    /// - Precondition: 1 <= k <= samples.
    /// - Complexity: O(c).
    public func passAt(_ k: Int) -> Double {
      precondition((1...samples).contains(k), "k lies between 1 and the samples drawn")
      guard samples - correct >= k else { return 1 }
      // The product of (1 - k / i) over i in n - c + 1 ... n, by logarithms: no binomial overflows.
      return -expm1(
        (samples - correct..<samples).reduce(0) { $0 + log1p(-Double(k) / Double($1 + 1)) })
    }
  }

  /// The problems.
  public var problems: [Problem]

  /// Makes attempts.
  ///
  /// - Throws: `AnalysisError` without problems.
  public init(_ problems: [Problem]) throws(AnalysisError) {
    guard !problems.isEmpty else {
      throw AnalysisError(.tooFewRows, "no problems; give a row for each, with samples and correct")
    }
    self.problems = problems
  }

  /// The fewest samples of a problem: the largest k at which coverage can be estimated.
  public var largestK: Int { problems.reduce(Int.max) { min($0, $1.samples) } }

  /// Coverage: the mean of pass@k over problems.
  ///
  /// - Precondition: 1 <= k <= ``largestK``.
  public func coverage(_ k: Int) -> Double {
    problems.reduce(0) { $0 + $1.passAt(k) } / Double(problems.count)
  }
}

extension Attempts {
  /// What the columns of a table may be called.
  private static let names: [(column: String, synonyms: [String])] = [
    ("samples", ["samples", "n", "num_samples", "attempts", "total"]),
    ("correct", ["correct", "c", "num_correct", "passed", "successes"]),
  ]

  /// Reads a row per problem from a table: samples, correct, and if there is one a column
  /// `problem`, `task_id` or `name`.
  ///
  /// - Parameters:
  ///   - table: the table.
  ///   - stated: the column that `samples`, `correct` or `problem` stands for.
  /// - Throws: `AnalysisError` or `TableError` that names the line and column at fault.
  public init(_ table: Table, columns stated: [String: String] = [:]) throws {
    let place = table.source.isEmpty ? "the table" : table.source
    for name in stated.keys.sorted() where !["samples", "correct", "problem"].contains(name) {
      throw AnalysisError(
        .missingColumn, "'\(name)' is not read here; columns are samples, correct and problem")
    }
    func find(_ name: String, _ synonyms: [String]) throws(AnalysisError) -> String? {
      if let column = stated[name] { return column }
      let found = table.columnNames.filter { synonyms.contains($0.lowercased()) }
      guard found.count <= 1 else {
        throw AnalysisError(
          .ambiguousColumn,
          "\(found.joined(separator: " and ")) could both be \(name); say which with --columns "
            + "\(name)=\(found[0])")
      }
      return found.first
    }
    let columns = try Self.names.map { name, synonyms throws -> [Double] in
      guard let column = try find(name, synonyms) else {
        throw AnalysisError(
          .missingColumn,
          "\(place): no column for \(name) among \(table.columnNames.joined(separator: ", ")); "
            + "name it with --columns \(name)=COLUMN")
      }
      return try table.numbers(column)
    }
    let names = try find("problem", ["problem", "task_id", "name"]).map { try table.texts($0) }
    let (samples, correct) = (columns[0], columns[1])
    try self.init(
      (0..<table.rowCount).map { row throws(AnalysisError) in
        let (n, c) = (samples[row], correct[row])
        guard n >= 1, c >= 0, c <= n, n <= 1e9, n == n.rounded(), c == c.rounded() else {
          throw AnalysisError(
            .badValue,
            "\(place):\(table.lineNumber(ofRow: row)): \(NumberText.shortest(c)) correct of "
              + "\(NumberText.shortest(n)) samples; both are counts, correct at most samples")
        }
        return Problem(names?[row] ?? String(row + 1), samples: Int(n), correct: Int(c))
      })
  }
}
