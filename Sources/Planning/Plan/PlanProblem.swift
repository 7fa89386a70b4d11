internal import ScalingLaws
internal import Tables

/// What is to be planned: the data and their law, and what there is of each resource.
///
///     var problem = PlanProblem(DataRecipe("mine", law: law, uniqueTokens: 25e9))
///     problem.flops = 1e22
///     problem.cluster = try Cluster(Accelerator.named("h100-80gb"), count: 64)
///     problem.days = 14
///     let plan = try Plan(problem)
///
/// With N parameters, D tokens, S FLOP of selection and T tokens served:
///
///     compute   6 N D p + S + 2 N T         <= flops
///     time      (6 N D p r + S) / speed     <= days
///     money     the same at the price, and the serving at its own
///     energy    the same in kWh, without the serving
///     memory    N <= the largest model that the setup holds
///     epochs    D / U <= maximumEpochs
///
/// p is the share of 16 bits that is trained at, r the work of recomputation. Unique tokens U enter
/// the loss. Every limit is optional.
public struct PlanProblem: Sendable {
  /// Ways to come by data, of which the best is taken.
  public var data: [DataRecipe]
  /// Values of further inputs of the laws.
  public var inputs: [String: Double] = [:]
  /// FLOP for selection, training and serving together.
  public var flops: Double?
  /// What is trained on; time, money and energy need it.
  public var cluster: Cluster?
  /// Days for selection and training.
  public var days: Double?
  /// US dollars for selection, training and serving together.
  public var dollars: Double?
  /// Kilowatt-hours for selection and training.
  public var kilowattHours: Double?
  /// The memory of a GPU, and how the model lies in it.
  public var memory: MemoryLimit?
  /// The most passes over unique tokens.
  public var maximumEpochs: Double?
  /// What the model is to serve.
  public var serving: ServingDemand?
  /// Parameters, where they are not to be chosen.
  public var params: Double?
  /// Bits to train at, of which the best is taken; none for a plan that does not ask.
  public var widths: [Double] = []
  /// What training at few bits costs, for laws fitted at 16.
  public var sensitivity: PrecisionSensitivity?

  /// A problem without limits, to which at least one is to be added.
  public init(_ data: DataRecipe...) { self.data = data }

  /// The same for a list of recipes.
  public init(_ data: [DataRecipe]) { self.data = data }

  /// Refuses what can be nobody's resource.
  func check() throws(AnalysisError) {
    let amounts: [(Double?, String, String)] = [
      (flops, "FLOP", "1e22"), (days, "days", "14"), (dollars, "dollars", "250e3"),
      (kilowattHours, "kWh", "1e5"), (maximumEpochs, "epochs", "4"),
      (params, "parameters", "7B"), (memory?.bytes, "bytes of memory", "80e9"),
    ]
    for (amount, what, example) in amounts + widths.map({ ($0, "bits", "8") }) {
      if let amount, !(amount > 0 && amount.isFinite) {
        throw AnalysisError(
          .badSetting,
          "\(NumberText.shortest(amount)) \(what): that is positive, such as \(example)")
      }
    }
    guard !data.isEmpty else {
      throw AnalysisError(.badSetting, "no data to train on; give at least one recipe")
    }
    guard
      flops != nil || days != nil || dollars != nil || kilowattHours != nil
        || (maximumEpochs != nil && (memory != nil || params != nil))
    else {
      throw AnalysisError(
        .badSetting,
        "no limit holds training back: give compute (--flops), time (--days with --gpu), money "
          + "(--dollars) or energy (--kwh)")
    }
    guard maximumEpochs == nil || data.allSatisfy({ $0.uniqueTokens != nil }) else {
      throw AnalysisError(
        .badSetting, "a limit of epochs needs the unique tokens that they pass over")
    }
    if days != nil || dollars != nil || kilowattHours != nil, cluster == nil {
      throw AnalysisError(
        .badSetting, "time, money and energy need the GPUs: give --gpu, and --gpus for their number"
      )
    }
    if let cluster {
      if dollars != nil, cluster.accelerator.hourlyPrice == nil {
        throw AnalysisError(
          .badSetting, "no price is known for \(cluster.accelerator.name); give --gpu-price")
      }
      if dollars != nil, let serving, serving.tokens > 0, serving.dollarsPerParam(cluster) == nil {
        throw AnalysisError(
          .badSetting,
          "no price is known for \(serving.cost?.accelerator.name ?? "the GPU"), which serves; give "
            + "--serving-price")
      }
      if kilowattHours != nil, cluster.accelerator.watts == nil {
        throw AnalysisError(
          .badSetting, "no power is known for \(cluster.accelerator.name); give --gpu-watts")
      }
    }
  }
}
