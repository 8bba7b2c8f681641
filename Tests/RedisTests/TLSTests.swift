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
    names: String = "IP:127.0.0.1,DNS:localhost", from start: Int = 0, days: Int = 2,
    options: [String] = []
  ) async throws -> RedisServer {
    try await RedisServer(
      options: options,
      certificate: try await authority.certificate(for: names, from: start, days: days))
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

  /// Large values do not fit into one record or into the socket's buffers.
  @Test func `large values go both ways, many at once, each to its caller`() async throws {
    let server = try await server()
    let client = try makeClient("rediss://127.0.0.1:\(try #require(server.tlsPort))", tls: tls)
    let values = (0..<10).map { [UInt8](repeating: UInt8($0), count: 900_000) }
    try await client.ping()
    // Nothing is taken from the socket at first, so that some of a record has to wait.
    server.pause()
    let stored = values.indices.map { number in
      Task { try await client.set("\(number)", to: values[number], expiringAfter: .seconds(60)) }
    }
    await TestLoop.pause(.milliseconds(100))
    server.resume()
    for task in stored { #expect(try await task.value) }
    let results = await client.results(values.indices.map { "\($0)" })
    #expect(results == values.map { .success($0) })
    #expect(await client.attempt == 1)
  }

  @Test func `a connection that breaks is made anew, and a silent one is given up`() async throws {
    let server = try await server()
    let url = "rediss://127.0.0.1:\(try #require(server.tlsPort))"
    let client = try makeClient(url, tls: tls) {
      $0.silence = .milliseconds(50)
      $0.command = .milliseconds(500)
    }
    try await client.ping()
    try await server.kill()
    guard case .unavailable = try await client.failure() else { throw TestFailure("available") }
    try await server.start()
    #expect(try await client.answer() == nil)
    server.pause()
    #expect(await client.result() == .failure(.timedOut))
    #expect(await !client.isConnected)
    server.resume()
    #expect(try await client.answer() == nil)
  }

  // MARK: Refused

  /// What the certificate is for, when it begins, its days, and the words it is refused with by a client that asks 127.0.0.1.
  @Test(arguments: [
    ("DNS:localhost", 0, 2, "the certificate of Redis is not for the host 127.0.0.1"),
    ("IP:127.0.0.2", 0, 2, "the certificate of Redis is not for the host 127.0.0.1"),
    ("IP:127.0.0.1", 0, -1, "the certificate of Redis has expired; or this host's clock is fast"),
    (
      "IP:127.0.0.1", 1, 1,
      "the certificate of Redis is not valid yet; or this host's clock is slow"
    ),
  ])
  func `a certificate that is not right is refused in words`(
    names: String, start: Int, days: Int, words: String
  ) async throws {
    let server = try await server(names: names, from: start, days: days)
    let url = "rediss://:hunter2@127.0.0.1:\(try #require(server.tlsPort))"
    try await expectUnavailable(url, tls, words)
    #expect(try await server.statistic("total_commands_processed") <= 1)
  }

  @Test func `an authority that is not trusted is refused in words`() async throws {
    let server = try await server()
    let url = "rediss://127.0.0.1:\(try #require(server.tlsPort))"
    let words = "not signed by an authority that is trusted: see the certificate authorities"
    let other = try await CertificateAuthority("other", in: folder)
    try await expectUnavailable(url, try Self.tls(other.path), words)
    // The host's own.
    try await expectUnavailable(url, RedisTLS(), words)
    var broken = RedisTLS()
    broken.authorities = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    try await expectUnavailable(url, broken, "cannot be read: see the certificate authorities")
  }

  @Test func `a certificate of the client opens the door, and its absence is said`() async throws {
    let server = try await server(options: [
      "--tls-auth-clients", "yes", "--tls-ca-cert-file", authority.path,
    ])
    let url = "rediss://127.0.0.1:\(try #require(server.tlsPort))"
    try await expectUnavailable(url, tls, "it may want a certificate to sign in with")
    let own = try await authority.certificate("gallery", for: "DNS:gallery")
    var tls = tls
    tls.certificate = try String(contentsOfFile: own.path, encoding: .utf8)
    tls.key = try String(contentsOfFile: own.keyPath, encoding: .utf8)
    try await makeClient(url, tls: tls).ping()
    tls.key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
    tls.names.key = "REDIS_KEY_FILE"
    try await expectUnavailable(url, tls, "see the client certificate and REDIS_KEY_FILE")
  }

  @Test func `a port without TLS is named, and a TLS port without TLS is no Redis`() async throws {
    let server = try await RedisServer(
      withPort: true, certificate: try await authority.certificate(for: "IP:127.0.0.1"))
    let plain = try #require(server.port)
    // Redis waits for the rest of a command: the limit ends it.
    let client = try makeClient("rediss://127.0.0.1:\(plain)", tls: tls) {
      $0.connect = .milliseconds(300)
    }
    switch try await client.failure() {
    case .timedOut, .unavailable: break
    case let error: Issue.record("\(String(describing: error))")
    }
    let speaking = try FakeRedis { _ in .init([[], Array("-ERR unknown command\r\n".utf8)]) }
    try await expectUnavailable(
      "rediss://127.0.0.1:\(speaking.port)", tls, "Redis does not speak TLS at this port")
    guard
      case .unavailable = try await makeClient(
        "redis://127.0.0.1:\(try #require(server.tlsPort))"
      ).failure()
    else { throw TestFailure("available") }
  }

  @Test func `a server that never ends the handshake is left at the limit`() async throws {
    let fake = try FakeRedis { _ in .init([]) }
    let client = try makeClient("rediss://127.0.0.1:\(fake.port)", tls: tls) {
      $0.connect = .milliseconds(200)
    }
    let start = ContinuousClock.now
    #expect(await client.result() == .failure(.timedOut))
    #expect(ContinuousClock.now - start < .seconds(5))
    await fake.wait(for: .disconnected(0))
  }

  @Test func `nobody at the port is said as without TLS`() async throws {
    try await expectUnavailable(
      "rediss://127.0.0.1:\(try FreePort.find())", tls, "connect: Connection refused")
  }

  private func expectUnavailable(
    _ url: String, _ tls: RedisTLS, _ words: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let error = try await makeClient(url, tls: tls).failure()
    guard case .unavailable(let text) = error else {
      Issue.record("\(String(describing: error))", sourceLocation: sourceLocation)
      return
    }
    #expect(text.contains(words), sourceLocation: sourceLocation)
    #expect(!text.contains("hunter2") && !text.contains("BEGIN"), sourceLocation: sourceLocation)
  }
}
