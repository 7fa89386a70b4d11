import Foundation
import Testing

/// `fitlaws memory`.
@Suite struct MemoryTests {
  private struct File: Decodable {
    struct Part: Decodable {
      var steps: [String]
      var terms: [String: Double]
      var total: Double
      var neededUpper: Double
      var largest: String
      var computeFactor: Double
      var fits: Bool?
    }
    struct Model: Decodable {
      var params: Double
      var layers: Double
    }
    struct Source: Decodable {
      var what: String
      var value: String
      var source: String
    }
    var model: Model
    var use: Part
    var changes: [Part]?
    var remedy: Part?
    var gpusNeeded: Int?
    var largestParams: Double?
    var sources: [Source]?
    var warnings: [String]
  }

  private func run(_ words: String) async throws -> File {
    let arguments = ["memory"] + words.split(separator: " ").map(String.init)
    let result = try await CommandLine.succeed(arguments + ["--format", "json"])
    return try JSONDecoder().decode(File.self, from: Data(result.output.utf8))
  }

  /// ZeRO's example: 120, 31.4, 16.6 and 1.9 GB of weights, gradients and states.
  @Test(arguments: [(0, 120.0), (1, 31.4), (2, 16.6), (3, 1.9)])
  func zero(stage: Int, gigabytes: Double) async throws {
    let terms = try await run("--params 7.5e9 --gpus 64 --zero \(stage)").use.terms
    let states = ["weights", "gradients", "optimizer"].compactMap { terms[$0] }.reduce(0, +)
    #expect(abs(states / 1e9 - gigabytes) <= 0.05)
  }

  @Test func modelThatDoesNotFit() async throws {
    let file = try await run("--model llama2-7b --gpu a100-80gb")
    #expect(file.model.params == 6_738_415_616)
    #expect(file.use.fits == false && file.use.largest == "optimizer")
    let remedy = try #require(file.remedy)
    #expect(remedy.fits == true && remedy.neededUpper <= 80e9)
    #expect(abs(remedy.total - remedy.terms.values.reduce(0, +)) <= 1e-9 * remedy.total)
    #expect(try #require(file.changes).contains { $0.steps == ["LOMO"] && $0.fits == true })
    #expect(file.gpusNeeded == 2 && file.warnings.isEmpty)
    #expect(try #require(file.largestParams) < file.model.params)
  }

  @Test func modelThatFits() async throws {
    let file = try await run("--model llama2-7b --gpu h200-141gb --sequence 1024")
    #expect(file.use.fits == true && file.remedy == nil && file.gpusNeeded == nil)
    #expect(try #require(file.largestParams) > file.model.params)
  }

  /// A derived shape can be split as well, although its heads are no whole number.
  @Test func derivedShapeIsSplit() async throws {
    let file = try await run("--params 70B --gpu h100-80gb --gpus 16 --train-all")
    #expect(try #require(file.changes).contains { $0.steps.first?.hasPrefix("8-way") == true })
  }

  /// Nothing makes it fit: the warning says what would.
  @Test func modelThatNothingMakesFit() async throws {
    let file = try await run("--model llama3-405b --gpu a100-40gb")
    #expect(file.remedy == nil)
    let warning = try #require(file.warnings.first)
    #expect(warning.contains("nothing makes llama3-405b fit on one a100-40gb of 40 GB"))
    #expect(warning.contains("ZeRO 3) would hold it"))
  }

  /// A part of a card has its name, and the memory that is given.
  @Test func partOfACard() async throws {
    let shown = try await CommandLine.succeed(
      "memory --params 1B --gpu a100-80gb --gpu-memory 20GB".split(separator: " ").map(String.init))
    #expect(shown.output.contains("one a100-80gb of 20 GB"))
  }

  /// The memory of a GPU can be given in either unit, and shown in either.
  @Test func units() async throws {
    let gigabytes = try await run("--params 1B --gpu-memory 85.89934592GB")
    let gibibytes = try await run("--params 1B --gpu-memory 80GiB")
    #expect(gigabytes.largestParams == gibibytes.largestParams)
    let shown = try await CommandLine.succeed([
      "memory", "--model", "llama-7b", "--recipe", "lomo", "--unit", "gib",
    ])
    #expect(shown.output.contains("GiB"))
    // Table 1 of arXiv:2306.09782.
    #expect(shown.output.contains("12.6") && shown.output.contains("0.244"))
  }

  /// Dimensions make the model of the same numbers; those of a known one can be changed.
  @Test func shapes() async throws {
    let known = try await run("--model mistral-7b --sequence 4096")
    let given = try await run(
      "--layers 32 --width 4096 --heads 32 --kv-heads 8 --ffn-width 14336")
    #expect(known.model.params == given.model.params && known.use.total == given.use.total)
    let half = try await run("--model mistral-7b --layers 16 --sequence 4096")
    #expect(half.model.layers == 16 && half.model.params < known.model.params)
    let mixture = try await run(
      "--layers 32 --width 4096 --heads 32 --kv-heads 8 --ffn-width 14336 --experts 8")
    #expect(mixture.model.params == 46_702_792_704)
    let plain = try await run(
      "--layers 12 --width 768 --heads 12 --ungated --tied --vocabulary 50257")
    // GPT-2 without biases and without its table of positions.
    #expect(plain.model.params == 124_337_664 - 1024 * 768)
  }

  /// Options reach the terms they are about.
  @Test func options() async throws {
    func term(_ name: String, _ words: String) async throws -> Double {
      try #require(try await run("--model llama-7b " + words).use.terms[name])
    }
    let gradients = try await term("gradients", "")
    #expect(try await term("gradients", "--fp32-gradients") == 2 * gradients)
    #expect(try await term("gradients", "--updates-per-matrix") == 2 * 32000 * 4096)
    #expect(try await term("optimizer", "--precision bf16") == 4 * 6_738_415_616)
    #expect(
      try await term("optimizer", "--recipe lora --rank 16")
        == 2 * term("optimizer", "--recipe lora --rank 8"))
    let activations = try await term("activations", "")
    #expect(try await term("activations", "--batch 2") == 2 * activations)
    #expect(try await term("activations", "--no-flash") > activations)
    #expect(try await term("activations", "--dropout") > activations)
    #expect(try await term("activations", "--recompute full") < activations)
    #expect(try await term("activations", "--tensor 2") < activations)
    #expect(
      try await term("activations", "--tensor 2 --sequence-parallel")
        < term("activations", "--tensor 2"))
    let first = try await term("activations", "--pipeline 4")
    #expect(try await term("activations", "--pipeline 4 --interleave 2") > first)
    // 2 x 32 x 4096 elements of a token.
    #expect(try await term("cache", "--cached-tokens 10") == 10 * 2 * 262_144)
    #expect(
      try await term("cache", "--recipe serve --sequence 2048 --cache-bits 8") == 2048 * 262_144)
    #expect(
      try await term("weights", "--recipe serve --weight-bits 4") == 0.5 * 6_738_415_616)
    let exact = try await run("--params 1B --overhead 1GB").use
    #expect(exact.neededUpper == exact.total + 1e9)
    let changes = try #require(
      try await run("--model llama-7b --gpu a100-40gb --train-all").changes)
    #expect(!changes.contains { $0.steps == ["LoRA"] } && changes.contains { $0.steps == ["LOMO"] })
  }

  /// Every default that counts names where it is from; what was given has no source.
  @Test func explanation() async throws {
    let defaults = try #require(
      try await run("--params 7B --recipe qlora --gpu a100-80gb --explain").sources)
    #expect(defaults.allSatisfy { !$0.source.isEmpty && !$0.value.isEmpty })
    #expect(
      Set(defaults.map(\.what)).isSuperset(of: [
        "dimensions", "GPU memory", "rank", "states", "activations", "sequence", "overhead",
      ]))
    let given = try #require(
      try await run(
        """
        --layers 2 --width 64 --heads 2 --ungated --recipe qlora --rank 8 --gpu-memory 8GB --sequence 64 \
        --overhead 1GB --explain
        """
      ).sources)
    #expect(
      Set(given.map(\.what)).isDisjoint(with: [
        "dimensions", "GPU memory", "rank", "sequence", "overhead", "gated block",
      ]))
    let silent = try await run("--params 7B")
    #expect(silent.sources == nil)
  }

  /// The setup as it is, every change and the remedy: terms that add up.
  @Test func csv() async throws {
    let result = try await CommandLine.succeed([
      "memory", "--model", "llama2-7b", "--gpu", "a100-80gb", "--gpus", "8", "--format", "csv",
    ])
    let rows = result.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(rows[0].prefix(2) == ["setup", "weights"] && rows[1][0] == "as given")
    for row in rows.dropFirst() {
      let numbers = row.dropFirst().prefix(7).compactMap { Double($0) }
      try #require(numbers.count == 7)
      #expect(abs(numbers.dropLast().reduce(0, +) - numbers[6]) <= 1)
    }
  }

  static let faults = [
    Fault("no unit", ["--params", "7B", "--gpu-memory", "80"], says: ["--gpu-memory", "80GB"]),
    Fault(
      "unknown GPU", ["--params", "7B", "--gpu", "h100-80"], says: ["did you mean 'h100-80gb'"]),
    Fault("a family", ["--params", "7B", "--gpu", "a100"], says: ["a100-40gb and a100-80gb"]),
    Fault("unknown model", ["--model", "lama2-7b"], says: ["did you mean 'llama2-7b'"]),
    Fault("no size", ["--params", "0"], says: ["--params", "not positive"]),
    Fault("negative size", ["--params", "-7B"], says: ["--params", "not positive"]),
    Fault("no number", ["--params", "seven"], says: ["--params", "7B"]),
    Fault("empty GPU", ["--params", "7B", "--gpu-memory", "0GB"], says: ["not positive"]),
    Fault("no GPUs", ["--params", "7B", "--gpus", "0"], says: ["--gpus", "not positive"]),
    Fault("half a GPU", ["--params", "7B", "--gpus", "1.5"], says: ["--gpus", "whole"]),
    Fault(
      "GPUs that do not divide", ["--params", "7B", "--gpus", "3", "--tensor", "2"],
      says: ["no multiple of the 2 GPUs"]),
    Fault(
      "heads that do not divide", ["--model", "gpt2", "--tensor", "8"],
      says: ["--tensor", "12 heads"]),
    Fault("more stages than layers", ["--model", "gpt2", "--pipeline", "16"], says: ["12 layers"]),
    Fault("no batch", ["--params", "7B", "--batch", "-1"], says: ["--batch", "not positive"]),
    Fault("too many heads", ["--model", "gpt2", "--kv-heads", "13"], says: ["12 heads"]),
    Fault("heads of a latent", ["--model", "deepseek-v2", "--kv-heads", "8"], says: ["latent"]),
    Fault(
      "too many active experts", ["--model", "mixtral-8x7b", "--active-experts", "9"],
      says: ["8 experts"]),
    Fault(
      "fewer layers than dense ones", ["--model", "deepseek-v3", "--layers", "2"],
      says: ["--layers", "3"]),
    Fault(
      "many bits", ["--params", "7B", "--recipe", "serve", "--weight-bits", "64"], says: ["16"]),
    Fault("no model", ["--gpu", "a100-80gb"], code: 64, says: ["--model", "--params"]),
    Fault("two models", ["--model", "gpt2", "--params", "1B"], code: 64, says: ["not both"]),
    Fault(
      "rank of nothing", ["--params", "7B", "--rank", "8"], code: 64, says: ["--rank", "lora"]),
    Fault("unknown stage", ["--params", "7B", "--zero", "4"], code: 64, says: ["0, 1, 2 or 3"]),
    Fault("unknown recipe", ["--params", "7B", "--recipe", "adam"], code: 64, says: ["adamw"]),
  ]

  @Test(arguments: faults)
  func faultIsOneLine(_ fault: Fault) async throws {
    let result = await CommandLine.run(["memory"] + fault.arguments)
    #expect(result.code == fault.code, "\(result.errors)")
    #expect(result.output.isEmpty)
    #expect(result.errorLines.count == 1, "\(result.errors)")
    for part in fault.says {
      #expect(result.errors.contains(part), "'\(part)' is missing in: \(result.errors)")
    }
  }
}
