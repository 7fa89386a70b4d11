import ScalingLaws
import Tables
import TestSupport
import Testing

/// Which columns of a table a law reads.
struct ColumnTests {
  private static let runs = SimulatedRuns(noise: 0.001)

  private static func table(_ params: String, _ tokens: String, _ loss: String) -> Table {
    Table(columns: [
      (params, .numbers(runs.params)), (tokens, .numbers(runs.tokens)),
      (loss, .numbers(runs.loss)),
    ])
  }

  @Test(arguments: [
    ("N", "D", "loss"), ("params", "tokens", "loss"), ("n_params", "n_tokens", "val_loss"),
    ("Parameters", "Tokens", "Loss"), ("num_params", "num_tokens", "LOSS"),
  ])
  func synonyms(_ params: String, _ tokens: String, _ loss: String) async throws {
    let fit = try await LawFit(Self.table(params, tokens, loss), FitSpec(law: .chinchilla))
    #expect(fit.data.columns == ["N": params, "D": tokens, "loss": loss])
    let plain = try await LawFit(Self.runs.table, FitSpec(law: .chinchilla))
    #expect(fit.parameters == plain.parameters)
  }

  /// A column of the very name is no synonym: it wins.
  @Test func twoSynonymsAreAmbiguousButAnExactNameIsNot() async throws {
    func table(_ second: String) -> Table {
      Table(columns: [
        ("params", .numbers(Self.runs.params)), (second, .numbers(Self.runs.params)),
        ("tokens", .numbers(Self.runs.tokens)), ("loss", .numbers(Self.runs.loss)),
      ])
    }
    let error = try await #require(throws: AnalysisError.self) {
      _ = try await LawFit(table("n_params"), FitSpec(law: .chinchilla))
    }
    #expect(error.code == .ambiguousColumn)
    #expect(error.message.contains("params") && error.message.contains("n_params"))
    #expect(error.message.contains("--columns N="))
    var spec = FitSpec(law: .chinchilla)
    spec.columns = ["N": "n_params"]
    #expect(try await LawFit(table("n_params"), spec).data.columns["N"] == "n_params")
    let exact = try await LawFit(table("N"), FitSpec(law: .chinchilla))
    #expect(exact.data.columns["N"] == "N")
  }

  @Test func missingColumnSuggestsTheNearest() async throws {
    let error = try await #require(throws: AnalysisError.self) {
      _ = try await LawFit(Self.table("params", "tokns", "loss"), FitSpec(law: .chinchilla))
    }
    #expect(error.code == .missingColumn)
    #expect(error.message.contains("--columns D=tokns"), "\(error.message)")
  }

  @Test func statedNamesThatTheLawLacksAreRefused() async throws {
    var spec = FitSpec(law: .chinchilla)
    spec.columns = ["M": "params"]
    let error = try await #require(throws: AnalysisError.self) {
      _ = try await LawFit(Self.runs.table, spec)
    }
    #expect(error.code == .missingColumn && error.message.contains("'M'"))
  }

  /// The tokens of this table are C / (6 N), to the last bit or the one before.
  @Test func expressionsOfColumns() async throws {
    let table = try Checkout.table("chinchilla/fig4.csv")
    var spec = FitSpec(law: .chinchilla)
    spec.filter = "excluded_in_fit == 0"
    let plain = try await LawFit(table, spec)
    spec.columns = ["D": "flops/(6*params)"]
    let derived = try await LawFit(table, spec)
    #expect(derived.data.columns["D"] == "flops/(6*params)")
    #expect(abs(derived.objective.value / plain.objective.value - 1) <= 1e-10)
    for (one, other) in zip(plain.parameters, derived.parameters) {
      #expect(abs(one.estimate / other.estimate - 1) <= 1e-6)
    }
  }

  @Test func expressionsNameTheirMissingColumn() async throws {
    var spec = FitSpec(law: .chinchilla)
    spec.columns = ["D": "flop/(6*params)"]
    let error = try await #require(throws: (any Error).self) {
      _ = try await LawFit(Checkout.table("chinchilla/fig4.csv"), spec)
    }
    #expect("\(error)".contains("flop") && "\(error)".contains("flops"), "\(error)")
  }

  /// The law in a user's own words: columns by their names, parameters by any.
  @Test func formulaWithItsOwnNames() async throws {
    let table = try Checkout.table("chinchilla/fig4.csv")
    var spec = FitSpec(law: .chinchilla)
    spec.filter = "excluded_in_fit == 0"
    let law = try await LawFit(table, spec)
    spec.source = .formula(
      """
      0 < p < 2; 0 < q < 2; amp > 0; size > 0; floor >= 0
      loss ~ floor + amp / params^p + size / tokens^q
      """)
    let own = try await LawFit(table, spec)
    #expect(own.law.name == "formula")
    // The literature's objective for a response called loss.
    #expect(own.objective.residuals == "log" && own.objective.delta == 1e-3)
    #expect(abs(own.objective.value / law.objective.value - 1) <= 1e-9)
    let names = ["floor": "E", "amp": "A", "size": "B", "p": "alpha", "q": "beta"]
    for parameter in own.parameters {
      let other = try law.parameter(#require(names[parameter.name]))
      #expect(abs(parameter.estimate / other.estimate - 1) <= 1e-4, "\(parameter.name)")
    }
  }

  /// What a formula calls by the name of no column is a parameter, unless it looks like a slip and
  /// nothing else is said of it.
  @Test func misspelledColumnsAreRefused() async throws {
    let error = try await #require(throws: AnalysisError.self) {
      _ = try await LawFit(
        Self.runs.table, FitSpec(.formula("A > 0; loss ~ E + A / params^tokns")))
    }
    #expect(error.message.contains("'tokns'") && error.message.contains("'tokens'"))
    let said = FitSpec(.formula("A > 0; 0 < tokns < 2; loss ~ E + A / params^tokns"))
    #expect(try await LawFit(Self.runs.table, said).parameters.count == 3)
  }

  /// Any of the words for N finds the column, and a response that is a loss is fitted as one.
  @Test func formulasMaySayTheUsualWords() async throws {
    let table = Table(columns: [
      ("n_params", .numbers(Self.runs.params)), ("n_tokens", .numbers(Self.runs.tokens)),
      ("val_loss", .numbers(Self.runs.loss)),
    ])
    let text =
      "A > 0; B > 0; E >= 0; 0 < a < 2; 0 < b < 2; val_loss ~ E + A / params^a + B / tokens^b"
    let fit = try await LawFit(table, FitSpec(.formula(text)))
    #expect(fit.data.columns["params"] == "n_params" && fit.data.columns["tokens"] == "n_tokens")
    #expect(fit.objective.loss == "huber" && fit.objective.residuals == "log")
  }
}
