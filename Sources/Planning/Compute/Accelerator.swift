internal import ScalingLaws
internal import Tables

/// A processor that models are trained and served on.
public struct Accelerator: Sendable, Hashable {
  /// The name to give to `--gpu`.
  public var name: String
  /// Memory, in bytes.
  public var memory: Double
  /// Peak of dense bfloat16 products, in FLOP/s; figures with sparsity are twice that.
  public var peakFlops: Double
  /// Bandwidth of the memory, in bytes/s.
  public var bandwidth: Double
  /// Power, in watts; nil where the maker does not say.
  public var watts: Double?
  /// Rent, in US dollars an hour; nil where no published figure is known.
  public var hourlyPrice: Double?
  /// Where memory, peak, bandwidth and power were published.
  public var source: String
  /// Where the price was published.
  public var priceSource: String?

  /// Describes an accelerator.
  ///
  /// - Parameters:
  ///   - name: the short name.
  ///   - memory: bytes.
  ///   - peakFlops: peak of dense bfloat16 products, in FLOP/s.
  ///   - bandwidth: bytes of memory read in a second.
  ///   - watts: power. The default is unknown.
  ///   - hourlyPrice: US dollars an hour. The default is unknown.
  ///   - source: where that was published. The default is that the user said so.
  ///   - priceSource: where the price was published. The default is none.
  /// - Precondition: memory, peak and bandwidth are positive.
  public init(
    name: String, memory: Double, peakFlops: Double, bandwidth: Double,
    watts: Double? = nil, hourlyPrice: Double? = nil, source: String = "given",
    priceSource: String? = nil
  ) {
    precondition(memory > 0 && peakFlops > 0 && bandwidth > 0, "resources are positive")
    self.name = name
    self.memory = memory
    self.peakFlops = peakFlops
    self.bandwidth = bandwidth
    self.watts = watts
    self.hourlyPrice = hourlyPrice
    self.source = source
    self.priceSource = priceSource
  }

  /// The accelerator of a name, ignoring case.
  ///
  /// - Throws: `AnalysisError` that suggests the nearest name.
  public static func named(_ name: String) throws -> Accelerator {
    if let found = all.first(where: { $0.name == name.lowercased() }) { return found }
    // "h100" names a family rather than a card.
    let family = all.map(\.name).filter { $0.hasPrefix(name.lowercased() + "-") }
    let hint =
      family.isEmpty
      ? nearest(name, among: all.map(\.name)).map { "did you mean '\($0)'?" }
        ?? "known are \(all.map(\.name).joined(separator: ", ")); for another give its memory instead"
      : "there is \(family.joined(separator: " and "))"
    throw AnalysisError(.badSetting, "no GPU '\(name)'; \(hint)")
  }

  /// The catalogue: vendors' figures, gigabytes of 1e9 bytes as they print them.
  public static let all: [Accelerator] = [
    Accelerator(
      name: "a100-40gb", memory: 40e9, peakFlops: 312e12,
      bandwidth: 1.555e12, watts: 400, source: "NVIDIA A100 data sheet"),
    Accelerator(
      name: "a100-80gb", memory: 80e9, peakFlops: 312e12,
      bandwidth: 2.039e12, watts: 400, source: "NVIDIA A100 data sheet"),
    Accelerator(
      name: "h100-80gb", memory: 80e9, peakFlops: 989.5e12,
      bandwidth: 3.35e12, watts: 700, hourlyPrice: 2, source: "NVIDIA H100 data sheet",
      priceSource: rent),
    Accelerator(
      name: "h800-80gb", memory: 80e9, peakFlops: 989.5e12,
      bandwidth: 3.35e12, watts: 700, hourlyPrice: 2,
      source: "NVIDIA H100 data sheet: an H100 with slower links", priceSource: rent),
    Accelerator(
      name: "h200-141gb", memory: 141e9, peakFlops: 989.5e12,
      bandwidth: 4.8e12, watts: 700, source: "NVIDIA H200 data sheet"),
    Accelerator(
      name: "b200-180gb", memory: 180e9, peakFlops: 2250e12,
      bandwidth: 8e12, watts: 1000, source: "NVIDIA HGX B200 data sheet, an eighth of the board"),
    Accelerator(
      name: "l40s-48gb", memory: 48e9, peakFlops: 362e12,
      bandwidth: 0.864e12, watts: 350, source: "NVIDIA L40S data sheet"),
    Accelerator(
      name: "rtx3090-24gb", memory: 24e9, peakFlops: 71e12,
      bandwidth: 0.936e12, watts: 350,
      source: "NVIDIA GA102 whitepaper (32-bit accumulation)"),
    Accelerator(
      name: "rtx4090-24gb", memory: 24e9, peakFlops: 165.2e12,
      bandwidth: 1.008e12, watts: 450,
      source: "NVIDIA Ada whitepaper (32-bit accumulation)"),
    Accelerator(
      name: "mi300x-192gb", memory: 192e9, peakFlops: 1307.4e12,
      bandwidth: 5.3e12, watts: 750, source: "AMD Instinct MI300X data sheet"),
    Accelerator(
      name: "tpu-v5e", memory: 16e9, peakFlops: 197e12,
      bandwidth: 0.819e12, source: "Google Cloud TPU v5e documentation"),
    Accelerator(
      name: "tpu-v5p", memory: 95e9, peakFlops: 459e12,
      bandwidth: 2.765e12, source: "Google Cloud TPU v5p documentation"),
  ]

  private static let rent = "DeepSeek-AI 2024, arXiv:2412.19437, table 1: an H800"
}
