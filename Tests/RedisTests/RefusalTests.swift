// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import Redis

/// The errors that a Redis in trouble answers with, each from a real one in that trouble.
@Suite(.timeLimit(.minutes(1))) struct RefusalTests {
  private let value: [UInt8] = [1]

  @Test func `a full Redis refuses what needs memory and still answers`() async throws {
    let server = try await RedisServer(
      options: ["--maxmemory", "1", "--maxmemory-policy", "noeviction"])
    let client = try makeClient(server.url)
    for _ in 0..<2 {
      let code = await refusal {
        try await client.set("key", to: value, expiringAfter: .seconds(60))
      }
      #expect(code == .outOfMemory)
      #expect(try await client.get("key") == nil)
    }
    try await server.command("CONFIG", "SET", "maxmemory", "0")
    #expect(try await client.set("key", to: value, expiringAfter: .seconds(60)))
    #expect(await client.attempt == 1)
  }

  @Test func `a replica refuses to write, and to read once it has lost its master`() async throws {
    let server = try await RedisServer()
    let client = try makeClient(server.url)
    try await client.ping()
    try await server.command("REPLICAOF", "127.0.0.1", "1")
    let write = await refusal {
      try await client.set("key", to: value, expiringAfter: .seconds(60))
    }
    #expect(write == .readOnly)
    #expect(try await client.get("key") == nil)
    try await server.command("CONFIG", "SET", "replica-serve-stale-data", "no")
    #expect(await refusal { _ = try await client.get("key") } == .masterDown)
    try await server.command("REPLICAOF", "NO", "ONE")
    #expect(try await client.set("key", to: value, expiringAfter: .seconds(60)))
    #expect(await client.attempt == 1)
  }

  @Test func `a Redis that reads its data says so until it is done`() async throws {
    let server = try await RedisServer(
      options: [
        "--enable-debug-command", "yes", "--loading-process-events-interval-bytes", "1024",
        "--key-load-delay", "5000",
      ])
    let client = try makeClient(server.url)
    for number in 0..<100 {
      // Random, so that it does not shrink.
      let bytes = (0..<1_024).map { _ in UInt8.random(in: 0...255) }
      try await client.set("\(number)", to: bytes, expiringAfter: .seconds(600))
    }
    async let reload = server.command("DEBUG", "RELOAD")
    guard case .refused(let code, _) = try await client.failure() else {
      throw TestFailure("not refused")
    }
    #expect(code == .loading)
    #expect(try await reload == "OK")
    #expect(try await client.get("1")?.count == 1_024)
    #expect(await client.attempt == 1)
  }

  @Test func `a Redis busy with a script says so until it is killed`() async throws {
    let server = try await RedisServer(options: ["--busy-reply-threshold", "1"])
    let client = try makeClient(server.url)
    try await client.ping()
    async let script = server.command("EVAL", "while true do end", "0")
    guard case .refused(let code, _) = try await client.failure() else {
      throw TestFailure("not refused")
    }
    #expect(code == .busy)
    try await server.command("SCRIPT", "KILL")
    _ = try await script
    #expect(try await client.get("key") == nil)
    #expect(await client.attempt == 1)
  }

  @Test func `a key that holds no text is refused`() async throws {
    let server = try await RedisServer()
    let client = try makeClient(server.url)
    try await server.command("LPUSH", "key", "1")
    #expect(await refusal { _ = try await client.get("key") } == .wrongType)
    #expect(await refusal { _ = try await client.getAndDelete("key") } == .wrongType)
    #expect(try await client.delete("key"))
  }

  @Test func `a command that Redis does not know brings no value into the error`() async throws {
    let server = try await RedisServer(options: ["--rename-command", "SET", ""])
    let client = try makeClient(server.url)
    await #expect(throws: RedisError.refused(.error, message: "unknown command 'SET'")) {
      try await client.set("key", to: Array("hunter2".utf8), expiringAfter: .seconds(60))
    }
    #expect(try await client.get("key") == nil)
  }
}
