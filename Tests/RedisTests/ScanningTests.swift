// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import Redis

/// A walk over all keys, and the beginnings of values.
struct ScanningTests {
  @Test func `every key that matches comes, in steps`() async throws {
    let server = try await RedisServer()
    let client = try makeClient(server.url)
    let keys = Set((0..<1_500).map { "session:\($0)" })
    for key in keys { try await client.set(key, to: [1], expiringAfter: .seconds(600)) }
    try await client.set("other", to: [1], expiringAfter: .seconds(600))
    var seen: Set<String> = []
    var steps = 0
    var cursor: String?
    repeat {
      let page = try await client.scan(from: cursor, matching: "session:*", count: 100)
      seen.formUnion(page.keys)
      steps += 1
      cursor = page.next
    } while cursor != nil
    #expect(seen == keys && steps > 5)
    try await server.stop()
  }

  @Test func `the beginning of a value is as long as asked, or as there is`() async throws {
    let server = try await RedisServer()
    let client = try makeClient(server.url)
    try await client.set("key", to: Array("abcdef".utf8), expiringAfter: .seconds(60))
    #expect(try await client.beginning(of: "key", bytes: 4) == Array("abcd".utf8))
    #expect(try await client.beginning(of: "key", bytes: 40) == Array("abcdef".utf8))
    #expect(try await client.beginning(of: "absent", bytes: 4).isEmpty)
    try await server.stop()
  }

  @Test(arguments: [
    "*1\r\n$1\r\n0\r\n", "*3\r\n$1\r\n0\r\n*0\r\n*0\r\n", "*2\r\n*0\r\n$1\r\n0\r\n", "+OK\r\n",
    "*2\r\n:0\r\n*0\r\n", ":7\r\n",
  ])
  func `what is no page of a scan is an error`(reply: String) async throws {
    let server = try FakeRedis { _ in .afterHandshake(reply) }
    let client = try makeClient(server.url)
    let error = await #expect(throws: RedisError.self) {
      try await client.scan(matching: "*", count: 1)
    }
    guard case .unexpectedReply = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
