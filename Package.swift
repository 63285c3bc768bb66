// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let orderedCollections: Target.Dependency = .product(name: "OrderedCollections", package: "swift-collections")

/// A library, program or test target with its folder in Sources or Tests.
func target(_ name: String, _ dependencies: Target.Dependency...) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func program(_ name: String, _ dependencies: Target.Dependency...) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: Target.Dependency...) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// What several test targets share.
func testSupport(_ name: String, _ dependencies: Target.Dependency...) -> Target {
    .target(name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: strict)
}

/// A program that tries something for longer than a test does.
func testProgram(_ name: String, _ dependencies: Target.Dependency...) -> Target {
    .executableTarget(name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: strict)
}

let package = Package(
    name: "directrix",
    products: [
        .library(name: "IPVS", targets: ["Addresses", "IPVS"]),
        .library(name: "IPVSNetlink", targets: ["Addresses", "IPVS", "IPVSNetlink"]),
        .executable(name: "ipvsadm", targets: ["ipvsadm"]),
        .executable(name: "directrix", targets: ["directrix"]),
        .executable(name: "genhash", targets: ["genhash"]),
        .executable(name: "directrix-vrrp", targets: ["directrix-vrrp"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CNetlink",
            pkgConfig: "libnl-genl-3.0",
            providers: [.apt(["libnl-3-dev", "libnl-genl-3-dev"])]
        ),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
        .systemLibrary(name: "CLinux"),

        target("Addresses"),
        target("Time"),
        target("System", "Addresses", "CLinux", "Time"),
        target("Diagnostics"),
        target("Patterns", "CPCRE2"),
        target("Digests", "COpenSSL"),
        target("IPVS", "Addresses", orderedCollections),
        target("Netlink", "CNetlink"),
        target("IPVSNetlink", "Addresses", "CNetlink", "IPVS", "Netlink"),
        target("Texts", "Addresses"),
        target("Rules", "Addresses", "Diagnostics", "IPVS", "Texts"),
        target("Console", "IPVS", "System", "Texts"),
        target("IPVSAdm", "Addresses", "Console", "Diagnostics", "IPVS", "Rules", "System", "Texts"),
        target("Links", "Addresses", "Time"),
        target("LinksNetlink", "Addresses", "CNetlink", "Links", "Netlink", "System"),
        target("Failover", "Addresses", "Links"),
        target("Configuration", "Addresses", "Diagnostics", "Failover", "IPVS"),
        target("Dialogues", "Addresses", "Configuration", "Digests", "Patterns", "Time"),
        target("VRRP", "Addresses", "Failover", "Links", "Time"),
        target("VRRPControl", "Addresses", "CLinux", "Failover", "Links", "System", "Texts", "Time", "VRRP"),
        target("VRRPIO", "Addresses", "CLinux", "System", "Time", "VRRP"),
        target(
            "VRRPService",
            "Addresses",
            "CLinux",
            "Failover",
            "Links",
            "LinksNetlink",
            "System",
            "Time",
            "VRRP",
            "VRRPControl",
            "VRRPIO"
        ),
        target("HealthChecks", "Configuration", "Dialogues", "Time"),
        target(
            "CheckIO",
            "Addresses",
            "CLinux",
            "COpenSSL",
            "Configuration",
            "Dialogues",
            "System",
            "Time"
        ),
        target("Director", "Addresses", "Configuration", "Dialogues", "HealthChecks", "IPVS", "Time"),
        target(
            "Ldirectord",
            "Addresses",
            "Configuration",
            "Diagnostics",
            "Dialogues",
            "Digests",
            "Director",
            "IPVS",
            "Patterns",
            "Rules",
            "Texts"
        ),
        target(
            "Keepalived",
            "Addresses",
            "Configuration",
            "Diagnostics",
            "Dialogues",
            "Digests",
            "Director",
            "Failover",
            "IPVS",
            "Links",
            "Patterns",
            "Texts",
            "Time",
            "VRRP"
        ),
        target(
            "DirectorService",
            "Addresses",
            "CLinux",
            "CNetlink",
            "CheckIO",
            "Configuration",
            "Diagnostics",
            "Dialogues",
            "Director",
            "Failover",
            "HealthChecks",
            "IPVS",
            "IPVSNetlink",
            "Keepalived",
            "Ldirectord",
            "Links",
            "Netlink",
            "System",
            "Time",
            "VRRP",
            "VRRPControl",
            "VRRPIO",
            "VRRPService"
        ),
        target(
            "DirectorCommand",
            "Addresses",
            "CLinux",
            "CheckIO",
            "Configuration",
            "Console",
            "Diagnostics",
            "Director",
            "DirectorService",
            "Failover",
            "HealthChecks",
            "IPVS",
            "IPVSNetlink",
            "Links",
            "LinksNetlink",
            "Rules",
            "System",
            "Texts",
            "Time",
            "VRRP",
            "VRRPControl",
            argumentParser
        ),

        target(
            "Genhash",
            "Addresses",
            "CheckIO",
            "Configuration",
            "Dialogues",
            "Digests",
            "System",
            "Texts",
            "Time",
            argumentParser
        ),

        program("ipvsadm", "IPVSAdm", "CLinux", "IPVS", "IPVSNetlink"),
        program("directrix", "DirectorCommand", "IPVS", "IPVSNetlink"),
        program("genhash", "Genhash"),
        program("directrix-vrrp", "VRRPService"),
        program(
            "check-bench",
            "Addresses",
            "CLinux",
            "CheckIO",
            "Configuration",
            "Dialogues",
            "HealthChecks",
            "System",
            "Time"
        ),
        program(
            "simulated-demo",
            "Addresses",
            "Configuration",
            "Console",
            "Dialogues",
            "Director",
            "HealthChecks",
            "IPVS",
            "IPVSAdm",
            "Ldirectord",
            "Rules",
            "System",
            "Time"
        ),

        testSupport("TestKit", "Addresses", "CLinux", "COpenSSL", "IPVS", "IPVSNetlink", "System", "Time"),
        testSupport("LinkStages", "Addresses", "Links", "LinksNetlink", "System", "TestKit", "Time"),
        testSupport(
            "DirectorBench",
            "Addresses",
            "Configuration",
            "Dialogues",
            "Director",
            "HealthChecks",
            "IPVS",
            "TestKit",
            "Time"
        ),

        testSupport(
            "DirectorSimulation",
            "Addresses",
            "Configuration",
            "Dialogues",
            "Director",
            "DirectorBench",
            "HealthChecks",
            "IPVS",
            "TestKit",
            "Time"
        ),
        testProgram("director-promises", "DirectorSimulation", "TestKit"),
        testSupport("VRRPSimulation", "Addresses", "Failover", "Links", "TestKit", "Time", "VRRP"),
        testProgram("vrrp-promises", "TestKit", "VRRPSimulation"),

        testSupport("PlayedRouters", "Failover", "System", "VRRP", "VRRPControl"),

        tests("ConfigurationTests", "Addresses", "Configuration", "IPVS", "TestKit"),
        tests(
            "LdirectordTests",
            "Addresses",
            "Configuration",
            "Diagnostics",
            "Dialogues",
            "Director",
            "DirectorBench",
            "HealthChecks",
            "IPVS",
            "Ldirectord",
            "TestKit"
        ),
        tests(
            "DirectorTests",
            "Addresses",
            "Configuration",
            "Dialogues",
            "Director",
            "DirectorBench",
            "DirectorSimulation",
            "HealthChecks",
            "IPVS",
            "TestKit",
            "Time"
        ),
        tests(
            "KeepalivedTests",
            "Addresses",
            "Configuration",
            "Diagnostics",
            "Dialogues",
            "Director",
            "Failover",
            "HealthChecks",
            "IPVS",
            "Keepalived",
            "Links",
            "Rules",
            "TestKit",
            "Time",
            "VRRP"
        ),
        tests("AddressesTests", "Addresses"),
        tests("IPVSAdmTests", "Addresses", "Console", "IPVS", "IPVSAdm", "Rules", "System", "TestKit", "Texts"),
        tests(
            "CheckIOTests",
            "Addresses",
            "CLinux",
            "COpenSSL",
            "CheckIO",
            "Configuration",
            "Dialogues",
            "System",
            "TestKit",
            "Time"
        ),
        tests("GenhashTests", "Addresses", "Genhash", "TestKit"),
        tests(
            "DigestsTests",
            "COpenSSL",
            "Digests"
        ),
        tests(
            "DirectorCommandTests",
            "Addresses",
            "Configuration",
            "Console",
            "Director",
            "DirectorCommand",
            "DirectorService",
            "Failover",
            "IPVS",
            "Ldirectord",
            "PlayedRouters",
            "System",
            "TestKit",
            "Time",
            "VRRP",
            "VRRPControl"
        ),
        tests(
            "DirectorServiceTests",
            "Addresses",
            "CLinux",
            "Configuration",
            "Dialogues",
            "Director",
            "DirectorService",
            "Failover",
            "HealthChecks",
            "IPVS",
            "Links",
            "PlayedRouters",
            "System",
            "TestKit",
            "Time",
            "VRRP",
            "VRRPControl"
        ),
        tests("DialoguesTests", "Addresses", "Configuration", "Dialogues", "Digests", "TestKit", "Time"),
        tests("HealthChecksTests", "Addresses", "Configuration", "Dialogues", "HealthChecks", "Time"),
        tests("SystemTests", "Addresses", "CLinux", "System", "TestKit", "Time"),
        tests("TimeTests", "Time"),
        tests("VRRPTests", "Addresses", "Failover", "Links", "TestKit", "Time", "VRRP", "VRRPSimulation"),
        tests("VRRPControlTests", "Addresses", "Failover", "Links", "System", "TestKit", "Time", "VRRP", "VRRPControl"),
        tests(
            "VRRPServiceTests",
            "Addresses",
            "Failover",
            "Links",
            "System",
            "TestKit",
            "Time",
            "VRRP",
            "VRRPService"
        ),
        tests("VRRPIOTests", "System", "TestKit", "Time", "VRRP", "VRRPIO"),
        tests("IPVSNetlinkTests", "Addresses", "IPVS", "IPVSNetlink", "Netlink", "TestKit"),
        tests("IPVSTests", "Addresses", "IPVS", "TestKit"),
        tests(
            "InteropTests",
            "Addresses",
            "CLinux",
            "CheckIO",
            "Configuration",
            "Dialogues",
            "Ldirectord",
            "System",
            "TestKit"
        ),
        tests("LinksTests", "Addresses", "LinkStages", "Links", "TestKit", "Time"),
        tests(
            "LinksNetlinkTests",
            "Addresses",
            "CNetlink",
            "LinkStages",
            "Links",
            "LinksNetlink",
            "Netlink",
            "TestKit"
        ),
        tests(
            "KernelTests",
            "Addresses",
            "CLinux",
            "Failover",
            "IPVS",
            "IPVSNetlink",
            "LinkStages",
            "Links",
            "Rules",
            "System",
            "TestKit",
            "VRRP",
            "VRRPControl"
        ),
        tests("NetlinkTests", "CNetlink", "Netlink"),
        tests("PatternsTests", "Patterns", "TestKit"),
        tests("RulesTests", "Addresses", "Diagnostics", "IPVS", "Rules", "TestKit"),
        tests("SimulatedDemoTests", "Addresses", "Console", "IPVS", "IPVSAdm", "System", "simulated-demo"),
    ],
    swiftLanguageModes: [.v6]
)

// Instrumented for libFuzzer, and built by `make fuzz` only.
if Context.environment["DIRECTRIX_FUZZ"] != nil {
    let instrumented: [SwiftSetting] = strict + [.unsafeFlags(["-sanitize=fuzzer"])]
    let fuzzers = [
        "FuzzReplies": ["Addresses", "IPVS", "IPVSNetlink", "Netlink"],
        "FuzzRules": ["Addresses", "Diagnostics", "IPVS", "Rules", "Texts"],
        "FuzzConfiguration": ["Addresses", "Configuration", "Diagnostics", "IPVS", "Ldirectord", "Patterns"],
        "FuzzKeepalived": [
            "Addresses", "Configuration", "Diagnostics", "Dialogues", "Director", "IPVS", "Keepalived", "Patterns",
        ],
        "FuzzAdvertisements": ["Addresses", "Failover", "Links", "Time", "VRRP"],
        "FuzzLinks": ["Addresses", "Links", "LinksNetlink", "Netlink", "System", "Time"],
        "FuzzDialogues": ["Addresses", "Configuration", "Dialogues", "Digests", "Patterns", "Time"],
    ]
    let fuzzed = Set(fuzzers.values.joined())
    for target in package.targets where fuzzed.contains(target.name) {
        target.swiftSettings = instrumented
    }
    package.targets.append(.target(name: "FuzzRunner", path: "Tests/Fuzz/FuzzRunner", swiftSettings: strict))
    for (name, libraries) in fuzzers.sorted(by: { $0.key < $1.key }) {
        package.targets.append(
            .executableTarget(
                name: name,
                dependencies: (["FuzzRunner"] + libraries).map { .byName(name: $0) },
                path: "Tests/Fuzz/\(name)",
                swiftSettings: strict,
                linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]
            )
        )
    }
}
