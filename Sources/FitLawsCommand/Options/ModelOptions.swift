internal import ArgumentParser
internal import Planning
internal import Tables

/// Which model: a known one, a number of parameters, or dimensions; dimensions change a known one.
struct ModelOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("A known model, such as llama2-7b.", valueName: "name"), completion: .models)
  var model: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "A dense model of so many parameters, in the proportions of Llama 2.", valueName: "number"))
  var params: String?

  @Option(
    name: .long, parsing: .unconditional, help: ArgumentHelp("Layers.", valueName: "number"))
  var layers: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("The width of the residual stream.", valueName: "number"))
  var width: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Attention heads.", valueName: "number"))
  var heads: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Heads of keys and values; fewer is GQA.", valueName: "number"))
  var kvHeads: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("The hidden width of the feed-forward block.", valueName: "number"))
  var ffnWidth: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Tokens in the vocabulary; 32,000 by default.", valueName: "number"))
  var vocabulary: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Experts of a layer, each as wide as the block.", valueName: "number"))
  var experts: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Experts that a token passes; 2 by default.", valueName: "number"))
  var activeExperts: String?

  @Flag(name: .long, help: "The feed-forward block has two matrices, not three (no SwiGLU).")
  var ungated = false

  @Flag(name: .long, help: "The output head is the embedding.")
  var tied = false

  /// A model as it was asked for.
  struct Choice {
    /// The name, for the heading.
    var name: String
    var shape: ModelShape
    /// The tokens of its context, where it is known.
    var context: Double?
    /// Where the dimensions are from.
    var source: String
  }

  /// The model.
  func choice() throws -> Choice {
    guard model == nil || params == nil else {
      throw ValidationError("Give --model or --params, not both.")
    }
    let layers = try Resources.whole(layers, option: "--layers")
    let width = try Resources.whole(width, option: "--width")
    let heads = try Resources.whole(heads, option: "--heads")
    let vocabulary = try Resources.whole(vocabulary, option: "--vocabulary")
    if let params = try Resources.positive(params, option: "--params") {
      guard layers == nil, width == nil, heads == nil else {
        throw ValidationError(
          "--params sets the dimensions; give it or --layers, --width, --heads.")
      }
      return Choice(
        name: "a model of \(Quantity.format(params)) parameters",
        shape: try changed(ModelShape(params: params, vocabulary: vocabulary ?? 32_000)),
        source: "derived: the proportions of Llama 2, arXiv:2302.13971, table 2")
    }
    if let model {
      guard let preset = ModelPreset.named(model) else {
        let names = ModelPreset.all.map(\.name)
        let hint = nearest(model, among: names).map { "did you mean '\($0)'?" }
        throw InputFault(
          "no model '\(model)'; \(hint ?? "known are \(names.joined(separator: ", "))")")
      }
      var shape = preset.shape
      if let width {
        shape.headWidth *= width / shape.width
        shape.feedForwardWidth *= width / shape.width
        shape.width = width
      }
      if let layers { shape.layers = layers }
      if let vocabulary { shape.vocabulary = vocabulary }
      let resized = try changed(shape)
      return Choice(
        name: resized == preset.shape ? preset.name : "\(preset.name), changed", shape: resized,
        context: preset.context, source: preset.source)
    }
    guard let layers, let width, let heads else {
      throw ValidationError("Give --model, --params, or --layers with --width and --heads.")
    }
    let shape = ModelShape(
      layers: layers, width: width, heads: heads, isGated: !ungated,
      vocabulary: vocabulary ?? 32_000)
    return Choice(name: "the model", shape: try changed(shape), source: "given")
  }

  /// A shape with the remaining options applied.
  private func changed(_ base: ModelShape) throws -> ModelShape {
    var shape = base
    if let heads = try Resources.whole(heads, option: "--heads"), heads != shape.heads {
      shape.headWidth *= shape.heads / heads
      if case .grouped(let keyValueHeads) = shape.attention, keyValueHeads == shape.heads {
        shape.attention = .grouped(keyValueHeads: heads)
      }
      shape.heads = heads
    }
    if let kvHeads = try Resources.whole(kvHeads, option: "--kv-heads") {
      guard case .grouped = shape.attention else {
        throw InputFault("--kv-heads: this model keeps a latent, not heads, in its cache")
      }
      guard kvHeads <= shape.heads else {
        throw InputFault(
          "--kv-heads: \(NumberText.shortest(kvHeads)) of "
            + "\(Rounding.significant(shape.heads, 4)) heads; there are at most as many")
      }
      shape.attention = .grouped(keyValueHeads: kvHeads)
    }
    if let ffnWidth = try Resources.whole(ffnWidth, option: "--ffn-width") {
      shape.feedForwardWidth = ffnWidth
      shape.experts?.width = ffnWidth
    }
    if ungated { shape.isGated = false }
    if tied { shape.isTied = true }
    let active = try Resources.whole(activeExperts, option: "--active-experts")
    if let experts = try Resources.whole(experts, option: "--experts") {
      shape.experts = ModelShape.Experts(
        count: experts, active: active ?? min(2, experts),
        shared: shape.experts?.shared ?? 0,
        width: shape.experts?.width ?? shape.feedForwardWidth,
        denseLayers: shape.experts?.denseLayers ?? 0)
    } else if let active {
      guard shape.experts != nil else { throw ValidationError("--active-experts needs --experts.") }
      shape.experts?.active = active
    }
    if let experts = shape.experts, experts.active > experts.count {
      throw InputFault(
        "--active-experts: \(NumberText.shortest(experts.active)) of "
          + "\(NumberText.shortest(experts.count)) experts; there are at most as many")
    }
    if let experts = shape.experts, experts.denseLayers > shape.layers {
      throw InputFault(
        "--layers: the first \(NumberText.shortest(experts.denseLayers)) layers of this model have no "
          + "experts; give at least as many")
    }
    return shape
  }
}
