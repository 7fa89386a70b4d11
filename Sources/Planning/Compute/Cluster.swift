internal import ScalingLaws

/// Accelerators at work: time, money and energy of FLOPs, and the FLOPs of time and money.
///
///     seconds = C / (count * peak * utilization)
///     dollars = count * hours * price
///     kWh     = count * hours * kW * PUE
public struct Cluster: Sendable, Hashable {
  /// The accelerators; price and power are theirs.
  public var accelerator: Accelerator
  /// How many.
  public var count: Double
  /// The share of the peak that the model's FLOPs reach (MFU).
  public var utilization: Double
  /// The energy of the building relative to that of the accelerators (PUE).
  public var powerOverhead: Double

  /// Describes a cluster.
  ///
  /// - Parameters:
  ///   - accelerator: the accelerators.
  ///   - count: how many. The default is 1.
  ///   - utilization: the share of the peak reached. The default is ``defaultUtilization``.
  ///   - powerOverhead: energy of the building relative to the accelerators'. The default is
  ///     ``defaultPowerOverhead``.
  /// - Throws: `AnalysisError` unless count is positive, utilization in (0, 1] and the overhead at
  ///   least 1.
  public init(
    _ accelerator: Accelerator, count: Double = 1,
    utilization: Double = Cluster.defaultUtilization,
    powerOverhead: Double = Cluster.defaultPowerOverhead
  ) throws {
    guard count > 0, count.isFinite else {
      throw AnalysisError(.badSetting, "\(count) GPUs: their number is positive")
    }
    guard utilization > 0, utilization <= 1 else {
      throw AnalysisError(
        .badSetting, "a utilization of \(utilization): it is a share of the peak, such as 0.4")
    }
    guard powerOverhead >= 1, powerOverhead.isFinite else {
      throw AnalysisError(
        .badSetting, "a power overhead (PUE) of \(powerOverhead): it is at least 1, such as 1.1")
    }
    self.accelerator = accelerator
    self.count = count
    self.utilization = utilization
    self.powerOverhead = powerOverhead
  }

  /// 40 %, within the 38 to 43 % of Llama 3 405B in bfloat16: arXiv:2407.21783, table 4.
  public static let defaultUtilization = 0.4

  /// 1.1: Touvron et al.
  ///
  /// 2023, arXiv:2302.13971, section 6.
  public static let defaultPowerOverhead = 1.1

  /// FLOPs of the model in a second.
  public var flopsPerSecond: Double { count * accelerator.peakFlops * utilization }

  /// Seconds for FLOPs of the model.
  public func seconds(_ flops: Double) -> Double { flops / flopsPerSecond }

  /// Hours of one accelerator for FLOPs of the model.
  public func gpuHours(_ flops: Double) -> Double { count * seconds(flops) / 3600 }

  /// US dollars for FLOPs of the model; nil without a price.
  public func dollars(_ flops: Double) -> Double? {
    accelerator.hourlyPrice.map { gpuHours(flops) * $0 }
  }

  /// Kilowatt-hours for FLOPs of the model, building included; nil where the power is unknown.
  public func kilowattHours(_ flops: Double) -> Double? {
    accelerator.watts.map { gpuHours(flops) * $0 / 1000 * powerOverhead }
  }

  /// FLOPs of the model in a time, in seconds.
  public func flops(inSeconds seconds: Double) -> Double { flopsPerSecond * seconds }

  /// FLOPs of the model for US dollars; nil without a price.
  public func flops(forDollars dollars: Double) -> Double? {
    accelerator.hourlyPrice.map { dollars / $0 * 3600 * accelerator.peakFlops * utilization }
  }

  /// The share of the peak that a run reached.
  ///
  /// - Parameters:
  ///   - flops: FLOPs of the model.
  ///   - seconds: how long they took.
  ///   - accelerator: what they ran on.
  ///   - count: how many of those. The default is 1.
  /// - Returns: the share; above 1 the figures cannot be right.
  public static func utilization(
    _ flops: Double, seconds: Double, on accelerator: Accelerator, count: Double = 1
  ) -> Double {
    flops / (seconds * count * accelerator.peakFlops)
  }
}
