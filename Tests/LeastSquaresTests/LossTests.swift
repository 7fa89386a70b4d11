import LeastSquares
import Testing

@Suite struct LossTests {
  static let losses: [Loss] = [
    .squares, .huber(delta: 0.7), .softL1(delta: 0.7), .cauchy(delta: 0.7),
  ]

  /// Central differences with step h carry an error of h^2; 1e-4 leaves eight digits less rounding.
  @Test(arguments: losses, [-2.3, -0.71, -0.2, 0.05, 0.4, 0.9, 3.1])
  func derivativesMatchDifferences(loss: Loss, r: Double) {
    let h = 1e-4
    let psi = (loss.value(r + h) - loss.value(r - h)) / (2 * h)
    let slope = (loss.psi(r + h) - loss.psi(r - h)) / (2 * h)
    #expect(abs(loss.psi(r) - psi) < 1e-7)
    #expect(abs(loss.psiDerivative(r) - slope) < 1e-7)
    #expect(abs(loss.weight(r) * r - loss.psi(r)) < 1e-14)
    #expect(loss.value(-r) == loss.value(r))
  }

  @Test func conventions() {
    #expect(Loss.squares.value(3) == 9)
    #expect(Loss.huber(delta: 1).value(0.5) == 0.125)
    #expect(Loss.huber(delta: 1).value(3) == 2.5)
    #expect(Loss.absolute.value(-2) == 2)
    // Near zero every scaled loss is r^2 / 2.
    for loss in [Loss.softL1(delta: 1), .cauchy(delta: 1)] {
      #expect(abs(loss.value(1e-4) / 0.5e-8 - 1) < 1e-8)
      #expect(loss.weight(0) == 1)
    }
  }

  @Test func namesRoundTrip() {
    for loss in Self.losses + [.absolute] {
      #expect(Loss(name: loss.name, delta: loss.delta) == loss)
    }
    #expect(Loss(name: "huber", delta: nil) == nil)
    #expect(Loss(name: "none", delta: 1) == nil)
  }
}
