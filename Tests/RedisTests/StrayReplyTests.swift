// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import Redis

/// Replies that belong to no command, and what is at the edge of the limits.
@Suite(.timeLimit(.minutes(1))) struct StrayReplyTests {
  private static let get = "*2\r\n$3\r\nGET\r\n$3\r\nkey\r\n"
  private static let ping = "*1\r\n$4\r\nPING\r\n"

  @Test(arguments: ["$1\r\nb\r\n", "-ERR stray\r\n", "+OK\r\n", "x", "*1000\r\n", "$"])
  func `a reply that follows the last one ends the connection`(stray: String) async throws {
    let fake = try FakeRedis {
      $0 == 0 ? .afterHandshake("$1\r\na\r\n\(stray)") : .afterHandshake("$1\r\nc\r\n")
    }
    let client = try makeClient(fake.url)
    #expect(try await client.get("key") == Array("a".utf8))
    await fake.wait(for: .disconnected(0))
    #expect(try await client.get("key") == Array("c".utf8))
  }

  @Test func `a reply that nobody asked for ends a silent connection`() async throws {
    let fake = try FakeRedis { number in
      number == 0
        ? .init(["", "+OK\r\n", "+PONG\r\n"].map { Array($0.utf8) }, trickle: Array("+x\r\n".utf8))
        : .afterHandshake("$1\r\nc\r\n")
    }
    let client = try makeClient(fake.url)
    try await client.ping()
    await fake.wait(for: .disconnected(0))
    #expect(try await client.answer() == Array("c".utf8))
  }

  @Test func `a reply of the wrong kind is the end for the commands behind it`() async throws {
    let fake = try FakeRedis {
      $0 == 0 ? .afterHandshake(":1\r\n$1\r\na\r\n$1\r\nb\r\n") : .afterHandshake("$1\r\nc\r\n")
    }
    let client = try makeClient(fake.url)
    let results = await client.results(["key", "key", "key"])
    for result in results {
      guard case .failure(.unexpectedReply) = result else {
        Issue.record("\(result)")
        continue
      }
    }
    #expect(try await client.answer() == Array("c".utf8))
  }

  @Test func `what was answered before the connection broke is an answer`() async throws {
    let fake = try FakeRedis { _ in .afterHandshake("$1\r\na\r\n-OOM full\r\n", hangsUp: true) }
    let client = try makeClient(fake.url)
    let results = await client.results(["key", "key", "key"])
    #expect(results[0] == .success(Array("a".utf8)))
    #expect(results[1] == .failure(.refused(.outOfMemory, message: "full")))
    guard case .failure(.unavailable) = results[2] else {
      Issue.record("\(results[2])")
      return
    }
  }

  @Test func `a reply as large as the limit is taken in pieces, too`() async throws {
    let fake = try FakeRedis { _ in .afterHandshake("$10\r\n0123456789", "\r\n+PONG\r\n") }
    let client = try makeClient(fake.url) { $0.replyBytes = 10 }
    let value = Task { await client.result() }
    await fake.wait(for: .received(0, Self.get))
    try await client.ping()
    #expect(await value.value == .success(Array("0123456789".utf8)))
  }

  @Test func `a silent connection is asked for a sign of life, and left without one`()
    async throws
  {
    let fake = try FakeRedis { _ in .afterHandshake("+PONG\r\n", "+PONG\r\n") }
    let client = try makeClient(fake.url) {
      $0.silence = .milliseconds(20)
      $0.command = .milliseconds(500)
    }
    try await client.ping()
    for _ in 0..<3 { await fake.wait(for: .received(0, Self.ping)) }
    await fake.wait(for: .disconnected(0))
    #expect(await !client.isConnected)
    #expect(await client.attempt == 1)
  }
}
