internal import LeastSquares
internal import Tables

extension FitData {
  /// The residuals at some parameters, 0 for rows of weight 0.
  func residuals(at parameters: [Double], _ spec: FitSpec) -> [Double]? {
    var options = FitOptions()
    options.search = .local
    options.starts = [parameters]
    return try? GlobalFitter(problem(spec), options: options).residuals(at: parameters)
  }
}

extension Loss {
  /// The loss with its scale, for people.
  var words: String {
    delta.map { "\(name) (delta \(NumberText.shortest($0)))" } ?? name
  }
}

extension AnalysisError {
  /// An error that says which of several fits it belongs to.
  static func naming(_ name: String, _ error: any Error) -> AnalysisError {
    if let error = error as? AnalysisError {
      return AnalysisError(error.code, "\(name): \(error.message)")
    }
    return AnalysisError(.badSetting, "\(name): \(error)")
  }
}
