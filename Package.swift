// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let orderedCollections: Target.Dependency = .product(name: "OrderedCollections", package: "swift-collections")

let package = Package(
    name: "directrix",
    products: [
        .library(name: "IPVS", targets: ["Addresses", "IPVS"]),
        .library(name: "IPVSNetlink", targets: ["Addresses", "IPVS", "IPVSNetlink"]),
        .executable(name: "ipvsadm", targets: ["ipvsadm"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0")
    ],
    targets: [
        .systemLibrary(
            name: "CNetlink",
            pkgConfig: "libnl-genl-3.0",
            providers: [.apt(["libnl-3-dev", "libnl-genl-3-dev"])]
        ),
        .systemLibrary(name: "CLinux"),
        .target(name: "Addresses", swiftSettings: strict),
        .target(name: "IPVS", dependencies: ["Addresses", orderedCollections], swiftSettings: strict),
        .target(name: "IPVSNetlink", dependencies: ["Addresses", "CNetlink", "IPVS"], swiftSettings: strict),
        .target(name: "Diagnostics", swiftSettings: strict),
        .target(name: "Rules", dependencies: ["Addresses", "Diagnostics", "IPVS"], swiftSettings: strict),
        .target(
            name: "AdminCommand",
            dependencies: ["Addresses", "Diagnostics", "IPVS", "Rules"],
            swiftSettings: strict
        ),
        .target(name: "Configuration", dependencies: ["Addresses", "Diagnostics", "IPVS"], swiftSettings: strict),
        .target(name: "HealthChecks", dependencies: ["Addresses", "Configuration"], swiftSettings: strict),
        .executableTarget(
            name: "ipvsadm",
            dependencies: ["AdminCommand", "CLinux", "IPVS", "IPVSNetlink", "Rules"],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "simulated-demo",
            dependencies: ["Addresses", "AdminCommand", "IPVS", "Rules"],
            swiftSettings: strict
        ),
        .target(name: "Differences", path: "Tests/Differences", swiftSettings: strict),
        .target(
            name: "KernelBehaviour",
            dependencies: ["Addresses", "IPVS"],
            path: "Tests/KernelBehaviour",
            swiftSettings: strict
        ),
        .target(
            name: "LabSupport",
            dependencies: ["Addresses", "CLinux", "IPVS", "IPVSNetlink"],
            path: "Tests/LabSupport",
            swiftSettings: strict
        ),
        .testTarget(
            name: "AdminCommandTests",
            dependencies: ["Addresses", "AdminCommand", "Differences", "IPVS", "Rules"],
            swiftSettings: strict
        ),
        .testTarget(name: "AddressesTests", dependencies: ["Addresses"], swiftSettings: strict),
        .testTarget(name: "IPVSTests", dependencies: ["Addresses", "IPVS", "KernelBehaviour"], swiftSettings: strict),
        .testTarget(
            name: "IPVSNetlinkTests",
            dependencies: ["Addresses", "Differences", "IPVS", "IPVSNetlink", "KernelBehaviour"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "KernelTests",
            dependencies: [
                "Addresses", "Differences", "IPVS", "IPVSNetlink", "KernelBehaviour", "LabSupport", "Rules",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "RulesTests",
            dependencies: ["Addresses", "Diagnostics", "Differences", "IPVS", "KernelBehaviour", "Rules"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "SimulatedDemoTests",
            dependencies: ["Addresses", "AdminCommand", "IPVS", "simulated-demo"],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)

// Instrumented for libFuzzer, and built by `make fuzz` only.
if Context.environment["DIRECTRIX_FUZZ"] != nil {
    let instrumented: [SwiftSetting] = strict + [.unsafeFlags(["-sanitize=fuzzer"])]
    let fuzzed = ["Addresses", "Diagnostics", "IPVS", "IPVSNetlink", "Rules"]
    for target in package.targets where fuzzed.contains(target.name) {
        target.swiftSettings = instrumented
    }
    for (name, library) in [("FuzzReplies", "IPVSNetlink"), ("FuzzRules", "Rules")] {
        package.targets.append(
            .executableTarget(
                name: name,
                dependencies: ["Addresses", "Diagnostics", "IPVS", .byName(name: library)],
                path: "Tests/Fuzz/\(name)",
                swiftSettings: strict,
                linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]
            )
        )
    }
}
