import ScalingLaws
import TestSupport
import Testing

/// A small version of the coverage study; the full one is `benchmarks coverage`.
struct CoverageTests {
  /// A method of exactly 95 % misses more than nine of 60 data sets with a chance of 6e-4, one of
  /// 80 % more than 27 with less than 1e-5; the seeds are fixed, so that the test gives the same
  /// answer every time.
  @Test(arguments: [StudyDesign.isoFLOP, .scattered])
  func intervalsHoldTheTruth(_ design: StudyDesign) async throws {
    let study = await CoverageStudy.run(design, .normal, count: 60, replicates: 99)
    #expect(study.failed == 0)
    for method in IntervalMethod.allCases {
      for quantity in ["alpha", "a", "N* at 10x", "loss at 10x"] {
        #expect(
          study.coverage(method, quantity, level: 0.95) >= 51.0 / 60, "\(method) \(quantity)")
        #expect(study.coverage(method, quantity, level: 0.8) >= 33.0 / 60, "\(method) \(quantity)")
        #expect(study.coverage(method, quantity, level: 0.8) < 1, "\(method) \(quantity)")
      }
    }
  }

  @Test func resultsDoNotDependOnTasks() async throws {
    let one = await CoverageStudy.run(.few, .outliers, count: 4, replicates: 50, tasks: 1)
    let two = await CoverageStudy.run(.few, .outliers, count: 4, replicates: 50, tasks: 2)
    #expect(one.hits == two.hits)
  }
}
