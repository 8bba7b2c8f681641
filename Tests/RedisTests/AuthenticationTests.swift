// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import TestSupport
import Testing

@testable import Redis

private let hasIPv6 = unsafe access("/proc/net/if_inet6", R_OK) == 0

/// Who we are to Redis, and how we get there.
@Suite(.timeLimit(.minutes(1))) struct AuthenticationTests {
  @Test func `a password opens the door, over a socket and over TCP`() async throws {
    let server = try await RedisServer(options: ["--requirepass", "p@ss\n:/%"], withPort: true)
    let password = "p%40ss%0a%3A%2f%25"
    for url in [
      "redis+unix://:\(password)@\(server.path)", "redis+unix://default:\(password)@\(server.path)",
      "redis://:\(password)@127.0.0.1:\(try #require(server.port))",
      "redis://:\(password)@localhost:\(try #require(server.port))",
    ] {
      try await makeClient(url).ping()
    }
  }

  @Test func `without the password, or with a wrong one, nothing is answered`() async throws {
    let server = try await RedisServer(options: ["--requirepass", "right"])
    let none = try makeClient(server.url)
    let wrong = try makeClient("redis+unix://:hunter2@\(server.path)")
    let stranger = try makeClient("redis+unix://stranger:hunter2@\(server.path)")
    #expect(await refusal { try await none.ping() } == .noAuthentication)
    for client in [wrong, stranger] {
      // While it rests between attempts the reason stays the same.
      for _ in 0..<3 {
        let error = await #expect(throws: RedisError.self) { try await client.ping() }
        guard case .refused(.wrongPassword, _) = error else {
          Issue.record("\(String(describing: error))")
          continue
        }
        #expect(!"\(String(describing: error))".contains("hunter2"))
      }
    }
  }

  @Test func `a server that does not know AUTH does not bring the password into the error`()
    async throws
  {
    let server = try await RedisServer(options: ["--rename-command", "AUTH", ""])
    let client = try makeClient("redis+unix://gallery:hunter2@\(server.path)")
    let error = await #expect(throws: RedisError.self) { try await client.ping() }
    #expect(error == .refused(.error, message: "unknown command 'AUTH'"))
  }

  @Test func `a user does what the rules allow, even without a name for the connection`()
    async throws
  {
    let server = try await RedisServer()
    try await server.command(
      "ACL", "SETUSER", "gallery", "on", ">secret", "~sess:*", "+get", "+set")
    let client = try makeClient("redis+unix://gallery:secret@\(server.path)")
    try await client.set("sess:1", to: [1], expiringAfter: .seconds(60))
    #expect(try await client.get("sess:1") == [1])
    #expect(await refusal { _ = try await client.get("other") } == .noPermission)
    #expect(await refusal { try await client.delete("sess:1") } == .noPermission)
    #expect(await refusal { try await client.ping() } == .noPermission)
    #expect(try await client.get("sess:1") == [1])
    #expect(await client.attempt == 1)
  }

  @Test func `each database has its own keys`() async throws {
    let server = try await RedisServer()
    let three = try makeClient("\(server.url)?db=3")
    try await three.set("key", to: [3], expiringAfter: .seconds(60))
    #expect(try await makeClient(server.url).get("key") == nil)
    #expect(try await makeClient("\(server.url)?db=3").get("key") == [3])
    #expect(try await server.command("-n", "3", "STRLEN", "key") == "1")
    let beyond = try makeClient("\(server.url)?db=16")
    #expect(await refusal { try await beyond.ping() } == .error)
  }

  @Test func `a client without a place among the connections gets in when there is one`()
    async throws
  {
    let server = try await RedisServer(options: ["--maxclients", "1"])
    let first = try makeClient(server.url)
    let second = try makeClient(server.url)
    try await first.ping()
    // Redis says why and hangs up. Whether it is heard depends on who is faster; who is slower writes into a
    // broken pipe, whose signal must not end the process.
    for client in try [second] + (0..<20).map({ _ in try makeClient(server.url) }) {
      switch try await client.failure() {
      case .refused(.error, _), .unavailable: break
      case let error: Issue.record("\(String(describing: error))")
      }
    }
    try await first.ping()
    await first.close()
    #expect(try await second.answer() == nil)
  }

  @Test(.enabled(if: hasIPv6, "no IPv6 here"))
  func `an address of IPv6 is reached`() async throws {
    let server = try await RedisServer(options: ["--bind", "127.0.0.1", "-::1"], withPort: true)
    try await makeClient("redis://[::1]:\(try #require(server.port))/1").ping()
  }
}
