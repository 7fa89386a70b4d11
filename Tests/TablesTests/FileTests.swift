import Foundation
import Testing

@testable import Tables

@Suite struct FileTests {
  /// A directory for one test, removed after it.
  private func withDirectory(_ body: (String) throws -> Void) throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    try body(directory.path)
  }

  private func names(_ directory: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test func writesReadsAndReplaces() throws {
    try withDirectory { directory in
      let path = directory + "/fit.json"
      for content in ["one\n", "", String(repeating: "é", count: 200_000)] {
        try AtomicFile.write(content, to: path)
        #expect(try FileBytes.read(path) == Array(content.utf8))
      }
      #expect(try names(directory) == ["fit.json"])
    }
  }

  @Test func modes() throws {
    try withDirectory { directory in
      let path = directory + "/a"
      try AtomicFile.write("1", to: path)
      let fresh = try #require(try mode(path))
      #expect(fresh & ~0o644 == 0 && fresh & 0o600 == 0o600)
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
      try AtomicFile.write("2", to: path)
      #expect(try mode(path) == 0o640)
    }
  }

  @Test func aSymbolicLinkStays() throws {
    try withDirectory { directory in
      try AtomicFile.write("old", to: directory + "/target")
      try FileManager.default.createSymbolicLink(
        atPath: directory + "/link", withDestinationPath: "target")
      try AtomicFile.write("new", to: directory + "/link")
      #expect(try FileBytes.read(directory + "/target") == Array("new".utf8))
      #expect(try names(directory) == ["link", "target"])
      #expect(
        try FileManager.default.destinationOfSymbolicLink(atPath: directory + "/link") == "target")
    }
  }

  @Test func aDeviceIsWrittenTo() throws {
    try AtomicFile.write("gone", to: "/dev/null")
    let type = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type]
    #expect(type as? FileAttributeType == .typeCharacterSpecial)
    #expect(try FileBytes.read("/dev/null").isEmpty)
  }

  @Test func failuresLeaveNothingBehind() throws {
    try withDirectory { directory in
      try FileManager.default.createDirectory(
        atPath: directory + "/sub", withIntermediateDirectories: false)
      let taken = try #require(throws: FileError.self) {
        try AtomicFile.write("x", to: directory + "/sub")
      }
      #expect(taken.code == .isDirectory)
      let absent = try #require(throws: FileError.self) {
        try AtomicFile.write("x", to: directory + "/no/fit.json")
      }
      #expect(absent.code == .notFound)
      let slash = try #require(throws: FileError.self) {
        try AtomicFile.write("x", to: directory + "/new/")
      }
      #expect(slash.code == .isDirectory)
      for path in ["", directory + "/a\u{0}b"] {
        let error = try #require(throws: FileError.self) { try AtomicFile.write("x", to: path) }
        #expect(!error.description.contains("\n"))
      }
      #expect(try names(directory) == ["sub"])
    }
  }

  /// A directory cannot be renamed over: the failure comes after the temporary file was written.
  @Test func theTemporaryFileIsRemoved() throws {
    try withDirectory { directory in
      try FileManager.default.createDirectory(
        atPath: directory + "/sub", withIntermediateDirectories: false)
      #expect(throws: SystemCalls.Failure.self) {
        try AtomicFile.replace(directory + "/sub", with: [1, 2], mode: nil)
      }
      #expect(try names(directory) == ["sub"])
    }
  }

  #if os(Linux)
    @Test func aFullDiskIsReported() throws {
      let error = try #require(throws: FileError.self) {
        try AtomicFile.write("x", to: "/dev/full")
      }
      #expect(error.code == .noSpace)
      #expect(error.operation == .write)
    }
  #endif

  @Test func readErrorsHelp() throws {
    try withDirectory { directory in
      try AtomicFile.write("x", to: directory + "/runs.csv")
      let missing = try #require(throws: FileError.self) {
        try FileBytes.read(directory + "/run.csv")
      }
      #expect(missing.code == .notFound)
      #expect(
        missing.description
          == "\(directory)/run.csv: cannot read: No such file or directory; "
          + "did you mean \"runs.csv\"?")
      let folder = try #require(throws: FileError.self) { try Table.read(contentsOf: directory) }
      #expect(folder.code == .isDirectory)
      #expect(folder.operation == .read)
      let nowhere = try #require(throws: FileError.self) {
        try FileBytes.read(directory + "/no/where.csv")
      }
      #expect(nowhere.code == .notFound)
    }
  }

  @Test func tablesComeFromFiles() throws {
    try withDirectory { directory in
      let path = directory + "/runs.csv"
      try AtomicFile.write("a,b\n1,2\n", to: path)
      let table = try Table.read(contentsOf: path)
      #expect(table.source == path)
      #expect(try table.numbers("b") == [2])
      try AtomicFile.write("a,a\n", to: path)
      let error = try #require(throws: CSVError.self) {
        try Table.read(contentsOf: path, source: "runs")
      }
      #expect(error.source == "runs")
    }
  }
}
