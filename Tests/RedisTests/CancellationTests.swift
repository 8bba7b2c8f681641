// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import Redis

/// Callers that leave, and clients that are closed, while Redis has not answered.
@Suite(.timeLimit(.minutes(1))) struct CancellationTests {
  private static let get = "*2\r\n$3\r\nGET\r\n$3\r\nkey\r\n"

  @Test func `a task cancelled before it asks sends nothing`() async throws {
    let server = try await RedisServer()
    let client = try makeClient(server.url)
    let task = Task {
      unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
      return await client.result()
    }
    #expect(await task.value == .failure(.cancelled))
    #expect(await client.attempt == 0)
    try await client.ping()
  }

  @Test func `a cancelled task ends at once, and its answer is nobody else's`() async throws {
    let fake = try FakeRedis { _ in .afterHandshake("", "$4\r\nlate\r\n$4\r\nnext\r\n") }
    let client = try makeClient(fake.url)
    let task = Task { await client.result() }
    await fake.wait(for: .received(0, Self.get))
    let start = ContinuousClock.now
    task.cancel()
    #expect(await task.value == .failure(.cancelled))
    #expect(ContinuousClock.now - start < .seconds(2))
    #expect(try await client.get("other") == Array("next".utf8))
    #expect(await client.attempt == 1)
  }

  @Test func `a task cancelled while it waits for the connection is not sent`() async throws {
    let fake = try FakeRedis { _ in .init([]) }
    let client = try makeClient(fake.url)
    let task = Task { await client.result() }
    await fake.wait(
      for: .received(0, "*3\r\n$6\r\nCLIENT\r\n$7\r\nSETNAME\r\n$15\r\ndropbox-gallery\r\n"))
    let start = ContinuousClock.now
    task.cancel()
    #expect(await task.value == .failure(.cancelled))
    #expect(ContinuousClock.now - start < .seconds(2))
    await client.close()
    await fake.wait(for: .disconnected(0))
  }

  @Test func `many tasks cancelled at any moment leave a client that works`() async throws {
    let server = try await RedisServer()
    let client = try makeClient(server.url)
    try await client.set("key", to: [1], expiringAfter: .seconds(60))
    for round in 0..<20 {
      let tasks = (0..<50).map { _ in Task { await client.result() } }
      for (number, task) in tasks.enumerated() where number % (round + 1) == 0 { task.cancel() }
      for task in tasks {
        let result = await task.value
        #expect(result == .success([1]) || result == .failure(.cancelled))
      }
    }
    #expect(try await client.get("key") == [1])
    #expect(await client.attempt == 1)
  }

  @Test func `closing ends the commands under way and every later one`() async throws {
    let fake = try FakeRedis { _ in .afterHandshake("") }
    let client = try makeClient(fake.url)
    let task = Task { await client.results(Array(repeating: "key", count: 20)) }
    while await client.pendingCount < 20 { await TestLoop.pause(.milliseconds(1)) }
    await client.close()
    #expect(await task.value == Array(repeating: .failure(.closed), count: 20))
    await fake.wait(for: .disconnected(0))
    #expect(await client.result() == .failure(.closed))
    await client.close()
    await #expect(throws: RedisError.closed) { try await client.ping() }
  }

  @Test func `closing ends the commands that wait for a connection`() async throws {
    let fake = try FakeRedis { _ in .init([]) }
    let client = try makeClient(fake.url)
    let task = Task { await client.results(Array(repeating: "key", count: 20)) }
    await fake.wait(for: .connected(0))
    await client.close()
    #expect(await task.value == Array(repeating: .failure(.closed), count: 20))
    await fake.wait(for: .disconnected(0))
  }

  @Test func `a client that nobody holds any more hangs up`() async throws {
    let fake = try FakeRedis { _ in .afterHandshake("+PONG\r\n") }
    try await makeClient(fake.url).ping()
    await fake.wait(for: .disconnected(0))
  }
}
