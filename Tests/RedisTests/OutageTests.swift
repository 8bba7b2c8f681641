// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import TestSupport
import Testing

@testable import Redis

/// A real Redis that stops, dies and comes back.
@Suite(.timeLimit(.minutes(1))) struct OutageTests {
  private static let limit = Duration.milliseconds(600)
  /// For the limit itself and a busy machine.
  private static let patience = Duration.seconds(3)

  /// A client of a Redis that holds a value, and has answered once.
  private func start(
    _ server: RedisServer, url: String? = nil
  ) async throws -> RedisClient {
    let client = try makeClient(url ?? server.url) {
      $0.command = Self.limit
      $0.connect = Self.limit
    }
    try await client.set("key", to: [1], expiringAfter: .seconds(600))
    return client
  }

  @Test func `a command that a stopped Redis does not answer ends at the limit`() async throws {
    let server = try await RedisServer()
    let client = try await start(server)
    server.pause()
    let start = ContinuousClock.now
    #expect(try await client.failure() == .timedOut)
    let duration = ContinuousClock.now - start
    #expect((Self.limit...Self.patience).contains(duration))
    #expect(await !client.isConnected)
    server.resume()
    #expect(try await client.answer(within: .seconds(2)) == [1])
    #expect(await client.attempt == 2)
  }

  @Test func `as long as Redis is stopped every command ends at the limit at the latest`()
    async throws
  {
    let server = try await RedisServer(withPort: true)
    let port = try #require(server.port)
    for url in [server.url, "redis://127.0.0.1:\(port)", "redis://localhost:\(port)"] {
      let client = try await start(server, url: url)
      server.pause()
      for _ in 0..<3 {
        let start = ContinuousClock.now
        let results = await client.results(Array(repeating: "key", count: 100))
        #expect(ContinuousClock.now - start < Self.patience)
        for case .failure(let error) in results {
          switch error {
          case .timedOut, .unavailable: break
          default: Issue.record("\(error)")
          }
        }
      }
      #expect(try await client.failure() != nil)
      server.resume()
      #expect(try await client.answer(within: .seconds(2)) == [1])
    }
  }

  @Test func `a late answer is never the answer to a later command`() async throws {
    let server = try await RedisServer()
    let client = try await start(server)
    try await client.set("late", to: [2], expiringAfter: .seconds(600))
    server.pause()
    try await client.ask("late") { $0 == .failure(.timedOut) }
    server.resume()
    for _ in 0..<100 { #expect(try await client.answer("key") == [1]) }
  }

  @Test(arguments: [false, true])
  func `commands under way when Redis dies end at once`(overTCP: Bool) async throws {
    let server = try await RedisServer(withPort: true)
    let url = overTCP ? "redis://127.0.0.1:\(try #require(server.port))" : server.url
    let client = try makeClient(url)
    try await client.ping()
    server.pause()
    let tasks = (0..<50).map { _ in Task { await client.result() } }
    // Some may have been answered before Redis stopped.
    while await client.pendingCount == 0 { await TestLoop.pause(.milliseconds(1)) }
    let start = ContinuousClock.now
    try await server.kill()
    var failures = 0
    for task in tasks {
      switch await task.value {
      case .success: break
      case .failure(.unavailable): failures += 1
      case .failure(let error): Issue.record("\(error)")
      }
    }
    #expect(failures > 0)
    #expect(ContinuousClock.now - start < .seconds(5))
    #expect(await !client.isConnected)
  }

  @Test(arguments: [false, true])
  func `a Redis that was killed and started again answers within two seconds`(
    overTCP: Bool
  ) async throws {
    let server = try await RedisServer(withPort: true)
    let url = overTCP ? "redis://localhost:\(try #require(server.port))" : server.url
    let client = try await start(server, url: url)
    try await server.kill()
    // As long as the pauses between attempts become.
    while await client.state.failures < 6 {
      guard case .unavailable = try await client.failure() else {
        throw TestFailure("not unavailable")
      }
      await TestLoop.pause(.milliseconds(5))
    }
    try await server.start()
    let start = ContinuousClock.now
    #expect(try await client.answer(within: .seconds(2)) == nil)
    #expect(ContinuousClock.now - start < .seconds(2))
    #expect(await client.state.failures == 0)
  }

  @Test func `a short restart costs at most the commands under way`() async throws {
    let server = try await RedisServer()
    let client = try await start(server)
    for _ in 0..<5 {
      try await server.stop()
      try await server.start()
      // The loss was noticed in silence, so the next command connects anew.
      try await client.ask { _ in true }
      #expect(try await client.get("key") == nil)
    }
  }

  @Test func `while there is no Redis a command fails at once with the reason`() async throws {
    let port = try FreePort.find()
    let gone = try makeClient("redis://127.0.0.1:\(port)")
    let absent = try makeClient("redis+unix:///nowhere/redis.sock")
    let nameless = try makeClient("redis://nobody.invalid")
    for (client, reason) in [
      (gone, "Connection refused"), (absent, "No such file or directory"),
      (nameless, "nobody.invalid: "),
    ] {
      for _ in 0..<3 {
        guard case .unavailable(let text) = try await client.failure() else {
          throw TestFailure("not unavailable")
        }
        #expect(text.contains(reason))
      }
    }
  }
}
