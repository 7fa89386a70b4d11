import Foundation

/// The browser that tests open pages in.
public enum InstalledChromium {
  /// Its path; nil where there is none.
  public static let path: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return ["chromium", "chromium-browser", "google-chrome"].lazy
      .flatMap { name in folders.map { "\($0)/\(name)" } }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  /// What became of a page.
  public struct Outcome: Sendable {
    /// The document after its scripts have run.
    public var document: String
    /// What was written to the console of the browser.
    public var console: [Substring]
    /// Addresses on the network that the page asked for.
    public var requests: [String]
  }

  /// Opens a page without a window, in a profile of its own.
  ///
  /// - Parameters:
  ///   - page: the path of the page, which may look into other files.
  ///   - folder: a folder for the profile and the log.
  /// - Returns: what became of it.
  /// - Throws: what starting it, or reading its files, throws.
  public static func open(_ page: String, in folder: String) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path ?? "chromium")
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
      "--allow-file-access-from-files", "--user-data-dir=\(folder)/profile",
      "--proxy-server=127.0.0.1:9", "--enable-logging=stderr", "--log-net-log=\(folder)/net.json",
      "--dump-dom", URL(fileURLWithPath: page).absoluteString,
    ]
    // Files, because a full pipe would hold it up.
    let (output, errors) = ("\(folder)/document.html", "\(folder)/errors.txt")
    for path in [output, errors] { try Data().write(to: URL(fileURLWithPath: path)) }
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
    try process.run()
    process.waitUntilExit()
    func text(_ path: String) throws -> String {
      String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }
    // The number is that of everything a page loads; the browser's own requests have others.
    let loads = /"traffic_annotation":101845102,"url":"(?<url>[^"]*)"/
    return Outcome(
      document: try text(output),
      console: try text(errors).split(separator: "\n").filter { $0.contains("CONSOLE") },
      requests: try text("\(folder)/net.json").matches(of: loads).map { String($0.output.url) })
  }
}
