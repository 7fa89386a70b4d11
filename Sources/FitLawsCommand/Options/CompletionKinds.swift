internal import ArgumentParser
internal import Planning
internal import ScalingLaws

/// What a shell offers for the value of an option.
extension CompletionKind {
  /// Names of the catalogue's laws.
  static var laws: CompletionKind { .list(Law.all.map(\.name)) }
  /// Names of known GPUs.
  static var gpus: CompletionKind { .list(Accelerator.all.map(\.name)) }
  /// Names of known models.
  static var models: CompletionKind { .list(ModelPreset.all.map(\.name)) }
  /// Tables of runs, and folders.
  static var table: CompletionKind { .file(extensions: ["csv"]) }
  /// Saved fits.
  static var fit: CompletionKind { .file(extensions: ["json"]) }
}
