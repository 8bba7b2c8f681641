// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import Redis

/// Each command against a real Redis.
@Suite(.timeLimit(.minutes(1))) struct RedisClientTests {
  private let value = Array("value".utf8)
  private let server: RedisServer
  private let client: RedisClient

  init() async throws {
    server = try await RedisServer()
    client = try makeClient(server.url)
  }

  private func remaining(_ key: String = "key") async throws -> Int {
    try #require(Int(try await server.command("PTTL", key)))
  }

  @Test func `a value is stored together with its limit, and read`() async throws {
    #expect(try await client.set("key", to: value, expiringAfter: .seconds(60)))
    #expect(try await client.get("key") == value)
    #expect(try await server.command("GET", "key") == "value")
    #expect((1...60_000).contains(try await remaining()))
  }

  @Test func `what is absent is nil or false, and no error`() async throws {
    #expect(try await client.get("key") == nil)
    #expect(try await client.get("key", extendingTo: .seconds(60)) == nil)
    #expect(try await client.getAndDelete("key") == nil)
    #expect(try await client.setIfPresent("key", to: value, expiringAfter: .seconds(60)) == false)
    #expect(try await client.extend("key", to: .seconds(60)) == false)
    #expect(try await client.delete("key") == false)
    #expect(try await server.command("DBSIZE") == "0")
  }

  @Test(arguments: [
    [], [0], Array(0...255), Array("\r\n$5\r\nhello\r\n*1\r\n".utf8), [0xff, 0xfe, 0x80],
    [UInt8](repeating: 0, count: 1_000_000),
  ])
  func `a value comes back byte for byte`(bytes: [UInt8]) async throws {
    try await client.set("key", to: bytes, expiringAfter: .seconds(60))
    #expect(try await client.get("key") == bytes)
    #expect(try await server.command("STRLEN", "key") == "\(bytes.count)")
    #expect(try await client.getAndDelete("key") == bytes)
  }

  @Test(arguments: ["", " ", "ключ", "a\r\nSET b 1\r\n", "a\0b", "$-1\r\n", "subscribe"])
  func `a key may be any text and is never a command`(key: String) async throws {
    try await client.set(key, to: value, expiringAfter: .seconds(60))
    #expect(try await client.get(key) == value)
    #expect(try await client.extend(key, to: .seconds(60)))
    #expect(try await server.command("DBSIZE") == "1")
    #expect(try await client.delete(key))
    #expect(try await server.command("DBSIZE") == "0")
  }

  @Test func `reading can give a value more time`() async throws {
    try await client.set("key", to: value, expiringAfter: .seconds(60))
    #expect(try await client.get("key", extendingTo: .seconds(600)) == value)
    #expect((60_001...600_000).contains(try await remaining()))
  }

  @Test func `of many that take a value one gets it`() async throws {
    try await client.set("key", to: value, expiringAfter: .seconds(60))
    let taken = await withTaskGroup { group in
      for _ in 0..<20 { group.addTask { try? await client.getAndDelete("key") } }
      return await group.reduce(into: []) { $0 += $1.map { [$0] } ?? [] }
    }
    #expect(taken == [value])
  }

  @Test func `a value that is there stays where only an absent one may be stored`() async throws {
    let other = Array("other".utf8)
    #expect(
      try await client.set("key", to: value, expiringAfter: .seconds(60), onlyIfAbsent: true))
    #expect(
      try await client.set("key", to: other, expiringAfter: .seconds(600), onlyIfAbsent: true)
        == false)
    #expect(try await client.get("key") == value)
    #expect((1...60_000).contains(try await remaining()))
  }

  @Test func `a value that is there is replaced and has a new limit`() async throws {
    let other = Array("other".utf8)
    try await client.set("key", to: value, expiringAfter: .seconds(60))
    #expect(try await client.setIfPresent("key", to: other, expiringAfter: .seconds(600)))
    #expect(try await client.get("key") == other)
    #expect((60_001...600_000).contains(try await remaining()))
  }

  @Test func `a key can be given more time, and be deleted once`() async throws {
    try await client.set("key", to: value, expiringAfter: .seconds(60))
    #expect(try await client.extend("key", to: .milliseconds(99_001)))
    #expect((60_001...100_000).contains(try await remaining()))
    #expect(try await client.delete("key"))
    #expect(try await client.delete("key") == false)
  }

  @Test func `no time at all is a millisecond, and then the value is gone`() async throws {
    #expect(try await client.set("key", to: value, expiringAfter: .seconds(-1)))
    try await client.ask { $0 == .success(nil) }
  }

  @Test func `Redis answers a ping, on a connection with our name`() async throws {
    try await client.ping()
    #expect(try await server.command("CLIENT", "LIST").contains(" name=dropbox-gallery "))
  }

  @Test func `a command larger than the limit is not sent`() async throws {
    let client = try makeClient(server.url) { $0.commandBytes = 100 }
    let options = "SETkeyPX60000".utf8.count
    let largest = [UInt8](repeating: 7, count: 100 - options)
    try await client.set("key", to: largest, expiringAfter: .seconds(60))
    await #expect(throws: RedisError.overloaded) {
      try await client.set("key", to: largest + [7], expiringAfter: .seconds(60))
    }
    #expect(try await client.get("key") == largest)
  }
}
