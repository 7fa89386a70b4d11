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

@Suite struct HTMLTests {
  @Test func table() {
    let table = TextTable(
      headers: ["parameter", "estimate", "size", "a<b"],
      rows: [
        ["alpha", "0.347", "70B", "\"x\" & <y>"], ["E", "1.8", "1.4T", "two\nlines"],
        ["β", "12", "-", ""],
      ])
    let (digit, point) = ("\u{2007}", "\u{2008}")
    #expect(
      table.html(caption: "<b>What</b>") == """
        <table>
        <caption><b>What</b></caption>
        <thead>
        <tr><th scope="col">parameter</th><th scope="col" class="number">estimate</th>\
        <th scope="col" class="number">size</th><th scope="col">a&lt;b</th></tr>
        </thead>
        <tbody>
        <tr><th scope="row">alpha</th><td class="number">0.347</td><td class="number">70B</td>\
        <td>&quot;x&quot; &amp; &lt;y&gt;</td></tr>
        <tr><th scope="row">E</th><td class="number">1.8\(digit)\(digit)</td>\
        <td class="number">1.4T</td><td>two<br>lines</td></tr>
        <tr><th scope="row">β</th><td class="number">12\(point)\(digit)\(digit)\(digit)</td>\
        <td class="number">-</td><td></td></tr>
        </tbody>
        </table>

        """)
  }

  @Test(
    arguments: [
      ("a & b", "a &amp; b"), ("it's \"<script>\"", "it&#39;s &quot;&lt;script&gt;&quot;"),
      ("&lt;", "&amp;lt;"), ("a\u{0}b\u{1B}c\u{85}", "a\u{FFFD}b\u{FFFD}c\u{FFFD}"),
      ("abc\u{202E}def", "abc\u{FFFD}def"), ("tab\tline\n😀", "tab\tline\n😀"),
    ])
  func textIsEscaped(_ text: String, _ expected: String) {
    #expect(HTMLText.escaped(text) == expected)
  }
}
