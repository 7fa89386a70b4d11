public import Tables

/// What a run is, fixed when it begins: the file `run.json`.
///
/// Keys that this version does not know are kept in the `other` of their place.
public struct RunRecord: Sendable, Hashable {
  /// Size and shape of the model: `model`.
  public struct Model: Sendable, Hashable {
    /// All parameters: `n_params`.
    public var params: Int?
    /// Parameters without embeddings: `n_params_non_embedding`.
    public var nonEmbeddingParams: Int?
    /// Anything else, such as `n_layers`.
    public var other: [String: JSONValue]

    /// Creates the description of a model.
    public init(
      params: Int? = nil, nonEmbeddingParams: Int? = nil, other: [String: JSONValue] = [:]
    ) {
      self.params = params
      self.nonEmbeddingParams = nonEmbeddingParams
      self.other = other
    }
  }

  /// What it is trained on: `data`.
  public struct Data: Sendable, Hashable {
    /// Tokens that the run is to see, repetitions counted: `tokens_planned`.
    public var plannedTokens: Int?
    /// Different tokens: `unique_tokens`.
    public var uniqueTokens: Int?
    /// Anything else, such as `dataset` and `tokenizer`.
    public var other: [String: JSONValue]

    /// Creates the description of the data.
    public init(
      plannedTokens: Int? = nil, uniqueTokens: Int? = nil, other: [String: JSONValue] = [:]
    ) {
      self.plannedTokens = plannedTokens
      self.uniqueTokens = uniqueTokens
      self.other = other
    }
  }

  /// What it costs: `compute`.
  public struct Compute: Sendable, Hashable {
    /// Floating-point operations of the whole run: `flops`.
    public var flops: Double?
    /// How they were counted, such as `6ND` or `measured`: `flops_rule`.
    public var rule: String?
    /// Anything else.
    public var other: [String: JSONValue]

    /// Creates the description of the compute.
    public init(flops: Double? = nil, rule: String? = nil, other: [String: JSONValue] = [:]) {
      self.flops = flops
      self.rule = rule
      self.other = other
    }
  }

  /// Where an imported run comes from: `source`.
  public struct Source: Sendable, Hashable {
    /// The kind of source, such as `mlflow`: `kind`.
    public var kind: String
    /// The run's identifier there: `id`.
    public var id: String?
    /// Whether the curves are known to be a sample of the rows logged: `sampled`.
    public var isSampled: Bool
    /// Anything else, such as the tool and its version.
    public var other: [String: JSONValue]

    /// Creates the description of a source.
    public init(
      kind: String, id: String? = nil, isSampled: Bool = false, other: [String: JSONValue] = [:]
    ) {
      self.kind = kind
      self.id = id
      self.isSampled = isSampled
      self.other = other
    }
  }

  /// The run whose checkpoint this one began from: `parent`.
  public struct Parent: Sendable, Hashable {
    /// The run: `id`.
    public var id: RunID
    /// The step of the checkpoint: `step`.
    public var step: Int?
    /// Anything else.
    public var other: [String: JSONValue]

    /// Creates a reference to a run.
    public init(id: RunID, step: Int? = nil, other: [String: JSONValue] = [:]) {
      self.id = id
      self.step = step
      self.other = other
    }
  }

  /// The run's identifier: `id`.
  public var id: RunID
  /// A name for people; need not be unique, may be empty: `name`.
  public var name: String
  /// When the run began; nil if an import does not say: `created`.
  public var created: UTCTime?
  /// Where the run was imported from; nil for a run of this store: `source`.
  public var source: Source?
  /// Size and shape of the model (N).
  public var model: Model
  /// What it is trained on (D).
  public var data: Data
  /// What it costs (C).
  public var compute: Compute
  /// Hyperparameters as any JSON: `config`.
  public var config: [String: JSONValue]
  /// The code, such as `commit`, `dirty` and `diff_sha256`.
  public var code: [String: JSONValue]
  /// The machine, such as `accelerator`, `count`, `host`, `price_per_hour` and `currency`.
  public var hardware: [String: JSONValue]
  /// The run whose checkpoint this one began from.
  public var parent: Parent?
  /// Keys of `run.json` beside these.
  public var other: [String: JSONValue]

  /// Creates the description of a run.
  ///
  /// - Parameters:
  ///   - id: the identifier. The default is a new one.
  ///   - name: a name for people. The default is none.
  ///   - created: when it began. The default is not to say;
  ///     ``RunStore/start(_:durability:)`` then says now.
  ///   - source: where it was imported from. The default is nowhere.
  ///   - model: size and shape of the model.
  ///   - data: what it is trained on.
  ///   - compute: what it costs.
  ///   - config: hyperparameters.
  ///   - code: the code.
  ///   - hardware: the machine.
  ///   - parent: the run it began from.
  ///   - other: further keys of the file.
  public init(
    id: RunID = RunID(new: .now), name: String = "", created: UTCTime? = nil,
    source: Source? = nil, model: Model = Model(), data: Data = Data(),
    compute: Compute = Compute(), config: [String: JSONValue] = [:],
    code: [String: JSONValue] = [:], hardware: [String: JSONValue] = [:], parent: Parent? = nil,
    other: [String: JSONValue] = [:]
  ) {
    self.id = id
    self.name = name
    self.created = created
    self.source = source
    self.model = model
    self.data = data
    self.compute = compute
    self.config = config
    self.code = code
    self.hardware = hardware
    self.parent = parent
    self.other = other
  }
}
