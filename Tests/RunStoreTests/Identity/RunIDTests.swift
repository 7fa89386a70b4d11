import Testing

@testable import RunStore

@Suite struct RunIDTests {
  @Test(arguments: ["abc", "01k", "i0-_", String(repeating: "a", count: 32)])
  func accepted(_ text: String) { #expect(RunID(text)?.text == text) }

  @Test(arguments: [
    "", "ab", "..", "../", "a/b", "a.b", "ABC", "con.", ".ab", "-ab", "_ab", "a\0b", "abé",
    "ab\u{202E}", "a b", String(repeating: "a", count: 33), String(repeating: "a", count: 300),
  ])
  func refused(_ text: String) { #expect(RunID(text) == nil) }

  @Test func newIdentifiersSortByTime() {
    let early = RunID(new: UTCTime(milliseconds: 1_469_918_176_385))
    // The example of the ULID specification: 01ARYZ6S41 is this moment.
    #expect(early.text.hasPrefix("01aryz6s41"))
    #expect(early.text.utf8.count == 26)
    #expect(RunID(early.text) == early)
    #expect(early < RunID(new: UTCTime(milliseconds: 1_469_918_176_386)))
    #expect(early != RunID(new: UTCTime(milliseconds: 1_469_918_176_385)))
  }

  @Test func importedIdentifiersFollowTheirSource() {
    let id = RunID(imported: "mlflow", source: "1", run: "23")
    #expect(id == RunID(imported: "mlflow", source: "1", run: "23"))
    #expect(id != RunID(imported: "mlflow", source: "12", run: "3"))
    #expect(id.text.hasPrefix("i") && id.text.utf8.count == 26)
    #expect(RunID(id.text) == id)
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
    (1_795_434_160_256, "2026-11-23T11:42:40.256Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
    (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
    (2_147_483_648_000, "2038-01-19T03:14:08.000Z"),
  ])
  func times(_ milliseconds: Int64, _ text: String) {
    #expect(UTCTime(milliseconds: milliseconds).description == text)
    #expect(UTCTime(text)?.milliseconds == milliseconds)
  }

  @Test func otherSpellingsOfTimes() {
    #expect(UTCTime("2026-11-24T21:30:34+02:00")?.description == "2026-11-24T19:30:34.000Z")
    #expect(UTCTime("2026-11-24t21:30:34.5z")?.description == "2026-11-24T21:30:34.500Z")
    #expect(UTCTime("2026-11-24 21:30:34.123456Z")?.description == "2026-11-24T21:30:34.123Z")
    for text in [
      "", "2026", "2026-13-01T00:00:00Z", "2025-02-29T00:00:00Z", "2026-11-24T24:00:00Z",
      "2026-11-24T21:30:34", "2026-11-24T21:30:34.Z", "2026-11-24T21:30:34ZZ",
      "2026-11-24T21:30:34+0200",
    ] {
      #expect(UTCTime(text) == nil, "\(text)")
    }
  }
}
