// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import Redis

/// Many commands on one connection.
@Suite(.timeLimit(.minutes(1))) struct PipeliningTests {
  @Test func `commands of one turn leave in one write and are answered in order`() async throws {
    let server = try await RedisServer()
    let client = try makeClient(server.url)
    let keys = (0..<500).map { "key \($0)" }
    for key in keys {
      try await client.set(key, to: Array(key.utf8), expiringAfter: .seconds(600))
    }
    let reads = try await server.statistic("total_reads_processed")
    let results = await client.results(keys)
    let newReads = try await server.statistic("total_reads_processed") - reads
    #expect(results == keys.map { .success(Array($0.utf8)) })
    // One write of 18 kB, which Redis reads 16 kB at a time, and what redis-cli asks.
    #expect(newReads <= 6)
    #expect(await client.attempt == 1)
  }

  @Test func `commands that waited for the connection leave in one write, too`() async throws {
    let server = try await RedisServer()
    let client = try makeClient(server.url)
    let reads = try await server.statistic("total_reads_processed")
    let results = await client.results(Array(repeating: "key", count: 500))
    let newReads = try await server.statistic("total_reads_processed") - reads
    #expect(results == Array(repeating: .success(nil), count: 500))
    #expect(newReads <= 6)
    #expect(await client.attempt == 1)
  }

  @Test func `many tasks share one connection and each gets its own answer`() async throws {
    let server = try await RedisServer(withPort: true)
    let client = try makeClient("redis://127.0.0.1:\(try #require(server.port))")
    let wrong = try await withThrowingTaskGroup { group in
      for number in 0..<200 {
        let value = [UInt8](repeating: UInt8(number), count: number * 100)
        group.addTask {
          try await client.set("\(number)", to: value, expiringAfter: .seconds(60))
          let read = try await client.get("\(number)")
          let taken = try await client.getAndDelete("\(number)")
          let absent = try await client.get("\(number)")
          return read == value && taken == value && absent == nil ? 0 : 1
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(wrong == 0)
    #expect(await client.attempt == 1)
  }

  @Test func `more commands than may wait are refused, and the others answered`() async throws {
    let server = try await RedisServer()
    let client = try makeClient(server.url) { $0.pendingCommands = 10 }
    // At first they wait for the connection, where the name we give ourselves takes a place; then for answers.
    for answered in [9, 10] {
      let results = await client.results(Array(repeating: "key", count: 15))
      let expected: [Result<[UInt8]?, RedisError>] =
        Array(repeating: .success(nil), count: answered)
        + Array(repeating: .failure(.overloaded), count: 15 - answered)
      #expect(results == expected)
    }
  }
}
