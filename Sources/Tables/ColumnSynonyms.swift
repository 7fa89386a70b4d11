/// What the quantities of runs are called in people's tables.
public enum ColumnSynonyms {
  /// The usual words for the variables of scaling laws, in lower case.
  public static let words: [String: [String]] = [
    "N": ["params", "n_params", "parameters", "num_params"],
    "D": ["tokens", "n_tokens", "num_tokens"],
    "U": ["unique_tokens", "unique"],
    "C": ["flops", "compute", "budget"],
    "loss": ["loss", "val_loss"],
    "experts": ["experts", "num_experts", "n_experts"],
  ]

  /// Those of some columns that are called one of some words, given in lower case.
  public static func candidates(_ words: [String], among columns: [String]) -> [String] {
    columns.filter { words.contains($0.lowercased()) }
  }
}
