import Testing

@testable import Figures

/// Ticks are few, round and inside the axis.
@Suite struct AxisTests {
  private static func texts(_ axis: Axis, most: Int = 7) -> [String] {
    axis.ticks(most: most).compactMap { tick in
      switch tick.text {
      case .plain(let text)?: text
      case .power(let exponent, let digit)?: "\(digit)e\(exponent)"
      case nil: nil
      }
    }
  }

  @Test func powersOfTenAreThinnedOut() {
    let axis = Axis("C", 1e18...1e26, isLogarithmic: true, numbers: .powers)
    #expect(Self.texts(axis) == ["1e18", "1e20", "1e22", "1e24", "1e26"])
    #expect(Self.texts(axis, most: 3) == ["1e18", "1e21", "1e24"])
  }

  @Test func decadesHaveSmallTicksBetweenThem() {
    let axis = Axis("N", 1e7...1e9, isLogarithmic: true, numbers: .quantities)
    #expect(Self.texts(axis) == ["10M", "100M", "1B"])
    #expect(axis.ticks(most: 7).count == 3 + 16)
  }

  @Test func shortSpansAreDividedFurther() {
    #expect(
      Self.texts(Axis("N", 1e8...3e9, isLogarithmic: true, numbers: .quantities))
        == ["100M", "200M", "500M", "1B", "2B"])
    #expect(
      Self.texts(Axis("C", 1e21...1e22, isLogarithmic: true, numbers: .powers))
        == ["1e21", "2e21", "5e21", "1e22"])
    #expect(
      Self.texts(Axis("loss", 2.1...3.4, isLogarithmic: true)) == [
        "2.2", "2.4", "2.6", "2.8", "3", "3.2", "3.4",
      ])
  }

  @Test func linearTicksAreExactDecimals() {
    #expect(
      Axis("y", 0...0.7).ticks(most: 8).map(\.place) == [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7])
    #expect(
      Self.texts(Axis("y", -4.5...10.2), most: 8) == ["-4", "-2", "0", "2", "4", "6", "8", "10"])
    #expect(Self.texts(Axis("y", -4.5...10.2), most: 4) == ["0", "5", "10"])
  }

  @Test(arguments: [2, 3, 5, 9], [0.013, 0.9, 5, 30, 1e4, 1e9])
  func ticksAreInsideAndAscend(_ most: Int, _ ratio: Double) {
    let range = 3.7e8...(3.7e8 * (1 + ratio))
    for isLogarithmic in [false, true] {
      for numbers in [Axis.Numbers.powers, .quantities, .plain] {
        let ticks = Axis("x", range, isLogarithmic: isLogarithmic, numbers: numbers)
          .ticks(most: most)
        #expect(ticks.allSatisfy { range.contains($0.place) })
        #expect(ticks.map(\.place) == ticks.map(\.place).sorted())
        let numbered = ticks.count { $0.text != nil }
        #expect(numbered >= 1 && numbered <= most, "\(range) \(most)")
      }
    }
  }

  @Test func namesStandAtTheirPlaces() {
    let axis = Axis("", 0...3, numbers: .names([.init(1, "a"), .init(2, "b"), .init(9, "c")]))
    #expect(axis.ticks(most: 1).map(\.place) == [1, 2])
    #expect(Axis("", 0...3, numbers: .none).ticks(most: 5).isEmpty)
  }

  @Test func whatHasNoPlaceDoesNotCount() {
    let axis = Axis("x", covering: [.nan, -1, 0, 10, 1000, .infinity], isLogarithmic: true)
    #expect(axis.range.lowerBound < 10 && axis.range.lowerBound > 5)
    #expect(axis.range.upperBound > 1000 && axis.range.upperBound < 2000)
    #expect(Axis("x", covering: [5]).range.contains(5))
    #expect(Axis("x", covering: [] as [Double], isLogarithmic: true).range.contains(1))
  }
}
