import Planning
import ScalingLaws
import Testing

/// Time, money and energy, against published runs.
struct ClusterTests {
  /// 100 sequences of 1024 tokens in 0.755 s on an A100: 37.14 %; 300B tokens on eight at 30 %:
  /// 3.46 days.
  @Test func gpt2() throws {
    var model = try shape("gpt2")
    model.biases = .none
    let a100 = try Accelerator.named("a100-80gb")
    let sequence = 1024 * FlopRule.palm.training(model, sequence: 1024)
    let utilization = Cluster.utilization(100 * sequence, seconds: 0.755, on: a100)
    #expect(abs(100 * utilization - 37.14) <= 0.01, "\(utilization)")
    let cluster = try Cluster(a100, count: 8, utilization: 0.3)
    let flops = FlopRule.params.training(model, sequence: 1024) * 300e9
    #expect(abs(cluster.seconds(flops) / 86400 - 3.46) <= 0.005)
  }

  /// 3.8e25 FLOP at 40 %: 2.668e7 hours of an H100, $53.4M at $2; and back.
  ///
  /// The figures are rounded, and of a peak of 989 rather than 989.5 TFLOP/s: 0.05 %.
  @Test func llama3Budget() throws {
    let h100 = try Accelerator.named("h100-80gb")
    let cluster = try Cluster(h100, count: 16_000)
    #expect(cluster.utilization == 0.4)
    #expect(abs(cluster.gpuHours(3.8e25) / 2.668e7 - 1) <= 0.0005)
    let dollars = try #require(cluster.dollars(3.8e25))
    #expect(abs(dollars / 53.4e6 - 1) <= 0.0015)
    #expect(abs(try #require(cluster.flops(forDollars: dollars)) / 3.8e25 - 1) <= 1e-12)
    let seconds = cluster.seconds(3.8e25)
    #expect(abs(cluster.flops(inSeconds: seconds) / 3.8e25 - 1) <= 1e-12)
  }

  /// Llama 3.1's 30.84M hours at 700 W: 21.59 GWh without the building, 34.6 % of the peak.
  @Test func energy() throws {
    let h100 = try Accelerator.named("h100-80gb")
    let hours = 30.84e6
    let utilization = Cluster.utilization(3.8e25, seconds: hours * 3600, on: h100)
    #expect(abs(100 * utilization - 34.6) <= 0.05)
    let cluster = try Cluster(h100, utilization: utilization, powerOverhead: 1)
    let energy = try #require(cluster.kilowattHours(3.8e25))
    #expect(abs(energy / 21.59e6 - 1) <= 0.0005)
    let building = try Cluster(h100, utilization: utilization)
    #expect(abs(try #require(building.kilowattHours(3.8e25)) / (1.1 * energy) - 1) <= 1e-12)
  }

  /// DeepSeek-V3: 3.286e24 FLOP in 2.664M hours of an H800 are 34.6 %; $5.328M of pre-training.
  @Test func deepseek() throws {
    let h800 = try Accelerator.named("h800-80gb")
    let flops = 6 * 37e9 * 14.8e12
    #expect(abs(flops / 3.286e24 - 1) <= 0.0005)
    let utilization = Cluster.utilization(flops, seconds: 2.664e6 * 3600, on: h800)
    #expect(abs(100 * utilization - 34.6) <= 0.05)
    let cluster = try Cluster(h800, count: 2048, utilization: utilization)
    #expect(abs(try #require(cluster.dollars(flops)) / 5.328e6 - 1) <= 1e-9)
  }

  @Test func catalogue() throws {
    let names = Accelerator.all.map(\.name)
    #expect(Set(names).count == names.count)
    for accelerator in Accelerator.all {
      #expect(!accelerator.source.isEmpty)
      #expect((accelerator.hourlyPrice == nil) == (accelerator.priceSource == nil))
    }
    #expect(try Accelerator.named("H100-80GB").peakFlops == 989.5e12)
    for (typed, hint) in [
      ("h100-80g", "h100-80gb"), ("h100", "h100-80gb"), ("a100", "a100-40gb and a100-80gb"),
      ("zzzzzzzzz", "tpu-v5p"),
    ] {
      let error = #expect(throws: AnalysisError.self) { try Accelerator.named(typed) }
      #expect(error?.message.contains(hint) == true, "\(error?.message ?? "")")
    }
  }

  /// Without a price or a power there is no figure, rather than a guessed one.
  @Test func unknownPrices() throws {
    let cluster = try Cluster(.named("tpu-v5p"))
    #expect(cluster.dollars(1e20) == nil && cluster.kilowattHours(1e20) == nil)
    #expect(cluster.flops(forDollars: 1e6) == nil)
  }

  @Test(arguments: [(0.0, 0.4, 1.1), (-1, 0.4, 1.1), (8, 0, 1.1), (8, 1.01, 1.1), (8, 0.4, 0.9)])
  func impossibleClustersAreRefused(count: Double, utilization: Double, overhead: Double) throws {
    let h100 = try Accelerator.named("h100-80gb")
    #expect(throws: AnalysisError.self) {
      try Cluster(h100, count: count, utilization: utilization, powerOverhead: overhead)
    }
  }
}

/// What serving costs.
struct ServingCostTests {
  /// The dollar form is 6ND + 2NT with equivalent tokens, at the price of a training FLOP.
  @Test func equivalentTokensCostTheSame() throws {
    let h100 = try Accelerator.named("h100-80gb")
    var a100 = try Accelerator.named("a100-80gb")
    a100.hourlyPrice = 1.5
    let training = try Cluster(h100, count: 512, utilization: 0.45)
    let serving = ServingCost(accelerator: a100, promptUtilization: 0.5, outputUtilization: 0.01)
    let tokens = try #require(
      serving.equivalentTokens(promptTokens: 2e12, outputTokens: 1e11, training: training))
    let params = 7e9
    let direct = try #require(
      serving.dollars(params: params, promptTokens: 2e12, outputTokens: 1e11))
    let equivalent = try #require(training.dollars(2 * params * tokens))
    #expect(abs(direct / equivalent - 1) <= 1e-12)
    // By hand: 2N/peak (4e12 + 1e13) seconds at $1.5 an hour.
    #expect(abs(direct / (2 * params / 312e12 * 1.4e13 / 3600 * 1.5) - 1) <= 1e-12)
    a100.hourlyPrice = nil
    let unpriced = ServingCost(accelerator: a100, promptUtilization: 0.5, outputUtilization: 0.01)
    #expect(unpriced.dollars(params: params, promptTokens: 1, outputTokens: 1) == nil)
    #expect(
      unpriced.equivalentTokens(promptTokens: 1, outputTokens: 1, training: training) == nil)
  }

  /// One sequence of a 16-bit model reads 2N bytes for 2N FLOP: bandwidth / peak.
  ///
  /// Large batches
  /// with no cache are bound by arithmetic; the cache alone bounds what a batch can do.
  @Test func decodingIsBoundByTraffic() throws {
    let h100 = try Accelerator.named("h100-80gb")
    func share(batch: Double, cache: Double) -> Double {
      ServingCost.decodingUtilization(
        of: h100, params: 7e9, weightBytes: 14e9, cacheBytes: cache, batch: batch)
    }
    let alone = 3.35e12 / 989.5e12
    #expect(abs(share(batch: 1, cache: 0) / alone - 1) <= 1e-12)
    #expect(abs(share(batch: 100, cache: 0) / (100 * alone) - 1) <= 1e-12)
    #expect(share(batch: 1000, cache: 0) == 1)
    let gigabyte = share(batch: 1e9, cache: 1e9)
    #expect(abs(gigabyte / (14e9 / 989.5e12 / (1e9 / 3.35e12)) - 1) <= 1e-6)
  }
}
