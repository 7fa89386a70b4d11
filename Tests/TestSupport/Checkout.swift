public import Tables

/// Files of the checkout that tests read.
public enum Checkout {
  /// The folder of the package.
  public static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    .dropLast(3).joined(separator: "/")

  /// The path of a published table: `chinchilla/fig4.csv`.
  public static func dataset(_ name: String) -> String { "\(root)/Datasets/\(name)" }

  /// A published table.
  public static func table(_ name: String) throws -> Table {
    try Table.read(contentsOf: dataset(name), source: name)
  }
}
