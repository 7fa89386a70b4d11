extension Figure {
  /// A file of a kept figure.
  public struct File: Sendable, Hashable {
    /// Its name, without a folder.
    public var name: String
    /// What is in it.
    public var text: String
  }

  /// The figure as files that draw themselves: the script `NAME.gp`, and a file `NAME-BLOCK.dat`
  /// for the data of each layer.
  ///
  /// `gnuplot NAME.gp` in their folder writes the picture beside them; the script's first lines say
  /// as what, and can be changed.
  ///
  /// - Parameter format: as what to draw. The default is SVG.
  /// - Returns: the files, the script first.
  public func files(as format: PictureFormat = .svg) -> [File] {
    let data = blocks.map { block in
      File(name: fileName(block), text: block.lines.joined(separator: "\n") + "\n")
    }
    return [File(name: "\(name).gp", text: standalone(format) { fileName($0) })] + data
  }

  /// The figure as one file that draws itself, all data in it.
  public func file(as format: PictureFormat = .svg) -> File {
    File(name: "\(name).gp", text: standalone(format, file: nil))
  }

  private func fileName(_ block: DataBlock) -> String { "\(name)-\(block.name).dat" }

  private func standalone(_ format: PictureFormat, file: ((DataBlock) -> String)?) -> String {
    let chosen = format.ending == nil ? PictureFormat.svg : format
    let others = [PictureFormat.svg, .png, .pdf].filter { $0 != chosen }
    func output(_ format: PictureFormat) -> [String] {
      ["set terminal \(format.terminal(self))", "set output '\(name)\(format.ending ?? "")'"]
    }
    return
      (["# Draws itself: gnuplot \(name).gp"] + output(chosen)
      + others.flatMap(output).map { "# \($0)" }).joined(separator: "\n") + "\n"
      + (file.map { script(readingFrom: $0) } ?? script())
  }
}
