// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import TestSupport
import Testing

@testable import Redis

/// A client of its own, patient enough for a busy machine unless told otherwise.
func makeClient(
  _ url: String, tls: RedisTLS = RedisTLS(),
  _ change: (inout RedisClient.Limits) -> Void = { _ in }
) throws -> RedisClient {
  var limits = RedisClient.Limits()
  limits.connect = .seconds(10)
  limits.command = .seconds(10)
  limits.silence = .seconds(60)
  change(&limits)
  return RedisClient(
    loop: TestLoop.shared, address: try RedisAddress(parsing: url), tls: tls, limits: limits)
}

extension RedisClient {
  var isConnected: Bool { connection != nil }
  var pendingCount: Int { connection?.pendingCount ?? 0 }

  func result(_ key: String = "key") async -> Result<[UInt8]?, RedisError> {
    do throws(RedisError) {
      return .success(try await get(key))
    } catch {
      return .failure(error)
    }
  }

  /// Asks many times within one turn of the loop, and returns the results in that order.
  func results(_ keys: [String]) async -> [Result<[UInt8]?, RedisError>] {
    let tasks = keys.map { key in Task.immediate { await self.result(key) } }
    var results: [Result<[UInt8]?, RedisError>] = []
    for task in tasks { results.append(await task.value) }
    return results
  }

  /// Asks until the answer is one that is looked for, and returns it. Nothing tells when the pause between two
  /// attempts to connect has ended, or when a server has changed its mind.
  @discardableResult
  func ask(
    _ key: String = "key", within limit: Duration = .seconds(5),
    until isFound: (Result<[UInt8]?, RedisError>) -> Bool
  ) async throws -> Result<[UInt8]?, RedisError> {
    let start = ContinuousClock.now
    while true {
      let result = await result(key)
      if isFound(result) { return result }
      guard ContinuousClock.now - start < limit else {
        throw TestFailure("not within \(limit), but at last \(result)")
      }
      await TestLoop.pause(.milliseconds(5))
    }
  }

  /// Asks until there is an answer, and returns it.
  func answer(_ key: String = "key", within limit: Duration = .seconds(5)) async throws -> [UInt8]?
  {
    try await ask(key, within: limit) { if case .success = $0 { true } else { false } }.get()
  }

  /// Asks until there is none, and returns why.
  func failure(within limit: Duration = .seconds(5)) async throws -> RedisError? {
    let result = try await ask(within: limit) { if case .failure = $0 { true } else { false } }
    guard case .failure(let error) = result else { return nil }
    return error
  }
}

/// The code of the error reply that a command has to fail with.
func refusal(
  isolation: isolated (any Actor)? = #isolation, of command: () async throws -> Void
) async -> RedisError.Code? {
  let error = await #expect(throws: RedisError.self) { try await command() }
  guard case .refused(let code, _) = error else {
    Issue.record("not refused, but \(String(describing: error))")
    return nil
  }
  return code
}
