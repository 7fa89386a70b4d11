import ScalingLaws
import Tables
import TestSupport

/// How often intervals hold the truth, as Markdown.
///
/// `swift run -c release benchmarks coverage [DATASETS [REPLICATES]] [METHOD ...]` prints the last
/// part of Documentation/Coverage.md, to be pasted as it is. Without methods, all of them.
enum CoverageTable {
  static func print(count: Int, replicates: Int, methods: [IntervalMethod]) async {
    func error(_ level: Double) -> String {
      Rounding.significant(100 * (level * (1 - level) / Double(count)).squareRoot(), 2)
    }
    Swift.print(
      "\(count) data sets a case, \(replicates) replicates a bootstrap. A figure near 95 has a "
        + "standard error of \(error(0.95)),\none near 80 of \(error(0.8)).\n")
    var studies: [(design: StudyDesign, noise: StudyNoise, study: CoverageStudy)] = []
    for design in StudyDesign.allCases {
      for noise in StudyNoise.allCases {
        let study = await CoverageStudy.run(
          design, noise, count: count, replicates: replicates, methods: methods)
        studies.append((design, noise, study))
      }
    }
    for level in CoverageStudy.levels.reversed() {
      Swift.print("## \(Rounding.significant(100 * level, 3)) % intervals\n")
      var table = TextTable(
        headers: ["runs", "noise", "method"] + CoverageStudy.quantities,
        alignments: [.left, .left, .left])
      for (design, noise, study) in studies {
        for method in IntervalMethod.allCases where methods.contains(method) {
          table.append(
            [design.rawValue, noise.rawValue, method.rawValue]
              + CoverageStudy.quantities.map {
                Rounding.significant(
                  100 * study.coverage(method, $0, level: level), 3, keepingZeros: true)
              })
        }
      }
      Swift.print(table.markdown())
    }
  }
}
