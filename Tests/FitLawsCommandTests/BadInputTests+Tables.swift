private let header = "params,tokens,loss\n"
private let six = """
  1e8,1e9,3.4
  2e8,4e9,3.0
  3e8,5e9,2.9
  4e8,9e9,2.8
  1e9,2e10,2.6
  2e9,8e10,2.4

  """

/// Faults of tables, formulas and files.
extension BadInputTests {
  // MARK: - Tables

  static let tables: [Fault] = [
    .table(
      "text for a number", header + six + "1e9,4e9,x\n",
      says: ["table.csv:8:", "column \"loss\"", "\"x\" is no number"]),
    .table(
      "number as people type it", header + "70B,1.4T,2\n",
      says: ["table.csv:2:", "\"params\"", "70000000000"]),
    .table("empty cell", header + six + "1e9,,2\n", says: ["table.csv:8:", "\"tokens\"", "empty"]),
    .table(
      "NaN", header + six + "1e9,4e9,NaN\n", says: ["table.csv:8:", "\"loss\"", "not finite"]),
    .table(
      "infinity", header + six + "inf,4e9,2\n", says: ["table.csv:8:", "\"params\"", "not finite"]),
    .table(
      "loss below 0", header + six + "1e9,4e9,-1\n",
      says: ["table.csv:8:", "\"loss\"", "-1", "--residuals raw"]),
    .table(
      "loss 0", header + six + "1e9,4e9,0\n",
      says: ["table.csv:8:", "\"loss\"", "0 has no logarithm"]),
    .table(
      "loss 0, relative", header + six + "1e9,4e9,0\n", ["--residuals", "relative"],
      says: ["table.csv:8:", "\"loss\"", "relative"]),
    .table("empty file", "", says: ["table.csv:1:1:", "empty", "name the columns"]),
    .table("header only", header, says: ["table.csv:", "no rows", "needs runs"]),
    .table(
      "header only, by groups", header, ["--group", "params"], says: ["table.csv:", "no rows"]),
    .table(
      "too few rows", header + "1e8,1e9,3\n2e8,4e9,2\n",
      says: ["table.csv:", "2 rows for 5 free parameters", "--fix"]),
    .table(
      "duplicate header", "params,params,loss\n1,2,3\n",
      says: ["table.csv:1:8:", "\"params\"", "rename"]),
    .table("column without a name", "params,,loss\n1,2,3\n", says: ["table.csv:1:"]),
    .table(
      "ragged row", header + "1,2,3\n1,2\n", says: ["table.csv:3:", "2 fields", "header has 3"]),
    .table("quote never ends", header + "1,\"2,3\n", says: ["table.csv:2:3:", "never ends"]),
    .table("bare quote", header + "1,2\"x,3\n", says: ["table.csv:2:"]),
    .table("binary file", "params\u{0}\u{1}\u{2}", says: ["table.csv:1:"]),
    .table("blank line", header + "1,2,3\n\n1,2,3\n", says: ["table.csv:3:"]),
    .table(
      "constant column", constant,
      says: ["table.csv:", "column params", "1000000000", "A", "alpha", "undetermined", "--fix"]),
    .table(
      "negative weight", weighted("-1"), ["--weights", "w"],
      says: ["table.csv:8:", "\"w\"", "negative"]),
    .table(
      "text as a weight", weighted("heavy"), ["--weights", "w"],
      says: ["table.csv:8:", "\"w\"", "no number"]),
    .table(
      "no weight left", weighted("0").replacing(",1\n", with: ",0\n"),
      ["--weights", "w"], says: ["table.csv:", "0 rows for 5"]),
    .table(
      "a group too small", grouped, ["--group", "g"], says: ["g b:", "table.csv:", "2 rows for 5"]),
    .table(
      "one cluster", grouped.replacing(",b", with: ",a"),
      ["--cluster", "g", "--bootstrap", "10"], says: ["column g", "one cluster"]),
  ]

  private static let constant =
    header + (1...12).map { "1e9,\($0)e9,\(2 + 1 / Double($0))\n" }.joined()
  private static func weighted(_ last: String) -> String {
    "params,tokens,loss,w\n" + six.replacing("\n", with: ",1\n")
      + "1e9,4e9,2,\(last)\n"
  }
  private static let grouped =
    "params,tokens,loss,g\n" + six.replacing("\n", with: ",a\n")
    + "1e9,4e9,2,b\n2e9,5e9,2,b\n"

  // MARK: - Columns

  static let columns: [Fault] = [
    .table(
      "semicolons", "params;tokens;loss\n1;2;3\n", says: ["table.csv:1:", "semicolons", "commas"]),
    .table(
      "blanks in the header", "params, tokens ,loss\n1,2,3\n",
      says: ["table.csv:1:", "\" tokens \"", "blanks"]),
    .table(
      "a run of no size",
      "params,tokens,loss\n1e8,1e9,3.5\n1e8,1e10,3.2\n1e9,-5,3.1\n1e9,1e10,2.8\n1e9,1e11,2.5\n"
        + "1e10,1e11,2.2\n",
      says: ["table.csv:4:", "\"tokens\"", "-5 is no positive number", "--where"]),
    .table(
      "missing column", "parms,tokens,loss\n1,2,3\n",
      says: ["table.csv:", "no column for N", "--columns N=parms"]),
    .table(
      "missing column, nothing near", "size,tokens,loss\n1,2,3\n",
      says: ["table.csv:", "no column for N among size, tokens, loss", "--columns N=COLUMN"]),
    .table(
      "two candidates", "params,n_params,tokens,loss\n1,1,2,3\n",
      says: ["params and n_params", "--columns N=params"]),
    Fault(
      "two columns for one name", ["fit", "@runs.csv", "--columns", "N=params,N=tokens"],
      says: ["--columns", "N is given twice", "params", "tokens"]),
    Fault(
      "one column for two names", ["fit", "@runs.csv", "--columns", "N=params,D=params"],
      says: ["runs.csv:", "\"params\"", "both N and D", "--columns D=COLUMN"]),
    Fault(
      "column that does not exist", ["fit", "@runs.csv", "--columns", "N=parms"],
      says: ["runs.csv:", "\"parms\"", "did you mean \"params\""]),
    Fault(
      "name the law does not read", ["fit", "@runs.csv", "--columns", "X=params"],
      says: ["'X'", "chinchilla", "N, D, loss"]),
    Fault(
      "expression of a missing column", ["fit", "@runs.csv", "--columns", "D=flops/(6*parms)"],
      says: ["runs.csv:", "\"parms\"", "did you mean \"params\""]),
    Fault(
      "missing weights", ["fit", "@runs.csv", "--weights", "los"],
      says: ["runs.csv:", "\"los\"", "did you mean \"loss\""]),
    Fault(
      "missing group", ["fit", "@runs.csv", "--group", "tokns"],
      says: ["runs.csv:", "\"tokns\"", "did you mean \"tokens\""]),
    Fault(
      "missing cluster", ["fit", "@runs.csv", "--cluster", "tokns", "--bootstrap", "10"],
      says: ["runs.csv:", "\"tokns\"", "did you mean \"tokens\""]),
  ]

  // MARK: - Filters

  static let filters: [Fault] = [
    Fault(
      "all rows filtered out", ["fit", "@runs.csv", "--where", "params > 1e20"],
      says: ["runs.csv:", "no row of 245", "params > 1e20", "--where"]),
    Fault(
      "all filtered out, by groups",
      ["fit", "@runs.csv", "--where", "params > 1e20", "--group", "excluded_in_fit"],
      says: ["runs.csv:", "no row of 245"]),
    Fault(
      "filter with a missing column", ["fit", "@runs.csv", "--where", "parms > 1"],
      says: ["filter:1:1:", "'parms'", "did you mean 'params'"]),
    Fault(
      "half a filter", ["fit", "@runs.csv", "--where", "params >"],
      says: ["filter:1:9:", "expected"]),
    Fault(
      "filter on a text column", ["fit", "@table.csv", "--where", "g > 1"],
      files: ["table.csv": grouped], says: ["filter:1:3:", "text", "number"]),
    Fault("empty filter", ["fit", "@runs.csv", "--where", ""], says: ["filter:1:1:", "expected"]),
  ]

  // MARK: - Formulas

  static let formulas: [Fault] = [
    Fault(
      "unknown law", ["fit", "@runs.csv", "--law", "chinchila"],
      says: ["no law 'chinchila'", "did you mean 'chinchilla'"]),
    Fault(
      "unknown law, nothing near", ["fit", "@runs.csv", "--law", "zzz"],
      says: ["no law 'zzz'", "fitlaws laws"]),
    Fault(
      "misspelled column in a formula",
      ["fit", "@runs.csv", "--formula", "loss ~ E + A / parms^a"],
      says: ["'parms' is no column", "did you mean 'params'", "--start parms"]),
    Fault(
      "unknown function", ["fit", "@runs.csv", "--formula", "loss ~ E + epx(A) / params"],
      says: ["formula:1:12:", "'epx'", "did you mean 'exp'"]),
    Fault(
      "unbalanced parenthesis", ["fit", "@runs.csv", "--formula", "loss ~ E + A / (params^a"],
      says: ["formula:1:25:", "expected ')'", "1:16"]),
    Fault(
      "no response", ["fit", "@runs.csv", "--formula", "E + A / params^a"],
      says: ["formula:1:", "~"]),
    Fault(
      "two responses", ["fit", "@runs.csv", "--formula", "loss ~ E; tokens ~ E"],
      says: ["formula:1:"]),
    Fault(
      "missing formula file", ["fit", "@runs.csv", "--formula", "@run.txt"],
      says: ["run.txt", "No such file"]),
    Fault(
      "fault in a formula file", ["fit", "@runs.csv", "--formula", "@law.txt"],
      files: ["law.txt": "# mine\nloss ~ E + foo(params)\n"], says: ["law.txt:2:12:", "'foo'"]),
    Fault(
      "formula file without a response", ["fit", "@runs.csv", "--formula", "@law.txt"],
      files: ["law.txt": "E + params\n"], says: ["law.txt:"]),
    Fault(
      "nothing to fit", ["fit", "@runs.csv", "--formula", "loss ~ 2 / params"],
      says: ["no free parameter"]),
  ]

  // MARK: - Settings

  static let settings: [Fault] = [
    Fault("level 2", ["fit", "@runs.csv", "--level", "2"], says: ["level 2:", "between 0 and 1"]),
    Fault(
      "one replicate", ["fit", "@runs.csv", "--bootstrap", "1"], says: ["1 replicates", "from 2"]),
    Fault(
      "negative replicates", ["fit", "@runs.csv", "--bootstrap", "-5"], says: ["-5 replicates"]),
    Fault(
      "clusters in a profile",
      ["fit", "@runs.csv", "--cluster", "flops", "--interval", "profile"],
      says: ["--cluster", "bootstrap"]),
    Fault("local without a start", ["fit", "@runs.csv", "--local"], says: ["--start"]),
    Fault(
      "unknown parameter to fix", ["fit", "@runs.csv", "--fix", "alfa=1"],
      says: ["'alfa'", "did you mean 'alpha'"]),
    Fault(
      "unknown parameter to bound", ["fit", "@runs.csv", "--bound", "alfa > 1"],
      says: ["'alfa'", "did you mean 'alpha'"]),
    Fault(
      "unknown parameter to start", ["fit", "@runs.csv", "--start", "gamma=1"],
      says: ["'gamma'", "E, A, B, alpha, beta"]),
    Fault(
      "fixed outside its bounds", ["fit", "@runs.csv", "--fix", "alpha=3"],
      says: ["alpha", "3", "bounded by 0 and 2"]),
    Fault(
      "fixed at no number", ["fit", "@runs.csv", "--fix", "alpha=x"],
      says: ["--fix", "'x' is no number"]),
    Fault(
      "half a bound", ["fit", "@runs.csv", "--bound", "alpha > "], says: ["--bound:1:", "expected"]),
    Fault(
      "empty bound", ["fit", "@runs.csv", "--bound", "2 < alpha < 1"],
      says: ["--bound:1:1:", "'alpha'"]),
  ]

  // MARK: - Files

  static let files: [Fault] = [
    Fault(
      "missing file", ["fit", "@run.csv"],
      says: ["run.csv:", "No such file", "did you mean \"runs.csv\""]),
    Fault("directory", ["fit", "@."], says: ["a folder", "name a file"]),
    Fault(
      "table instead of a fit", ["allocate", "@runs.csv", "--flops", "1e22"],
      says: ["runs.csv:", "not a saved fit", "fitlaws fit"]),
    Fault(
      "half a JSON", ["allocate", "@fit.json", "--flops", "1e22"],
      files: ["fit.json": "{ \"schema\": "], says: ["fit.json:", "1:13", "not a saved fit"]),
    Fault(
      "JSON of another kind", ["allocate", "@fit.json", "--flops", "1e22"],
      files: ["fit.json": "{\"schema\":\"fitlaws.prediction/1\"}"],
      says: ["fit.json:", "fitlaws.prediction/1", "fitlaws.fit/1"]),
    Fault(
      "JSON without a schema", ["predict", "@fit.json", "--at", "N=1B,D=1B"],
      files: ["fit.json": "{}"], says: ["fit.json:", "no schema"]),
    Fault(
      "JSON array", ["predict", "@fit.json", "--at", "N=1B,D=1B"], files: ["fit.json": "[]"],
      says: ["fit.json:", "expected an object"]),
    Fault(
      "newer schema", ["allocate", "@fit.json", "--flops", "1e22"],
      files: ["fit.json": "{\"schema\":\"fitlaws.fit/2\"}"],
      says: ["fit.json:", "fitlaws.fit/2", "newer", "update fitlaws"]),
    Fault(
      "newer schema of groups", ["allocate", "@fit.json", "--flops", "1e22"],
      files: ["fit.json": "{\"schema\":\"fitlaws.fits/9\"}"],
      says: ["fit.json:", "fitlaws.fits/9", "newer"]),
    Fault(
      "fit without its parts", ["allocate", "@fit.json", "--flops", "1e22"],
      files: ["fit.json": "{\"schema\":\"fitlaws.fit/1\"}"],
      says: ["fit.json:", "no key \"version\""]),
    Fault(
      "missing fit", ["allocate", "@result.jso", "--flops", "1e22"],
      says: ["result.jso:", "did you mean \"result.json\""]),
    Fault(
      "header only to predict", ["predict", "--law", "chinchilla", "@table.csv"],
      files: ["table.csv": header], says: ["table.csv:", "no rows"]),
    Fault(
      "row without a prediction", ["predict", "--law", "chinchilla", "@table.csv"],
      files: ["table.csv": "N,D\n1e9,1e9\n0,1e9\n"],
      says: ["table.csv:3:", "N=0", "check the inputs"]),
    Fault(
      "table to predict without a column", ["predict", "--law", "chinchilla", "@table.csv"],
      files: ["table.csv": "N,tokns\n1e9,1e9\n"],
      says: ["table.csv:", "no column for D", "--columns D=tokns"]),
  ]
}
