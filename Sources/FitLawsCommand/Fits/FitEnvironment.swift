internal import LeastSquares
internal import ScalingLaws
internal import Tables

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What the last bits of a fit may depend on beside its data and settings.
enum FitEnvironment {
  /// Version of this program, of Swift, GSL and the C library's mathematics, and the platform.
  static var current: [String: JSONValue] {
    [
      "fitlaws": .string(fitLawsVersion), "gsl": .string(GSLVersion.text),
      "math": .string(mathematics), "swift": .string(swift), "target": .string(target),
    ]
  }

  /// What has changed since, as `swift 6.2 then, 6.3 now`.
  static func changes(since old: JSONValue?) -> [String] {
    current.keys.sorted().compactMap { key in
      let (then, now) = (old?[key]?.string ?? "unknown", current[key]?.string ?? "unknown")
      return then == now ? nil : "\(key) \(then) then, \(now) now"
    }
  }

  private static var mathematics: String {
    #if canImport(Glibc)
      var name = [UInt8](repeating: 0, count: 64)
      unsafe name.withUnsafeMutableBytes { buffer in
        let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
        _ = unsafe confstr(Int32(_CS_GNU_LIBC_VERSION), start, buffer.count)
      }
      return String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
    #else
      return "Darwin"
    #endif
  }

  private static var swift: String {
    #if compiler(>=6.4)
      "6.4 or later"
    #elseif compiler(>=6.3)
      "6.3"
    #else
      "6.2"
    #endif
  }

  private static var target: String {
    #if arch(x86_64)
      let processor = "x86_64"
    #elseif arch(arm64)
      let processor = "arm64"
    #else
      let processor = "other"
    #endif
    #if os(Linux)
      return processor + "-linux"
    #else
      return processor + "-macos"
    #endif
  }
}
