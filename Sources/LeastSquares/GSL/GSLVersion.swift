internal import CGSL

/// Which GSL this package was built with.
public enum GSLVersion {
  /// Its version, such as `2.8`.
  public static var text: String { GSL_VERSION }
}
