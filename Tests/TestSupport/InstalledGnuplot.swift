import Foundation

/// The gnuplot that tests draw with.
public enum InstalledGnuplot {
  /// Its version, such as `5.4`; nil where there is none.
  public static let version: String? = {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gnuplot", "--version"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let text = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let words = text.split(separator: " ")
    return words.count > 1 && words[0] == "gnuplot" ? String(words[1]) : nil
  }()
}
