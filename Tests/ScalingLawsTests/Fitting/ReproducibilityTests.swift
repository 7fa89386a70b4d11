import CVectorMath
import ScalingLaws
import Tables
import TestSupport
import Testing

/// The same input, options and seed give the same bytes, whatever the number of tasks.
struct ReproducibilityTests {
  private static func text(tasks: Int, seed: UInt64 = 0) async throws -> String {
    var spec = FitSpec(law: .chinchilla)
    spec.filter = "excluded_in_fit == 0"
    // Not a multiple of the replicates that one task takes.
    spec.interval = .bootstrap(replicates: 150)
    (spec.tasks, spec.seed) = (tasks, seed)
    return try JSONText.encode(
      await LawFit(Checkout.table("chinchilla/fig4.csv"), spec))
  }

  @Test func bytesDoNotDependOnTasks() async throws {
    let one = try await Self.text(tasks: 1)
    #expect(try await Self.text(tasks: 1) == one)
    #expect(try await Self.text(tasks: 2) == one)
    #expect(try await Self.text(tasks: 7) == one)
    // Unless the draws depend on the seed, that says nothing.
    #expect(try await Self.text(tasks: 2, seed: 1) != one)
  }

  /// Tests that run beside this one meet other widths too: they should not notice.
  @Test func bytesDoNotDependOnTheVectorWidth() async throws {
    let widest = vm_width()
    defer { vm_use_width(widest) }
    vm_use_width(128)
    let narrow = try await Self.text(tasks: 2)
    for bits: Int32 in [256, 512] {
      vm_use_width(bits)
      #expect(try await Self.text(tasks: 2) == narrow, "vectors of \(vm_width()) bits")
    }
  }
}
