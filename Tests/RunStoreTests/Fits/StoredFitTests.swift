import Foundation
import RunStore
import Tables
import Testing

/// Saved fits as files.
@Suite struct StoredFitTests {
  private let sample = StoredFit(
    spec: ["schema": "fitlaws.spec/1", "data": ["sha256": "…"]], data: Array("a,b\n1,2\n".utf8),
    result: Array("{}\n".utf8), meta: ["made": "2026-11-24T21:30:34.256Z"])

  @Test func whatIsSavedIsRead() async throws {
    try await withStore { store in
      let before = try store.fitIDs()
      #expect(before.isEmpty)
      #expect(try store.save(sample) == .added)
      #expect(try store.fit(sample.id) == sample)
      #expect(try store.fitIDs() == [sample.id])
      #expect(sample.id.count == 26 && sample.id.hasPrefix("f"))
      #expect(try store.check().problems.isEmpty)
    }
  }

  /// The same question with the same answer is one fit; with another answer it is refused.
  @Test func oneQuestionHasOneAnswer() async throws {
    try await withStore { store in
      try store.save(sample)
      var again = sample
      again.meta = ["made": "later"]
      #expect(try store.save(again) == .unchanged)
      #expect(try store.fit(sample.id).meta == sample.meta)
      again.result = Array("{ }\n".utf8)
      let error = #expect(throws: RunStoreError.self) { try store.save(again) }
      #expect(error?.code == .conflict)
      #expect(try store.fit(sample.id).result == sample.result)
      let names = try FileManager.default.contentsOfDirectory(atPath: store.root + "/fits")
      #expect(names == [sample.id])
    }
  }

  /// The identifier is the digest's, as any program can compute it.
  @Test func theIdentifierFollowsFromTheQuestion() {
    var other = sample
    other.data = []
    other.result = []
    #expect(other.id == sample.id)
    other.spec = ["schema": "fitlaws.spec/1", "data": ["sha256": "other"]]
    #expect(other.id != sample.id)
    // printf '{}\n' | sha256sum begins with ca3d163bab05: five bits a letter of 0 to 9, a to z
    // without i, l, o and u.
    other.spec = [:]
    #expect(other.id.hasPrefix("fs8yhcexb0"))
  }

  /// Any byte of any file: read as damage, never as another fit.
  @Test func everyChangedByteIsFound() async throws {
    try await withStore { store in
      try store.save(sample)
      let folder = "\(store.root)/fits/\(sample.id)"
      for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
        let path = "\(folder)/\(name)"
        let whole = try bytes(path)
        for place in whole.indices {
          var changed = whole
          changed[place] ^= 1
          try write(changed, to: path)
          let found = try? store.fit(sample.id)
          // A blank line's worth of the sums may change without a sum being lost.
          #expect(found == nil || name == "SHA256SUMS" && found == sample, "\(name) at \(place)")
          try write(Array(whole[..<place]), to: path)
          #expect((try? store.fit(sample.id)) == nil, "\(name) cut at \(place)")
        }
        try FileManager.default.removeItem(atPath: path)
        let error = #expect(throws: RunStoreError.self) { try store.fit(sample.id) }
        #expect(error?.code == .damaged && error?.path.hasSuffix(name) == true)
        #expect(try store.check().problems.count == 1)
        try write(whole, to: path)
      }
      #expect(try store.fit(sample.id) == sample)
    }
  }

  @Test(arguments: ["", "..", "../fits", "f/../x", "nothing", String(repeating: "f", count: 300)])
  func hostileNamesReachNothing(_ name: String) async throws {
    try await withStore { store in
      try store.save(sample)
      let error = #expect(throws: RunStoreError.self) { try store.fit(name) }
      #expect(error?.code == .noSuchFit)
      // Not as an argument: it would stand in the log of the tests.
      #expect(throws: RunStoreError.self) { try store.fit("\(sample.id)\0") }
    }
  }

  /// What a killed save leaves is named, and repaired when it is old.
  @Test func leftoversAreNamed() async throws {
    try await withStore { store in
      try store.save(sample)
      let left = "\(store.root)/fits/.tmp-\(sample.id)-abc"
      try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: false)
      try write([1], to: left + "/spec.json")
      try write([1], to: "\(store.root)/fits/\(sample.id)/notes.txt")
      try write([1], to: "\(store.root)/fits/stray")
      let check = try store.check()
      #expect(check.problems.map(\.code) == [.leftover, .unknownFile, .unknownFile])
      #expect(try store.fitIDs() == [sample.id])
      let repaired = try store.check(isRepairing: true, leftoverAge: 0)
      #expect(repaired.repaired.map(\.code) == [.leftover])
      #expect(!FileManager.default.fileExists(atPath: left))
    }
  }

  @Test func aDigestChangesWithEveryByteOfTheRun() async throws {
    try await withStore { store in
      let id = try #require(RunID("one"))
      _ = try store.add(RunRecord(id: id), rows: [MetricRow(step: 1, ["loss": 2])])
      let digest = try store.digest(of: id)
      try store.updateLabels(of: id) { $0.notes = "n" }
      #expect(try store.digest(of: id) == digest)
      for path in [try store.segment(of: id), store.path(of: id) + "/run.json"] {
        let whole = try bytes(path)
        try write(Array(whole.dropLast()) + [0], to: path)
        #expect(try store.digest(of: id) != digest)
        try write(whole, to: path)
      }
      #expect(try store.digest(of: id) == digest)
    }
  }
}
