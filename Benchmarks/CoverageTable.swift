import ScalingLaws
import Tables
import TestSupport

/// `swift run -c release benchmarks coverage [DATASETS [REPLICATES]]`: how often intervals hold the
/// truth, as Markdown: the table of Documentation/Coverage.md.
enum CoverageTable {
  static func print(count: Int, replicates: Int) async {
    Swift.print("\(count) data sets a case, \(replicates) replicates a bootstrap.\n")
    var studies: [(design: StudyDesign, noise: StudyNoise, study: CoverageStudy)] = []
    for design in StudyDesign.allCases {
      for noise in StudyNoise.allCases {
        let study = await CoverageStudy.run(design, noise, count: count, replicates: replicates)
        studies.append((design, noise, study))
      }
    }
    for level in CoverageStudy.levels.reversed() {
      Swift.print("### \(Rounding.significant(100 * level, 3)) % intervals\n")
      var table = TextTable(
        headers: ["runs", "noise", "method"] + CoverageStudy.quantities,
        alignments: [.left, .left, .left])
      for (design, noise, study) in studies {
        for method in IntervalMethod.allCases {
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
