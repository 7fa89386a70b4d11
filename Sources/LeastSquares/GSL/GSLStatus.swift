internal import CGSL

/// A status code of GSL.
struct GSLStatus: RawRepresentable, Sendable, Hashable {
  var rawValue: Int32

  init(rawValue: Int32) { self.rawValue = rawValue }

  static let success = GSLStatus(rawValue: 0)
  static let noProgress = GSLStatus(rawValue: Int32(GSL_ENOPROG))
  static let badFunction = GSLStatus(rawValue: Int32(GSL_EBADFUNC))
}

/// Turns GSL's error handler off: the default one ends the process.
///
/// Every wrapper calls ``prepare()`` first. The handler is GSL's only global state.
enum GSL {
  private static let handlerIsOff: Bool = {
    unsafe gsl_set_error_handler_off()
    return true
  }()

  static func prepare() { precondition(handlerIsOff) }
}
