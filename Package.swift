// swift-tools-version: 6.2

import PackageDescription

/// Settings every target of ours shares: the compiler should object before a reader has to.
let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),  // SE-0335
  .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
  .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),  // SE-0461
]

let package = Package(
  name: "fitlaws",
  platforms: [.macOS(.v26)],
  products: [
    .library(
      name: "ScalingLaws",
      targets: ["ScalingLaws", "Planning", "Formulas", "LeastSquares", "Tables"]),
    .library(name: "Figures", targets: ["Figures"]),
    .library(name: "RunStore", targets: ["RunStore", "Formulas", "Tables"]),
    .executable(name: "fitlaws", targets: ["fitlaws"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    // Without its traits, because those link all of Foundation.
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CGSL", pkgConfig: "gsl",
      providers: [.apt(["libgsl-dev", "pkg-config"]), .brew(["gsl", "pkgconf"])]),
    .target(name: "CVectorMath"),
    .target(name: "Formulas", dependencies: ["CVectorMath", "Tables"], swiftSettings: strict),
    .target(name: "LeastSquares", dependencies: ["CGSL", "CVectorMath"], swiftSettings: strict),
    .target(name: "Tables", swiftSettings: strict),
    .target(
      name: "ScalingLaws",
      dependencies: [
        "Formulas", "LeastSquares", "Tables", .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict),
    .target(
      name: "Planning", dependencies: ["ScalingLaws", "Formulas", "LeastSquares", "Tables"],
      swiftSettings: strict),
    .target(
      name: "Figures",
      dependencies: [
        "Planning", "ScalingLaws", "LeastSquares", "Tables",
        .product(name: "Subprocess", package: "swift-subprocess"),
        // Paths and descriptors as Subprocess takes them; elsewhere they come with the system.
        .product(
          name: "SystemPackage", package: "swift-system", condition: .when(platforms: [.linux])),
      ],
      swiftSettings: strict),
    .target(
      name: "RunStore",
      dependencies: ["Formulas", "Tables", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict),
    .target(
      name: "FitLawsCommand",
      dependencies: [
        "Figures", "Planning", "RunStore", "ScalingLaws", "Formulas", "LeastSquares", "Tables",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(name: "fitlaws", dependencies: ["FitLawsCommand"], swiftSettings: strict),
    .executableTarget(
      name: "benchmarks",
      // The command itself, because it is timed as a process.
      dependencies: [
        "fitlaws", "RunStore", "ScalingLaws", "Formulas", "LeastSquares", "Tables", "TestSupport",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(
          name: "SystemPackage", package: "swift-system", condition: .when(platforms: [.linux])),
      ],
      path: "Benchmarks", swiftSettings: strict),
    .target(
      name: "TestSupport",
      dependencies: ["Planning", "ScalingLaws", "Formulas", "LeastSquares", "Tables"],
      path: "Tests/TestSupport", exclude: ["Bank/Problems"],
      swiftSettings: strict),
    // Runs what the notebooks and pages show: swift run -c release notebooks check
    .target(name: "LiterateMarkdown", path: "Tools/LiterateMarkdown", swiftSettings: strict),
    .executableTarget(
      name: "notebooks",
      dependencies: [
        // The command itself, because pages call it.
        "fitlaws", "LiterateMarkdown",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tools/notebooks", swiftSettings: strict),
    // Killed by the tests of RunStore, to see what it leaves behind.
    .executableTarget(
      name: "store-crash", dependencies: ["RunStore", "Tables"], path: "Tests/StoreCrash",
      swiftSettings: strict),
    .testTarget(name: "TablesTests", dependencies: ["Tables"], swiftSettings: strict),
    .testTarget(
      name: "FormulasTests", dependencies: ["CVectorMath", "Formulas", "Tables"],
      swiftSettings: strict),
    .testTarget(
      name: "LeastSquaresTests",
      dependencies: ["CVectorMath", "LeastSquares", "Tables", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ScalingLawsTests",
      dependencies: [
        "CVectorMath", "ScalingLaws", "Formulas", "LeastSquares", "Tables", "TestSupport",
      ],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "PlanningTests",
      dependencies: [
        "Planning", "ScalingLaws", "Formulas", "LeastSquares", "Tables", "TestSupport",
      ],
      exclude: ["Golden"],
      swiftSettings: strict),
    .testTarget(
      name: "FiguresTests", dependencies: ["Figures", "ScalingLaws", "Tables", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "RunStoreTests", dependencies: ["RunStore", "Formulas", "Tables", "store-crash"],
      exclude: ["Exchange/Clients"],
      swiftSettings: strict),
    .testTarget(
      name: "FitLawsCommandTests",
      dependencies: [
        "Figures", "FitLawsCommand", "RunStore", "ScalingLaws", "Tables", "TestSupport",
      ],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "LiterateMarkdownTests", dependencies: ["fitlaws", "LiterateMarkdown"],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

// Only Scripts/build-documentation needs the plugin; everyone else does not even fetch it.
if Context.environment["FITLAWS_DOCS"] != nil {
  package.dependencies.append(
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"))
}
