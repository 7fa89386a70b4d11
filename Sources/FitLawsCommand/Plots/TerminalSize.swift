#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// How large the terminal is.
enum TerminalSize {
  /// Columns of the terminal that standard output is; nil where it is none.
  static var columns: Int? {
    var size = winsize()
    let request = UInt(TIOCGWINSZ)
    guard unsafe ioctl(STDOUT_FILENO, request, &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
