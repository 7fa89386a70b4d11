import Foundation

/// Where the package lies and where it was built: what cells run with.
public struct Workshop: Sendable {
  /// The folder of the package.
  public let root: String
  /// The folder of the built command, modules and objects.
  public let products: String

  /// Names both folders.
  public init(root: String, products: String) {
    self.root = root
    self.products = products
  }

  /// The checkout this was compiled from, and the folder of the running program or of its tests.
  public static let current: Workshop = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let program = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
    let products = (program ?? URL(fileURLWithPath: CommandLine.arguments[0]))
      .resolvingSymlinksInPath().deletingLastPathComponent()
    return Workshop(root: root.path, products: products.path)
  }()

  /// All pages with cells: the notebooks in reading order, the documentation, and the README.
  public func pages() throws -> [String] {
    try ["Notebooks-md", "Documentation", "."].flatMap { folder in
      try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)").sorted()
        .filter { folder == "." ? $0 == "README.md" : $0.hasSuffix(".md") }
        .map { folder == "." ? $0 : "\(folder)/\($0)" }
    }
  }

  /// Reads a page, named by its path from the root of the package.
  public func notebook(_ name: String) throws -> Notebook {
    let text: String
    do {
      text = try String(contentsOfFile: "\(root)/\(name)", encoding: .utf8)
    } catch {
      throw NotebookError(place: name, message: "no such page in \(root)")
    }
    return try Notebook(text, name: name)
  }

  /// What commands and programs of cells see: plain text in 80 columns, the built command first,
  /// and not the store of whoever runs the check.
  func environment(folder: String) -> [String: String] {
    var environment = ProcessInfo.processInfo.environment.filter {
      !["FITLAWS_STORE", "CLICOLOR_FORCE"].contains($0.key)
    }
    environment["PATH"] = products + ":" + (environment["PATH"] ?? "/usr/bin:/bin")
    environment.merge([
      "NO_COLOR": "1", "COLUMNS": "80", "LC_ALL": "C", "TZ": "UTC", "PWD": folder,
      // A crash shows its message; what follows it differs between machines.
      "SWIFT_BACKTRACE": "enable=no",
    ]) { $1 }
    return environment
  }
}
