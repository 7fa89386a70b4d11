/// Faults of questions and of their words.
extension BadInputTests {
  // MARK: - Decisions

  private static func allocate(_ name: String, _ options: [String], says: [String]) -> Fault {
    Fault(name, ["allocate", "--law", "chinchilla"] + options, says: says)
  }

  static let decisions: [Fault] = [
    allocate("negative budget", ["--flops", "-1"], says: ["-1 FLOP", "positive"]),
    allocate("budget 0", ["--flops", "1e20,0"], says: ["0 FLOP", "positive"]),
    allocate(
      "budget of text", ["--flops", "abc"], says: ["--flops", "'abc' is no number", "1e21"]),
    allocate("empty budget", ["--flops", "1e20,,1e21"], says: ["--flops", "''"]),
    allocate("infinite budget", ["--flops", "inf"], says: ["--flops", "'inf'"]),
    allocate(
      "loss below the floor", ["--target-loss", "1.2"], says: ["1.2", "chinchilla", "floor"]),
    allocate("negative loss", ["--target-loss", "-1"], says: ["-1", "positive"]),
    allocate(
      "negative tokens served", ["--target-loss", "2", "--inference-tokens", "-1"],
      says: ["-1", "served"]),
    allocate(
      "unknown constants", ["--constants", "besirolu", "--flops", "1e22"],
      says: ["'besirolu'", "did you mean 'besiroglu'"]),
    allocate(
      "unknown constants, nothing near", ["--constants", "zzz", "--flops", "1e22"],
      says: ["'zzz'", "known are besiroglu,"]),
    allocate(
      "input that is chosen", ["--flops", "1e22", "--at", "N=1B"], says: ["N cannot be given"]),
    Fault(
      "law without N and D", ["allocate", "--law", "steplaw-batch", "--flops", "1e22"],
      says: ["steplaw-batch", "N and D"]),
    Fault(
      "missing input", ["allocate", "--law", "data-constrained", "--flops", "1e22"],
      says: ["data-constrained", "U", "--at U=VALUE"]),
    Fault(
      "missing point", ["predict", "--law", "chinchilla", "--at", "N=70B"],
      says: ["--at N=70B:", "no value for D", "--at N=70B,D=VALUE"]
    ),
    Fault(
      "point the law does not read", ["predict", "--law", "chinchilla", "--at", "N=70B,D=1T,Q=1"],
      says: ["--at", "N, D", "Q"]),
    Fault(
      "point in small letters", ["predict", "--law", "chinchilla", "--at", "n=70B,D=1T"],
      says: ["not n", "did you mean N?"]),
    Fault(
      "a fit as a table", ["fit", "@fit.json"], files: ["fit.json": "{}"],
      says: ["JSON, not a table", "predict"]),
    Fault(
      "another language's power", ["fit", "@runs.csv", "--formula", "loss ~ pow(N, a)"],
      says: ["'pow'", "write x^y"]),
    Fault(
      "point of text", ["predict", "--law", "chinchilla", "--at", "N=70b,D=1T"],
      says: ["--at", "'70b' is no number", "70B"]),
    Fault(
      "point without a prediction", ["predict", "--law", "chinchilla", "--at", "N=0,D=1T"],
      says: ["N=0", "check the inputs"]),
    Fault(
      "unknown law to explain", ["laws", "data-constraind"],
      says: ["'data-constraind'", "did you mean 'data-constrained'"]),
  ]

  // MARK: - Wrong usage

  private static func usage(_ name: String, _ arguments: [String], says: [String]) -> Fault {
    Fault(name, arguments, code: 64, says: says)
  }

  static let usage: [Fault] = [
    usage(
      "unknown option", ["fit", "@runs.csv", "--weigths", "w"],
      says: ["--weigths", "Did you mean '--weights'"]),
    usage("unknown verb", ["fitt", "@runs.csv"], says: ["'fitt'", "did you mean 'fit'"]),
    usage(
      "unknown verb, nothing near", ["optimise"],
      says: [
        "'optimise'",
        "fit, predict, allocate, isoflop, compare, plan, memory, stop, sample, plot, report, laws, "
          + "runs",
      ]),
    usage("no table", ["fit"], says: ["<table>", "fitlaws fit --help"]),
    usage(
      "law and formula", ["fit", "@runs.csv", "--law", "kaplan", "--formula", "loss ~ E"],
      says: ["--law or --formula"]),
    usage("negative delta", ["fit", "@runs.csv", "--delta", "-1"], says: ["--delta", "positive"]),
    usage(
      "delta of squares", ["fit", "@runs.csv", "--delta", "1", "--loss", "squares"],
      says: ["squares has no scale"]),
    usage(
      "unknown loss", ["fit", "@runs.csv", "--loss", "hubert"],
      says: ["--loss", "cauchy or absolute", "'hubert'; did you mean 'huber'?"]),
    usage(
      "unknown format", ["fit", "@runs.csv", "--format", "jsn"],
      says: ["--format takes text, json, csv or markdown", "did you mean 'json'"]),
    usage(
      "unknown recipe", ["memory", "--params", "7B", "--recipe", "adamv"],
      says: ["--recipe takes adamw,", "did you mean 'adamw'"]),
    usage(
      "unknown curve", ["isoflop", "@runs.csv", "--curve", "parabla"],
      says: ["did you mean 'parabola'"]),
    usage(
      "resamples without noise", ["isoflop", "@runs.csv", "--bootstrap", "10"],
      says: ["--bootstrap", "--curve akima"]),
    usage(
      "unknown residuals", ["fit", "@runs.csv", "--residuals", "ln"],
      says: ["--residuals", "log, raw or relative"]),
    usage("level of text", ["fit", "@runs.csv", "--level", "high"], says: ["--level", "'high'"]),
    usage("negative seed", ["fit", "@runs.csv", "--seed", "-1"], says: ["--seed", "'-1'"]),
    usage("no tasks", ["fit", "@runs.csv", "--tasks", "0"], says: ["--tasks", "from 1"]),
    usage(
      "unknown format", ["fit", "@runs.csv", "--format", "yaml"], says: ["'yaml'", "markdown"]),
    usage(
      "pair without a value", ["fit", "@runs.csv", "--fix", "alpha"],
      says: ["--fix", "'alpha'", "NAME=VALUE"]),
    usage("no budget", ["allocate", "--law", "chinchilla"], says: ["--flops", "--target-loss"]),
    usage("no law", ["allocate", "--flops", "1e22"], says: ["saved fit", "--law"]),
    usage(
      "fit and law", ["allocate", "@runs.csv", "--law", "chinchilla", "--flops", "1e22"],
      says: ["not both"]),
    usage(
      "constants of a fit", ["allocate", "@runs.csv", "--constants", "x", "--flops", "1e22"],
      says: ["--constants"]),
    usage(
      "tokens served at a budget",
      ["allocate", "--law", "chinchilla", "--flops", "1e22", "--inference-tokens", "1T"],
      says: ["--target-loss"]),
    usage("no points", ["predict", "--law", "chinchilla"], says: ["--at", "table"]),
    usage(
      "columns of points",
      ["predict", "--law", "chinchilla", "--at", "N=1,D=1", "--columns", "N=n"], says: ["--columns"]
    ),
  ]
}
