import Planning
import ScalingLaws
import Testing

/// Problems that have no plan say why.
struct PlanRefusalTests {
  private func refusal(
    _ name: String = "chinchilla", _ change: (inout PlanProblem) throws -> Void
  ) throws -> String {
    let law = try #require(Law.named(name))
    let constants = try #require(law.constants.first)
    var problem = PlanProblem(DataRecipe("all", law: try EstimatedLaw(law, constants)))
    try change(&problem)
    let error = #expect(throws: AnalysisError.self) { try Plan(problem) }
    let message = try #require(error).message
    #expect(!message.contains("\n"))
    return message
  }

  @Test func noLimit() throws {
    #expect(try refusal { _ in }.contains("no limit"))
    // Neither unique tokens nor memory bound what they do not hold.
    let unbounded = try refusal {
      $0.data[0].uniqueTokens = 1e9
      $0.memory = MemoryLimit(bytes: 80e9, setups: [MemorySetup()])
    }
    #expect(unbounded.contains("no limit"))
  }

  @Test func amountsThatAreNotPositive() throws {
    for amount in [0, -1, Double.nan, .infinity] {
      #expect(try refusal { $0.flops = amount }.contains("FLOP: that is positive"))
      #expect(try refusal { ($0.flops, $0.params) = (1e22, amount) }.contains("parameters"))
    }
    #expect(throws: AnalysisError.self) { try ServingDemand(outputTokens: -1) }
  }

  @Test func selectionBeyondTheBudget() throws {
    let message = try refusal {
      $0.flops = 1e19
      $0.data[0].selection = try Selection(.perplexity, scorerParams: 1e9, scoredTokens: 1e11)
    }
    #expect(message.contains("selecting all and the limit on compute cannot be met together"))
    #expect(message.contains("2e20 FLOP") && message.contains("1.9e20 FLOP more"))
  }

  @Test func servingBeyondTheBudget() throws {
    let message = try refusal {
      ($0.flops, $0.params) = (1e22, 7e9)
      $0.serving = try ServingDemand(outputTokens: 1e12)
    }
    #expect(message.contains("serving 1T tokens with 7B parameters and the limit on compute"))
    #expect(message.contains("4e21 FLOP more"))
  }

  @Test func modelBeyondTheMemory() throws {
    let message = try refusal {
      ($0.flops, $0.params) = (1e22, 70e9)
      $0.memory = MemoryLimit(bytes: 80e9, setups: [MemorySetup()])
    }
    #expect(message.contains("70B parameters and 80 GB of memory cannot be met together"))
    #expect(message.contains("would"))
    let nothing = try refusal {
      $0.flops = 1e22
      $0.memory = MemoryLimit(bytes: 2e9, setups: [MemorySetup()])
    }
    #expect(nothing.contains("nothing fits in 2 GB") && nothing.contains("larger GPU"))
  }

  @Test func whatIsNotKnown() throws {
    let price = try refusal {
      $0.cluster = try Cluster(Accelerator.named("a100-80gb"))
      $0.dollars = 100
    }
    #expect(price.contains("no price is known for a100-80gb"))
    let power = try refusal {
      $0.cluster = try Cluster(Accelerator.named("tpu-v5p"))
      $0.kilowattHours = 100
    }
    #expect(power.contains("no power is known for tpu-v5p"))
    #expect(try refusal { $0.days = 3 }.contains("need the GPUs"))
    #expect(try refusal { ($0.flops, $0.maximumEpochs) = (1e22, 3) }.contains("unique tokens"))
    let serving = try refusal {
      $0.cluster = try Cluster(Accelerator.named("h100-80gb"))
      $0.dollars = 100
      $0.serving = try ServingDemand(
        outputTokens: 1e9,
        cost: ServingCost(
          accelerator: Accelerator.named("l40s-48gb"), promptUtilization: 0.5,
          outputUtilization: 0.1))
    }
    #expect(serving.contains("no price is known for l40s-48gb, which serves"))
  }

  @Test func lawsThatCannotBePlannedWith() throws {
    #expect(try refusal("steplaw-batch") { $0.flops = 1e22 }.contains("N and D"))
    let kaplan = try refusal("kaplan") {
      $0.flops = 1e22
      $0.data[0].uniqueTokens = 1e9
    }
    #expect(kaplan.contains("what repeats of data are worth"))
    let unread = try refusal("data-constrained") { $0.flops = 1e22 }
    #expect(unread.contains("give the unique tokens"))
    let bits = try refusal { ($0.flops, $0.widths) = (1e22, [8]) }
    #expect(bits.contains("what bits are worth"))
  }
}
