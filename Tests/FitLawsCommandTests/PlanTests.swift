import Foundation
import Testing

/// `fitlaws plan`.
@Suite struct PlanTests {
  private struct File: Decodable {
    struct Number: Decodable {
      var value: Double
      var lower: Double?
      var upper: Double?
    }
    struct Limit: Decodable {
      var resource: String
      var amount: Double
      var binds: Bool
      var probability: Double?
      var multiplier: Number
      var gain: Number
    }
    struct Recipe: Decodable {
      var name: String
      var probability: Double?
    }
    struct Plan: Decodable {
      var group: String?
      var recipe: String
      var recipes: [Recipe]
      var bits: Double?
      var setup: String?
      var quantities: [String: Number]
      var limits: [Limit]
      var warnings: [String]
    }
    var schema: String
    var plans: [Plan]
    var sources: [String]?
  }

  private static func file(_ words: [String]) async throws -> File {
    let result = try await CommandLine.succeed(["plan"] + words + ["--format", "json"])
    return try JSONDecoder().decode(File.self, from: Data(result.output.utf8))
  }

  private static func run(_ words: String) async throws -> File.Plan {
    let file = try await file(words.split(separator: " ").map(String.init))
    #expect(file.schema == "fitlaws.plan/1")
    return try #require(file.plans.first)
  }

  private func value(_ plan: File.Plan, _ name: String) throws -> Double {
    try #require(plan.quantities[name]).value
  }

  /// The data-constrained optimum of arXiv:2305.16264; 0.1 % is asked.
  @Test func dataConstrained() async throws {
    let plan = try await Self.run("--law data-constrained --flops 1e22 --unique-tokens 25e9")
    #expect(abs(try value(plan, "epochs") / 9.488 - 1) <= 1e-3)
    #expect(abs(try value(plan, "params") / 7.026e9 - 1) <= 1e-3)
    #expect(abs(try value(plan, "tokens") / 2.372e11 - 1) <= 1e-3)
    #expect(plan.limits.map(\.resource) == ["unique tokens", "compute"])
    // `--at` may name it as well.
    let same = try await Self.run("--law data-constrained --flops 1e22 --at U=25B")
    #expect(try value(same, "loss") == value(plan, "loss"))
  }

  /// Sardana's 7B at the budget of its quality; half a per cent is asked.
  @Test func sardana() async throws {
    let plan = try await Self.run(
      "--law chinchilla --constants sardana --flops 8.005e22 --inference-tokens 2e12")
    #expect(abs(try value(plan, "params") / 6.969e9 - 1) <= 0.005)
    #expect(abs(try value(plan, "tokens") / 1.248e12 - 1) <= 0.005)
    #expect(abs(try value(plan, "loss") / 2.0453 - 1) <= 1e-4)
  }

  /// Five limits over a fit: each with its probability and interval, ordered by worth.
  @Test func fiveLimits() async throws {
    let bench = try Workbench()
    _ = try await CommandLine.succeed(
      bench.words(["fit", "@runs.csv", "--where", publishedRows, "--output", "@fit.json"]))
    let words =
      "--flops 1e22 --unique-tokens 25e9 --gpu h100-80gb --gpus 64 --days 2 --dollars 9e3 "
      + "--inference-tokens 2e11 --explain"
    let file = try await Self.file(
      [bench.path("fit.json")] + words.split(separator: " ").map(String.init))
    let plan = try #require(file.plans.first)
    #expect(
      Set(plan.limits.map(\.resource))
        == ["compute", "time", "money", "memory", "unique tokens"])
    #expect(plan.limits.map(\.gain.value) == plan.limits.map(\.gain.value).sorted(by: >))
    for limit in plan.limits {
      #expect(limit.gain.lower != nil && limit.multiplier.upper != nil)
      #expect(limit.probability.map { (0...1).contains($0) } == true)
    }
    for number in plan.quantities.values {
      let (lower, upper) = (try #require(number.lower), try #require(number.upper))
      #expect(lower <= number.value * (1 + 1e-9) && upper >= number.value * (1 - 1e-9))
    }
    #expect(plan.setup?.contains("ZeRO") == true)
    let sources = try #require(file.sources)
    for source in ["H100 data sheet", "2305.16264", "2412.19437", "2407.21783", "2401.00448"] {
      #expect(sources.contains { $0.contains(source) }, "\(source)")
    }
  }

  /// Flags change the GPU or make one up; the price of serving may be its own.
  @Test func acceleratorsByFlags() async throws {
    let named = try await Self.run("--law chinchilla --days 10 --gpu h100-80gb --gpus 8 --zero 3")
    let made = try await Self.run(
      "--law chinchilla --days 10 --gpu-peak 989.5e12 --gpu-memory 80GB --gpu-price 2 "
        + "--gpu-watts 700 --gpus 8 --zero 3")
    for name in ["params", "tokens", "dollars", "kilowattHours", "gpuHours"] {
      #expect(try value(named, name) == value(made, name), "\(name)")
    }
    let faster = try await Self.run(
      "--law chinchilla --days 10 --gpu h100-80gb --gpus 8 --zero 3 --mfu 0.5 --pue 1.5 "
        + "--gpu-price 4")
    let flops = try value(named, "trainingFlops")
    #expect(abs(try value(faster, "trainingFlops") / flops - 1.25) <= 1e-9)
    #expect(abs(try value(faster, "dollars") / value(named, "dollars") - 2) <= 1e-9)
    #expect(
      abs(try value(faster, "kilowattHours") / value(named, "kilowattHours") - 15 / 11) <= 1e-9)
    let served = try await Self.run(
      "--law chinchilla --flops 1e23 --gpu h100-80gb --gpus 64 --inference-tokens 2T "
        + "--prompt-tokens 1.5T --serving-gpu l40s-48gb --serving-price 0.8 --output-mfu 0.05")
    let n = try value(served, "params")
    let seconds = 2 * n / 362e12 * (1.5e12 / 0.4 + 0.5e12 / 0.05)
    #expect(abs(try value(served, "servingDollars") / (seconds / 3600 * 0.8) - 1) <= 1e-9)
  }

  /// Memory options reach the limit: what a leaner recipe holds is larger.
  @Test func memoryOptions() async throws {
    func params(_ words: String) async throws -> Double {
      let plan = try await Self.run("--law chinchilla --flops 1e24 --gpu a100-80gb " + words)
      #expect(plan.limits.contains { $0.resource == "memory" && $0.binds })
      return try value(plan, "params")
    }
    let plain = try await params("--zero 0")
    #expect(try await params("--zero 0 --precision bf16") > plain)
    #expect(try await params("--zero 0 --sequence 32768") < plain)
    #expect(try await params("--zero 0 --overhead 20GB") < plain)
    #expect(try await params("--zero 0 --vocabulary 200000") < plain)
    // Left to itself it recomputes.
    #expect(try await params("") > plain)
  }

  /// Pools by their own fits, and what the choice is when one is worse.
  @Test func pools() async throws {
    let bench = try Workbench()
    _ = try await CommandLine.succeed(
      bench.words(["fit", "@runs.csv", "--where", publishedRows, "--output", "@fit.json"]))
    try bench.write(
      "name,unique_tokens,fit\nscarce,1B,\(bench.path("fit.json"))\nplenty,1T,\n", to: "pools.csv")
    let file = try await Self.file(
      bench.words(["@fit.json", "--flops", "1e22", "--pools", "@pools.csv"]))
    let plan = try #require(file.plans.first)
    #expect(plan.recipe == "plenty")
    #expect(plan.recipes.map(\.probability) == [0, 1])
    // Alone it needs no other law.
    try bench.write(
      "name,unique_tokens,fit\nscarce,1B,\(bench.path("fit.json"))\n", to: "one.csv")
    let one = try await Self.file(bench.words(["--flops", "1e22", "--pools", "@one.csv"]))
    #expect(one.plans[0].recipe == "scarce")
  }

  @Test func bitsAreChosen() async throws {
    let plan = try await Self.run(
      "--law chinchilla --flops 1e24 --bits 4,6,16 --gammas 3,3,3")
    #expect(plan.bits == 6)
  }

  /// One plan for every group of a fit; far beyond the data it says so.
  @Test func groupsAndExtrapolation() async throws {
    let bench = try Workbench()
    try bench.addRecipes()
    _ = try await CommandLine.succeed(
      bench.words(["fit", "@recipes.csv", "--group", "corpus", "--output", "@groups.json"]))
    let file = try await Self.file(bench.words(["@groups.json", "--flops", "1e26"]))
    #expect(file.plans.count == 3 && Set(file.plans.map(\.group)).count == 3)
    for plan in file.plans {
      #expect(plan.warnings.contains { $0.contains("times the largest budget fitted") })
    }
  }
}
