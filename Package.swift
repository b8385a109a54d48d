// swift-tools-version:6.2
import PackageDescription

/// Where we build it, `make lint` and CI: a word of caution from the next compiler or package must not end a stranger's first build.
let warningsAreErrors = Context.environment["WARNINGS_AS_ERRORS"] == "1"

/// SwiftPM keeps what it read of this file until the file or the environment changes, so that `.make/build` tells the commit anew.
let buildCommit = Context.environment["BUILD_COMMIT"] ?? Context.gitInformation?.currentCommit

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// Smaller rather than faster: the benchmarks of what stands here show no difference, and the program is half a megabyte smaller. What
/// encodes scrapes and answers them is not among it, nor what every cell of the screen goes through.
let small: Set = [
    "CursesTerminal", "Engine", "EngineAPI", "EngineRemote", "HistoryExport", "Netatmo", "NetatmoSimulator", "OperatingSystem", "Plain",
    "Screen", "WebSecurity", "netatmo-dashboard",
]

/// What computes most: optimised in a debug build too. Without that the tests take half as long again; the first build takes longer by
/// what its first run of the tests then saves.
let fast: Set = ["Homes", "Netatmo", "NetatmoSimulator", "OperatingSystem", "PrometheusMetrics", "TerminalUI"]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioExtras = Target.Dependency.product(name: "NIOExtras", package: "swift-nio-extras")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTPTypesHTTP1 = Target.Dependency.product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let orderedCollections = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

let package = Package(
    name: "netatmo-dashboard",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "netatmo-dashboard", targets: ["netatmo-dashboard"]),
        // For a test alone: a library to be loaded before others has to be a product.
        .library(name: "SystemCallRecorder", type: .dynamic, targets: ["SystemCallRecorder"]),
    ],
    // Each within its minor version, where nothing that we call is deprecated.
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", .upToNextMinor(from: "1.8.2")),
        .package(url: "https://github.com/apple/swift-collections.git", .upToNextMinor(from: "1.6.0")),
        // Without its default trait: JSON would link all of Foundation.
        .package(url: "https://github.com/apple/swift-configuration", .upToNextMinor(from: "1.4.0"), traits: []),
        .package(url: "https://github.com/apple/swift-http-types", .upToNextMinor(from: "1.8.0")),
        .package(url: "https://github.com/apple/swift-log", .upToNextMinor(from: "1.16.2")),
        .package(url: "https://github.com/apple/swift-nio", .upToNextMinor(from: "2.101.2")),
        // The TLS of the HTTP client: whom it trusts, and why it does not.
        .package(url: "https://github.com/apple/swift-nio-ssl", .upToNextMinor(from: "2.37.6")),
        // Hummingbird's own bridge from NIO's HTTP types to its own, for a channel with handlers of ours.
        .package(url: "https://github.com/apple/swift-nio-extras", .upToNextMinor(from: "1.35.2")),
        // Without the default traits: FullFoundation would link all of Foundation and ICU.
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", .upToNextMinor(from: "2.28.1"), traits: ["ConfigurationSupport"]),
        .package(url: "https://github.com/swift-server/async-http-client", .upToNextMinor(from: "1.37.0")),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", .upToNextMinor(from: "2.13.0")),
    ],
    targets: [
        // The terminal, from ncurses up to frames of cells.
        .systemLibrary(name: "CNCurses", providers: [.apt(["libncurses-dev"])]),
        .target(name: "CTerminal", dependencies: ["CNCurses"]),
        .target(name: "TerminalUI", dependencies: ["OperatingSystem"]),
        .target(name: "CursesTerminal", dependencies: ["CTerminal", "TerminalUI"]),

        // What of Linux Swift does not see.
        .target(name: "CLinux"),
        // What the operating system gives, made testable (not "System": where there is a module of that name, swift-nio takes it for
        // Apple's); what a home is; NetAtmo's wire.
        .target(name: "OperatingSystem", dependencies: ["CLinux", orderedCollections]),
        .target(name: "Homes", dependencies: ["OperatingSystem"]),
        .target(name: "Netatmo", dependencies: ["Homes", "OperatingSystem", asyncHTTPClient, nioCore, nioHTTP1, nioPosix, nioSSL]),
        // For gzip: no package here has a compressor to call.
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "EngineAPI", dependencies: ["Homes", "OperatingSystem"]),
        .target(name: "Engine", dependencies: ["EngineAPI", "Homes", "Netatmo", "OperatingSystem", logging, nioCore, serviceLifecycle]),
        // Not "Metrics", which is a module of swift-metrics.
        .target(
            name: "PrometheusMetrics",
            dependencies: ["CZlib", "Engine", "EngineAPI", "Homes", "OperatingSystem", nioCore, serviceLifecycle]
        ),
        // For the hashes of passwords: no package here has bcrypt.
        .systemLibrary(name: "CCrypt", providers: [.apt(["libcrypt-dev"])]),
        // Who may ask what listens by TCP: the web configuration, TLS, passwords.
        .target(name: "WebSecurity", dependencies: ["CCrypt", "OperatingSystem", logging, nioCore, nioSSL, serviceLifecycle]),
        // The past into other programs' files.
        .target(name: "HistoryExport", dependencies: ["EngineAPI", "Homes", "OperatingSystem", "PrometheusMetrics"]),
        .target(
            name: "Server",
            dependencies: [
                "Engine", "EngineAPI", "Homes", "Netatmo", "PrometheusMetrics", "OperatingSystem", "WebSecurity", httpTypes, hummingbird,
                hummingbirdCore, logging,
                nioCore, nioExtras, nioHTTP1, nioHTTPTypes, nioHTTPTypesHTTP1, nioPosix, serviceLifecycle,
            ],
            resources: [
                .embedInCode("Web/index.html"), .embedInCode("Web/module.html"), .embedInCode("Web/sign-in.html"),
                .embedInCode("Web/style.css"), .embedInCode("Web/script.js"),
            ]
        ),
        // An engine in another process, by its control socket.
        .target(name: "EngineRemote", dependencies: ["EngineAPI", "Homes", "OperatingSystem", asyncHTTPClient, nioCore, nioHTTP1]),
        // For the address of the sign-in as a code that a phone reads.
        .systemLibrary(name: "CQREncode", providers: [.apt(["libqrencode-dev"])]),
        .target(name: "Screen", dependencies: ["CQREncode", "EngineAPI", "Homes", "OperatingSystem", "TerminalUI"]),
        .target(name: "Plain", dependencies: ["EngineAPI", "Homes", "OperatingSystem", "TerminalUI"]),
        .target(
            name: "NetatmoSimulator",
            dependencies: [httpTypes, hummingbird, logging, nioCore, nioHTTP1, serviceLifecycle]
        ),
        // Which commit this is: Swift has no other way to a text that only the manifest knows.
        .target(
            name: "CBuildInformation",
            cSettings: buildCommit.map { [.define("BUILD_COMMIT", to: "\"\($0)\"")] } ?? []
        ),
        // The files of Sources/netatmo-dashboard/Resources and Documentation as bytes.
        .target(name: "CResources"),
        // Signals that end a program, as bytes in a pipe.
        .target(name: "CSignals"),
        // Memory that is given back to the system.
        .target(name: "CMemory"),
        .executableTarget(
            name: "netatmo-dashboard",
            dependencies: [
                "CBuildInformation", "CMemory", "CResources", "CSignals", "CursesTerminal", "Plain", "Screen", "Engine", "EngineAPI",
                "EngineRemote", "HistoryExport",
                "PrometheusMetrics", "Server", "Homes", "Netatmo",
                "OperatingSystem",
                "NetatmoSimulator",
                "TerminalUI", "WebSecurity", argumentParser, asyncHTTPClient, configuration, logging, nioCore, nioHTTP1, nioPosix,
                serviceLifecycle,
            ],
            exclude: ["Documentation", "Packaging", "Resources"]
        ),

        // Tests: one folder a target, and what they share.
        .target(
            name: "TestSupport",
            dependencies: ["Engine", "EngineAPI", "PrometheusMetrics", "Server", "Homes", "Netatmo", "OperatingSystem"],
            path: "Tests/TestSupport"),
        .executableTarget(
            name: "TerminalProbe",
            dependencies: ["CursesTerminal", "TerminalUI"],
            path: "Tests/TerminalProbe"
        ),
        // Writes down what a program asks of the system's files.
        .target(name: "SystemCallRecorder", path: "Tests/SystemCallRecorder"),
        .executableTarget(
            name: "exporter-benchmark",
            dependencies: ["Engine", "EngineAPI", "PrometheusMetrics", "Server", "Homes", "Netatmo", "OperatingSystem", nioCore],
            path: "Tests/Benchmark"
        ),
        .executableTarget(
            name: "dashboard-benchmark",
            dependencies: [
                "CMemory", "Plain", "Screen", "Engine", "EngineAPI", "EngineRemote", "PrometheusMetrics", "Server", "Homes", "Netatmo",
                "OperatingSystem",
                "TerminalUI",
            ],
            path: "Tests/DashboardBenchmark"
        ),
        // What the token has to survive: in short as tests, in full as a program.
        .target(
            name: "Torture",
            dependencies: [
                "Engine", "EngineAPI", "EngineRemote", "PrometheusMetrics", "Server", "Homes", "Netatmo", "OperatingSystem",
                "NetatmoSimulator",
                "TestSupport",
                asyncHTTPClient, logging, nioCore, nioHTTP1,
                serviceLifecycle,
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            path: "Tests/Torture"
        ),
        .executableTarget(
            name: "netatmo-torture", dependencies: ["TestSupport", "Torture", argumentParser], path: "Tests/TortureProgram"
        ),
        .testTarget(name: "OperatingSystemTests", dependencies: ["OperatingSystem", "TestSupport"]),
        .testTarget(name: "HomesTests", dependencies: ["Homes"]),
        .testTarget(name: "TerminalUITests", dependencies: ["TerminalUI", "TestSupport"]),
        .testTarget(name: "CursesTerminalTests", dependencies: ["CursesTerminal", "TerminalProbe", "TerminalUI", "TestSupport"]),
        .testTarget(
            name: "NetatmoTests",
            dependencies: ["Homes", "Netatmo", "OperatingSystem", "TestSupport", asyncHTTPClient, nioCore, nioHTTP1, nioPosix, nioSSL]),
        .testTarget(
            name: "ExporterTests",
            dependencies: [
                "CZlib", "Engine", "EngineAPI", "EngineRemote", "PrometheusMetrics", "Server", "Homes", "Netatmo", "OperatingSystem",
                "NetatmoSimulator",
                "TestSupport", "WebSecurity",
                asyncHTTPClient, httpTypes, hummingbird, hummingbirdCore, logging, nioCore, nioHTTP1, nioPosix, nioSSL, serviceLifecycle,
                .product(name: "HummingbirdTesting", package: "hummingbird"), .product(name: "NIOEmbedded", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "HistoryExportTests",
            dependencies: [
                "Engine", "EngineAPI", "HistoryExport", "Homes", "Netatmo", "NetatmoSimulator", "OperatingSystem", "PrometheusMetrics",
                "TestSupport", "netatmo-dashboard", argumentParser,
            ]
        ),
        .testTarget(
            name: "DashboardTests",
            dependencies: [
                "Plain", "Screen", "Engine", "EngineAPI", "EngineRemote", "PrometheusMetrics", "Server", "Homes", "Netatmo",
                "OperatingSystem",
                "TerminalUI",
                "TestSupport",
            ],
            resources: [.copy("Snapshots")]
        ),
        .testTarget(
            name: "NetatmoSimulatorTests",
            dependencies: [
                "NetatmoSimulator", httpTypes, hummingbird, logging, nioCore, nioHTTP1, serviceLifecycle,
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ]
        ),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "Plain", "Screen", "Engine", "EngineAPI", "EngineRemote", "PrometheusMetrics", "Server", "Homes", "Netatmo",
                "OperatingSystem",
                "TerminalUI",
                "TestSupport", "WebSecurity",
                "netatmo-dashboard", argumentParser, logging, nioCore, serviceLifecycle,
            ]
        ),
        .testTarget(
            name: "FuzzTests",
            dependencies: [
                "Engine", "EngineAPI", "EngineRemote", "Homes", "Netatmo", "OperatingSystem", "Plain", "TerminalUI", "TestSupport",
                "WebSecurity",
            ],
            path: "Tests/Fuzz",
            exclude: ["LibFuzzer", "words.dict"],
            resources: [.copy("Corpus")]
        ),
        .testTarget(name: "TortureTests", dependencies: ["TestSupport", "Torture", "netatmo-dashboard", "netatmo-torture"]),
        .testTarget(
            name: "EndToEndTests", dependencies: ["netatmo-dashboard", "SystemCallRecorder", "TestSupport"],
            exclude: ["Resources/alerts.test.yml"]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
    target.swiftSettings =
        swiftSettings + (warningsAreErrors ? [.treatAllWarnings(as: .error)] : [])
        + (small.contains(target.name) ? [.unsafeFlags(["-Osize"], .when(configuration: .release))] : [])
        + (fast.contains(target.name) ? [.unsafeFlags(["-O"], .when(configuration: .debug))] : [])
}
