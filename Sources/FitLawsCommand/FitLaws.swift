internal import ArgumentParser
internal import ScalingLaws

/// The root of the command line.
struct FitLaws: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fitlaws",
    abstract: "Fit neural scaling laws, say how sure the fit is, and decide what to train.",
    discussion: """
      EXAMPLES
        fitlaws fit runs.csv --output fit.json
        fitlaws plan fit.json --flops 1e22 --unique-tokens 25B --gpu h100-80gb

      Exit codes: 0 done; 1 the input or the fit is at fault; 3 done, but for what is wrong in a store of runs; \
      64 wrong usage.
      """,
    version: fitLawsVersion,
    subcommands: [
      FitVerb.self, PredictVerb.self, AllocateVerb.self, IsoflopVerb.self, CompareVerb.self,
      PlanVerb.self, MemoryVerb.self, StopVerb.self, SampleVerb.self, PlotVerb.self,
      ReportVerb.self, LawsVerb.self, RunsVerb.self, ManualVerb.self,
    ])

  func run() async throws {
    try Console.current.write(
      """
      fitlaws \(fitLawsVersion): neural scaling laws before the money is spent

      What law do my runs follow?   fitlaws fit runs.csv --output fit.json
                                    fitlaws compare runs.csv --laws chinchilla,kaplan
                                    fitlaws laws
      How sure is that?             fitlaws fit runs.csv --bootstrap 4000 --output fit.json
                                    fitlaws predict fit.json --at N=70B,D=1.4T
                                    fitlaws isoflop runs.csv --flops 1e24
      What should I do?             fitlaws plan fit.json --flops 1e22 --unique-tokens 25B
                                    fitlaws allocate fit.json --flops 1e22,1e24
                                    fitlaws memory --model llama2-7b --gpu a100-80gb
                                    fitlaws stop fit.json --nats-per-flop 1e-26
                                    fitlaws sample attempts.csv --target 0.9

      What does it look like?       fitlaws plot fit.json --flops 1e22,1e24
                                    fitlaws plot fit.json --kind residuals -o fit.svg
      What do I show others?        fitlaws report fit.json --output report.html
      Where are my runs?            fitlaws runs list --store lab
                                    fitlaws fit lab --save

      Each verb explains itself: fitlaws fit --help

      """)
  }
}
