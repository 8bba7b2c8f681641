// swift-tools-version: 6.2

import PackageDescription

/// What every target of ours is compiled with.
let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// How a service in production is linked: relocations packed, and no symbols for libraries that it does not load, so that
/// less of the program is read at the start and stays in memory. See the decision "Lean at rest".
let lean: [LinkerSetting] = [
  .unsafeFlags(
    ["-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs"]
      + ["-Xlinker", "--no-export-dynamic"], .when(configuration: .release))
]

let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

let package = Package(
  name: "dropbox-gallery",
  products: [
    .executable(name: "dropbox-gallery", targets: ["dropbox-gallery"]),
    .executable(name: "dropbox-standin", targets: ["dropbox-standin"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    // Without its providers of JSON, which would bring all of Foundation.
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
  ],
  targets: [
    // C, made callable: a module map and a shim header each.
    .systemLibrary(
      name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CFastCGI", providers: [.apt(["libfcgi-dev"])]),
    .systemLibrary(name: "CGD", providers: [.apt(["libgd-dev"])]),
    .systemLibrary(name: "CHiredis", pkgConfig: "hiredis", providers: [.apt(["libhiredis-dev"])]),
    .systemLibrary(name: "CLinux"),

    // The outside world.
    .target(
      name: "EventLoop",
      dependencies: [
        "CLinux", .product(name: "HeapModule", package: "swift-collections"),
      ],
      swiftSettings: house),
    .target(name: "Sockets", dependencies: ["CLinux", "EventLoop"], swiftSettings: house),
    .target(name: "Curl", dependencies: ["CCurl", "EventLoop"], swiftSettings: house),
    .target(
      name: "HTTPClient", dependencies: ["CCurl", "Curl", "EventLoop", httpTypes],
      swiftSettings: house),
    .target(
      name: "Redis", dependencies: ["CCurl", "CHiredis", "Curl", "EventLoop", "Sockets"],
      swiftSettings: house),
    .target(
      name: "Systemd", dependencies: ["CLinux", "EventLoop", "Sockets"], swiftSettings: house),
    .target(name: "TextFormats", swiftSettings: house),
    .target(name: "HTTP", dependencies: [httpTypes], swiftSettings: house),
    .target(
      name: "HTTPServer", dependencies: ["CLinux", "EventLoop", "HTTP", "Sockets", httpTypes],
      swiftSettings: house),
    .target(
      name: "LogOutput", dependencies: ["CLinux", "EventLoop", "TextFormats", logging],
      swiftSettings: house),
    .target(name: "Metrics", swiftSettings: house),
    .target(
      name: "TaskCoordination",
      dependencies: [.product(name: "DequeModule", package: "swift-collections")],
      swiftSettings: house),
    .target(name: "Mustache", swiftSettings: house),
    .target(
      name: "FastCGI",
      dependencies: [
        "CFastCGI", "CLinux", "EventLoop", "HTTP", "Sockets", httpTypes,
        .product(name: "DequeModule", package: "swift-collections"),
      ],
      swiftSettings: house),
    .target(
      name: "Dropbox", dependencies: ["HTTP", "HTTPClient", "TextFormats", httpTypes, crypto],
      swiftSettings: house),

    // The service.
    .target(
      name: "Gallery",
      dependencies: [
        "Dropbox", "HTTP", "Metrics", "Mustache", "Redis", "TaskCoordination", "TextFormats",
        crypto,
        httpTypes,
        logging,
      ],
      swiftSettings: house),
    .executableTarget(
      name: "dropbox-gallery",
      dependencies: [
        "Dropbox", "EventLoop", "FastCGI", "Gallery", "HTTP", "HTTPClient", "HTTPServer",
        "LogOutput", "Redis", "Sockets", "Systemd", "CLinux", crypto, httpTypes, logging,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Configuration", package: "swift-configuration"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: house, linkerSettings: lean),

    // A local Dropbox, for `make run` without an app key and for tests.
    .target(
      name: "DropboxStandIn",
      dependencies: [
        "CGD", "TextFormats", crypto, .product(name: "FlyingFox", package: "FlyingFox"),
        .product(name: "FlyingSocks", package: "FlyingFox"),
      ],
      swiftSettings: house),
    .executableTarget(
      name: "dropbox-standin",
      dependencies: [
        "DropboxStandIn", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: house),

    // Tests.
    .target(name: "CSpawn", path: "Tests/CSpawn"),
    .target(
      name: "TestSupport", dependencies: ["CSpawn", "EventLoop", "Sockets"], path: "Tests/Support",
      swiftSettings: house),
    .testTarget(
      name: "EventLoopTests", dependencies: ["EventLoop", "TestSupport"], swiftSettings: house),
    .testTarget(
      name: "SocketsTests", dependencies: ["EventLoop", "Sockets", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "FastCGITests",
      dependencies: ["EventLoop", "FastCGI", "HTTP", "Sockets", "TestSupport", httpTypes],
      swiftSettings: house),
    .testTarget(
      name: "HTTPClientTests", dependencies: ["EventLoop", "HTTPClient", "TestSupport", httpTypes],
      swiftSettings: house),
    .testTarget(
      name: "RedisTests", dependencies: ["EventLoop", "Redis", "TestSupport"], swiftSettings: house),
    .testTarget(
      name: "DropboxTests",
      dependencies: [
        "Dropbox", "DropboxStandIn", "EventLoop", "HTTPClient", "TestSupport", httpTypes,
      ],
      swiftSettings: house),
    .testTarget(
      name: "DropboxStandInTests",
      dependencies: [
        "DropboxStandIn", "EventLoop", "TestSupport", "TextFormats", crypto,
        .product(name: "FlyingFox", package: "FlyingFox"),
      ],
      swiftSettings: house),
    .testTarget(
      name: "SystemdTests", dependencies: ["EventLoop", "Sockets", "Systemd", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "HTTPServerTests",
      dependencies: ["EventLoop", "HTTP", "HTTPServer", "Sockets", "TestSupport", httpTypes],
      swiftSettings: house),
    .testTarget(
      name: "LogOutputTests", dependencies: ["LogOutput", "TestSupport", logging],
      swiftSettings: house),
    .testTarget(
      name: "MetricsTests", dependencies: ["Metrics", "TestSupport"], swiftSettings: house),
    .testTarget(
      name: "TaskCoordinationTests", dependencies: ["TaskCoordination", "TestSupport"],
      swiftSettings: house),
    .testTarget(name: "TextFormatsTests", dependencies: ["TextFormats"], swiftSettings: house),
    .target(
      name: "FuzzTargets",
      dependencies: [
        "Dropbox", "EventLoop", "FastCGI", "HTTP", "HTTPClient", "Redis", "Sockets", "TestSupport",
        httpTypes,
      ],
      path: "Tests/FuzzTargets", exclude: ["Corpus"], swiftSettings: house),
    .executableTarget(
      name: "gallery-fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzzer",
      swiftSettings: house),
    .testTarget(name: "FuzzTargetsTests", dependencies: ["FuzzTargets"], swiftSettings: house),
    .testTarget(name: "MustacheTests", dependencies: ["Mustache"], swiftSettings: house),
    .testTarget(name: "HTTPTests", dependencies: ["HTTP", httpTypes], swiftSettings: house),
    .target(
      name: "GalleryTestSupport",
      dependencies: ["DropboxStandIn", "HTTPClient", "TestSupport", httpTypes],
      path: "Tests/GalleryTestSupport", swiftSettings: house),
    .testTarget(
      name: "ApplicationTests",
      dependencies: [
        "Dropbox", "DropboxStandIn", "EventLoop", "Gallery", "GalleryTestSupport", "HTTP",
        "HTTPClient", "LogOutput", "Redis", "TaskCoordination", "TestSupport", httpTypes, logging,
      ],
      swiftSettings: house),
    .target(
      name: "EndToEndSupport",
      dependencies: [
        "GalleryTestSupport",
        "DropboxStandIn", "HTTP", "HTTPClient", "Sockets", "TestSupport", "dropbox-gallery",
        "dropbox-standin", httpTypes,
      ],
      path: "Tests/EndToEndSupport", swiftSettings: house),
    .testTarget(
      name: "DropboxGalleryTests", dependencies: ["Sockets", "Systemd", "dropbox-gallery"],
      swiftSettings: house),
    .testTarget(
      name: "ContractTests",
      dependencies: [
        "DropboxStandIn", "EndToEndSupport", "EventLoop", "GalleryTestSupport", "HTTPClient",
        "TaskCoordination",
        "TestSupport", httpTypes,
      ],
      swiftSettings: house),
    .testTarget(
      name: "ProcessTests",
      dependencies: [
        "CSpawn", "EndToEndSupport", "DropboxStandIn", "EventLoop", "HTTP", "HTTPClient", "Sockets",
        "TestSupport",
        "dropbox-gallery", "dropbox-standin", httpTypes,
      ],
      swiftSettings: house),
    .testTarget(
      name: "LongTests",
      dependencies: ["DropboxStandIn", "EndToEndSupport", "HTTPClient", "TestSupport", httpTypes],
      swiftSettings: house),
    .testTarget(
      name: "BrowserTests",
      dependencies: ["DropboxStandIn", "EndToEndSupport", "HTTPClient", "TestSupport", httpTypes],
      swiftSettings: house),
    // Screenshots of every page in every window and theme: minutes, so not in the usual run.
    .testTarget(
      name: "BrowserLooksTests",
      dependencies: ["DropboxStandIn", "EndToEndSupport", "HTTPClient", "TestSupport", httpTypes],
      swiftSettings: house),
    .testTarget(
      name: "GalleryTests",
      dependencies: [
        "Dropbox", "DropboxStandIn", "EventLoop", "Gallery", "HTTP", "HTTPClient", "Metrics",
        "Mustache", "Redis", "TestSupport", httpTypes, logging,
      ],
      swiftSettings: house),
  ]
)
