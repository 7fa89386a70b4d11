/// Faults of plans under limits.
extension BadInputTests {
  private static func plan(
    _ name: String, _ options: String, code: Int32 = 1, files: [String: String] = [:],
    says: [String]
  ) -> Fault {
    Fault(
      "plan: \(name)",
      ["plan", "--law", "chinchilla"] + options.split(separator: " ").map(String.init), code: code,
      files: files, says: says)
  }

  private static func pools(_ name: String, _ csv: String, says: [String]) -> Fault {
    plan(name, "--flops 1e22 --pools @pools.csv", files: ["pools.csv": csv], says: says)
  }

  static let plans: [Fault] = [
    plan("no limit", "", says: ["no limit", "--flops", "--days", "--dollars"]),
    plan(
      "unique tokens alone", "--unique-tokens 1B --gpu-memory 80GB", says: ["no limit", "--flops"]),
    plan("zero compute", "--flops 0", says: ["--flops", "0 is not positive"]),
    plan("negative compute", "--flops -1e22", says: ["--flops", "-1e22 is not positive"]),
    plan("no number", "--flops many", says: ["--flops", "'many' is no number"]),
    plan("zero unique tokens", "--flops 1e22 --unique-tokens 0", says: ["--unique-tokens", "0"]),
    plan("zero days", "--days 0 --gpu h100-80gb", says: ["--days", "not positive"]),
    plan("negative dollars", "--dollars -5 --gpu h100-80gb", says: ["--dollars", "-5"]),
    plan("no GPUs", "--flops 1e22 --gpu h100-80gb --gpus 0", says: ["--gpus", "0"]),
    plan("zero served", "--flops 1e22 --inference-tokens 0", says: ["--inference-tokens"]),
    plan("days without a GPU", "--days 14", says: ["--gpu", "--gpus"]),
    plan(
      "memory without a unit", "--flops 1e22 --gpu-memory 80",
      says: ["--gpu-memory", "80 of what?", "80GB"]),
    plan(
      "unknown GPU", "--flops 1e22 --gpu h100-80g", says: ["no GPU 'h100-80g'", "'h100-80gb'"]),
    plan("a family of GPUs", "--flops 1e22 --gpu a100", says: ["a100-40gb and a100-80gb"]),
    plan(
      "no price", "--dollars 100 --gpu a100-80gb",
      says: ["no price is known for a100-80gb", "--gpu-price"]),
    plan(
      "no power", "--kwh 100 --gpu tpu-v5p", says: ["no power is known for tpu-v5p", "--gpu-watts"]),
    plan(
      "no price of serving",
      "--dollars 100 --gpu h100-80gb --inference-tokens 1e12 --serving-gpu l40s-48gb",
      says: ["l40s-48gb", "--serving-price"]),
    plan("utilization above 1", "--flops 1e22 --gpu h100-80gb --mfu 40", says: ["40", "share"]),
    plan(
      "more read than served", "--flops 1e22 --inference-tokens 1T --prompt-tokens 2T",
      says: ["--prompt-tokens", "2T of 1T"]),
    plan(
      "memory that holds nothing", "--flops 1e22 --gpu-memory 2GB",
      says: ["nothing fits in 2 GB", "larger GPU"]),
    plan(
      "size and memory", "--flops 1e24 --params 70B --gpu a100-40gb",
      says: ["70B parameters and 40 GB", "cannot be met together", "GB more", "would hold them"]),
    plan(
      "size, serving and compute", "--flops 1e22 --params 7B --inference-tokens 1T",
      says: ["serving 1T tokens with 7B", "limit on compute", "4e21 FLOP more than the 1e22"]),
    plan(
      "epochs alone", "--gpu h100-80gb --gpus 8 --max-epochs 3 --flops 1e22",
      says: ["epochs", "unique tokens"]),
    plan(
      "recipe that trains adapters", "--flops 1e22 --gpu h100-80gb --recipe lora",
      says: ["--recipe", "lora", "adamw"]),
    plan("bits without a worth", "--flops 1e22 --bits 8", says: ["what bits are worth"]),
    plan(
      "input that is chosen", "--flops 1e22 --at N=1B", says: ["N cannot be given"]),
    Fault(
      "plan: law without N and D", ["plan", "--law", "steplaw-batch", "--flops", "1e22"],
      says: ["steplaw-batch", "N and D"]),
    Fault(
      "plan: law that cannot repeat",
      ["plan", "--law", "kaplan", "--flops", "1e22", "--unique-tokens", "1B"],
      says: ["kaplan", "repeats"]),
    Fault(
      "plan: unique tokens left out", ["plan", "--law", "data-constrained", "--flops", "1e22"],
      says: ["data-constrained", "unique tokens"]),
    plan("price without a GPU", "--flops 1e22 --gpu-price 2", code: 64, says: ["--gpu-peak"]),
    plan(
      "serving without tokens", "--flops 1e22 --output-mfu 0.1", code: 64,
      says: ["--inference-tokens"]),
    plan(
      "pools and unique tokens", "--flops 1e22 --pools p.csv --unique-tokens 1B", code: 64,
      says: ["not both"]),
    pools(
      "selection beyond the budget",
      "name,unique_tokens,selection,scorer_params,scored_tokens\nweb,100B,gradient,7B,1T\n",
      says: ["selecting web", "limit on compute", "4.2e22 FLOP by itself", "3.2e22 FLOP more"]),
    pools(
      "unknown column", "name,tokens_unique\nweb,1B\n", says: ["'tokens_unique'", "unique_tokens"]),
    pools("no size", "name,unique_tokens\nweb,\n", says: ["line 2", "unique_tokens"]),
    pools("size of text", "name,unique_tokens\nweb,big\n", says: ["line 2", "'big'", "25B"]),
    pools("no rows", "name,unique_tokens\n", says: ["no pools"]),
    pools(
      "half a utility", "name,unique_tokens,utility\nweb,1B,-0.3\n", says: ["line 2", "half_life"]),
    pools(
      "positive utility", "name,unique_tokens,utility,half_life\nweb,1B,0.3,2\n",
      says: ["pool web", "below 0"]),
    pools(
      "unknown selection", "name,unique_tokens,selection\nweb,1B,magic\n",
      says: ["line 2", "'magic'", "perplexity"]),
    pools(
      "fit that is missing", "name,unique_tokens,fit\nweb,1B,none.json\n", says: ["none.json"]),
  ]
}
