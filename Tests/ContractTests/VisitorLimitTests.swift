// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

/// Who the limits take for one visitor. Addresses come in `X-Forwarded-For`, which needs no network that has them.
@Suite(.serialized)
struct VisitorLimitTests {
  /// More than any of the limits lets through at once.
  private static let many = 60

  @Test(arguments: Front.sites)
  func `an IPv6 network is one client, and each spelling of a sign-in path counts`(
    front: Front
  ) async throws {
    let installation = try await Installation.start(front, isBehindProxy: true)
    try await checkNetworks(installation)
    try await checkSpellings(installation)
    try await installation.stop()
  }

  /// An IPv6 network is one client, and each IPv4 address is one.
  private func checkNetworks(_ installation: Installation) async throws {
    let random = (0..<Self.many).map { $0 * 1021 % 65_536 }
    for (network, neighbour) in [
      ("2001:db8:1:2:", "2001:db8:1:3::1"), ("2001:db8:1::", "2001:db8:1:1::1"),
      // Bytes that mean something elsewhere: 0, a line break, and the beginning of an address of IPv4.
      ("2001:0:a0d:a0a:", "2001:0:a0d:a0b::1"), ("2001:db8:0:ffff:", "2001:db8:0:fffe::1"),
    ] {
      let addresses = random.map { network + String($0, radix: 16) + ":ffff:0:1" }
      #expect(try await refusals(of: addresses, at: installation) > 0, "\(network)")
      #expect(try await refusals(of: [neighbour], at: installation) == 0, "\(neighbour)")
    }
    let old = random.map { "192.0.\($0 >> 8).\($0 & 0xff)" }
    #expect(try await refusals(of: old, at: installation) == 0)
    #expect(
      try await refusals(of: old.map { _ in "198.51.100.1" }, at: installation) > 0)
    #expect(try await refusals(of: ["198.51.100.2"], at: installation) == 0)
    if installation.web.front == .nginxSite {
      // As a socket for both kinds says it.
      let within = random.map { "::ffff:203.0.\($0 >> 8).\($0 & 0xff)" }
      #expect(try await refusals(of: within, at: installation) == 0)
      #expect(
        try await refusals(of: within.map { _ in "::ffff:198.51.100.3" }, at: installation) > 0)
    }
  }

  /// The service decodes a path, so the web server has to know each way to write it.
  private func checkSpellings(_ installation: Installation) async throws {
    let spellings = [
      "/login", "/%6cogin", "/log%69n", "/login?a=1", "/login/albums/A", "/login/%61lbums/A",
      "/%6Cogin/pictures/A", "/login/downloads/%41", "/oauthredirect?state=a&code=b",
      "/oauth%72edirect?state=a&code=b",
    ]
    for (number, path) in spellings.enumerated() {
      let own = Array(repeating: "192.0.2.\(number)", count: Self.many)
      #expect(try await refusals(of: own, at: installation, path) > 0, "\(path)")
    }
    let free = ["/welcome", "/albums/A%41", "/nowhere", "/logins", "/assets/page.css?/login"]
    for path in free {
      let own = Array(repeating: "198.51.100.7", count: Self.many)
      #expect(try await refusals(of: own, at: installation, path) == 0, "\(path)")
    }
  }

  /// How many of these clients get 429 when all sign in at once.
  private func refusals(
    of addresses: [String], at installation: Installation, _ path: String = "/login"
  ) async throws -> Int {
    let name = try #require(HTTPField.Name("X-Forwarded-For"))
    // What a client says of itself counts for nothing.
    let forged = try #require(HTTPField.Name("Gallery-Visitor"))
    return try await withThrowingTaskGroup(of: Bool.self) { group in
      for (number, address) in addresses.enumerated() {
        let client = installation.visitor()
        group.addTask {
          try await client.send(
            path, fields: [name: "10.0.0.1, \(address)", forged: "10.1.0.\(number)"]
          ).status == .tooManyRequests
        }
      }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
  }
}
