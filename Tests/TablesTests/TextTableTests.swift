import Testing

import Tables

@Suite struct TextTableTests {
  private let table = TextTable(
    headers: ["parameter", "estimate", "size", "note"],
    rows: [
      ["alpha", "0.347", "70B", "a|b"], ["E", "1.8", "1.4T", "two\nlines"], ["β", "-12", "-", ""],
    ])

  @Test func text() {
    #expect(
      table.text() == """
        parameter  estimate  size  note
        alpha         0.347   70B  a|b
        E             1.8    1.4T  two lines
        β           -12         -

        """)
  }

  @Test func explicitAlignments() {
    let table = TextTable(
      headers: ["a", "b"], alignments: [.right, .left], rows: [["x", "1"], ["long", "22"]])
    #expect(table.text() == "   a  b\n   x  1\nlong  22\n")
  }

  @Test func widthIsInCharacters() {
    let table = TextTable(headers: ["n", "v"], rows: [["e\u{301}😀", "x"], ["abc", "y"]])
    #expect(table.text() == "n    v\ne\u{301}😀   x\nabc  y\n")
  }

  @Test func uncertaintiesAndPercentagesAreNumbers() {
    let table = TextTable(
      headers: ["value", "share"], rows: [["1.2 ± 0.3", "5%"], ["9", "12.5%"]])
    #expect(table.text() == "    value  share\n1.2 ± 0.3     5%\n        9  12.5%\n")
  }

  @Test func markdown() {
    #expect(
      table.markdown() == """
        | parameter | estimate | size | note |
        | --- | ---: | ---: | --- |
        | alpha | 0.347 | 70B | a\\|b |
        | E | 1.8 | 1.4T | two<br>lines |
        | β | -12 | - |  |

        """)
  }

  @Test func csv() {
    #expect(
      table.csv()
        == "parameter,estimate,size,note\nalpha,0.347,70B,a|b\nE,1.8,1.4T,\"two\nlines\"\nβ,-12,-,\n"
    )
  }
}
