// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import Redis

@Suite(.timeLimit(.minutes(1))) struct TLSTests {
  private let folder: TemporaryFolder
  private let authority: CertificateAuthority
  private let tls: RedisTLS

  init() async throws {
    folder = try TemporaryFolder()
    authority = try await CertificateAuthority(in: folder)
    tls = try Self.tls(authority.path)
  }

  private static func tls(_ path: String) throws -> RedisTLS {
    var tls = RedisTLS()
    tls.authorities = try String(contentsOfFile: path, encoding: .utf8)
    return tls
  }

  private func server(
    names: String = "IP:127.0.0.1,DNS:localhost", days: Int = 2, options: [String] = []
  ) async throws -> RedisServer {
    try await RedisServer(
      options: options,
      certificate: try await authority.certificate(for: names, days: days))
  }

  @Test(arguments: ["127.0.0.1", "localhost"])
  func `commands go through TLS to a host whose certificate is right`(host: String) async throws {
    let server = try await server()
    let client = try makeClient("rediss://\(host):\(try #require(server.tlsPort))/3", tls: tls)
    try await client.set("key", to: [0, 1, 255], expiringAfter: .seconds(60))
    #expect(try await client.getAndDelete("key") == [0, 1, 255])
    #expect(try await client.get("key") == nil)
    #expect(await client.attempt == 1)
  }
}
