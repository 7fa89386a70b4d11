// swift-tools-version: 6.2

import PackageDescription

/// What a user's own package looks like: it depends on fitlaws by path and uses its library.
let package = Package(
  name: "client",
  platforms: [.macOS(.v26)],
  // The identity of a package by path is the name of its folder, whatever a checkout is called.
  dependencies: [.package(name: "fitlaws", path: "../..")],
  targets: [
    .executableTarget(
      name: "client", dependencies: [.product(name: "ScalingLaws", package: "fitlaws")])
  ],
  swiftLanguageModes: [.v6]
)
