internal import Crypto

/// Names of metrics, hyperparameters and tags as MLflow and a file system accept them.
///
/// MLflow takes letters, digits and `_-. :/` and makes folders of slashes, so that a name may
/// neither lead out of its folder nor be a file and a folder at once. Every other character is
/// written `_uHEX_`; where that changes a name, the true one is kept in a tag.
struct ExportedNames {
  /// What is named.
  enum Kind: String, CaseIterable { case metric, param, tag }

  /// The exported name of each name.
  private(set) var exported: [String: String] = [:]
  private let kind: Kind

  /// Of the 250 characters MLflow takes; the tag of the true name has a prefix.
  private static let longest = 180
  private static let prefix = "fitlaws.name."

  /// Finds an exported name for each of some names.
  init(_ names: some Sequence<String>, kind: Kind) {
    self.kind = kind
    let names = names.sorted()
    let wanted = names.map(Self.escaped)
    var folders: Set<String> = []
    for name in wanted { folders.formUnion(Self.folders(of: name)) }
    var taken: Set<String> = []
    for (name, wanted) in zip(names, wanted) {
      var result = wanted
      // Disks that ignore case would make one file of two.
      if folders.contains(wanted.lowercased()) || taken.contains(wanted.lowercased()) {
        result += "_" + Self.digest(name)
      }
      taken.insert(result.lowercased())
      exported[name] = result
    }
  }

  /// The tags that keep the true names.
  var tags: [String: String] {
    var tags: [String: String] = [:]
    for (name, exported) in exported where name != exported {
      tags["\(Self.prefix)\(kind.rawValue).\(exported)"] = name
    }
    return tags
  }

  /// Gives metrics, hyperparameters and tags of a run their true names back.
  static func restore(_ run: inout ImportedRun) {
    for kind in Kind.allCases {
      let prefix = "\(prefix)\(kind.rawValue)."
      for (key, name) in run.tags where key.hasPrefix(prefix) {
        run.tags[key] = nil
        let exported = String(key.dropFirst(prefix.count))
        switch kind {
        case .metric: move(&run.metrics, exported, name)
        case .param: move(&run.config, exported, name)
        case .tag: move(&run.tags, exported, name)
        }
      }
    }
  }

  private static func move<Value>(
    _ members: inout [String: Value], _ exported: String, _ name: String
  ) {
    if let value = members.removeValue(forKey: exported) { members[name] = value }
  }

  private static func escaped(_ name: String) -> String {
    let parts = name.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false)
    // An empty part, `.` and `..` are no names of files.
    let isPath = parts.allSatisfy { part in !part.allSatisfy { $0 == "." } }
    let result = parts.map { part in
      part.map { scalar in
        isPlain(scalar) && (isPath || scalar != ".") ? String(scalar) : code(scalar)
      }.joined()
    }.joined(separator: isPath ? "/" : code("/"))
    var whole = result.isEmpty ? "_" : result
    // A name that looks like the tag of a true name must not be taken for one.
    if whole.hasPrefix(prefix) { whole = code("f") + whole.dropFirst() }
    // A file name of most systems holds 255 bytes.
    guard whole.utf8.count > longest else { return whole }
    var end = whole.startIndex
    while whole[..<end].utf8.count + whole[end].utf8.count <= longest - 17 {
      end = whole.index(after: end)
    }
    let kept = whole[..<end]
    return (kept.hasSuffix("/") ? kept.dropLast() : kept) + "_" + digest(name)
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    if "_-. :".unicodeScalars.contains(scalar) { return true }
    return switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber:
      true
    default: false
    }
  }

  private static func code(_ scalar: Unicode.Scalar) -> String {
    "_u" + String(scalar.value, radix: 16) + "_"
  }

  /// The folders a name lies in, in lower case.
  private static func folders(of name: String) -> [String] {
    let parts = name.lowercased().split(separator: "/")
    return parts.indices.dropFirst().map { parts[..<$0].joined(separator: "/") }
  }

  private static func digest(_ name: String) -> String {
    String(hexadecimal(SHA256(of: Array(name.utf8))).prefix(16))
  }
}
