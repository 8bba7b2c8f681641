// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Redis

/// Does to Redis, with a key of its own, everything that sign-in and sessions do.
struct RedisCheck {
  let redis: RedisClient

  /// Among the keys that rules for the service's user allow; no ticket has such a name, and it goes within a minute.
  private static let key =
    "login:check-" + String(UInt64.random(in: .min ... .max), radix: 16)
  private static let life: Duration = .seconds(60)

  func look() async -> Finding {
    let start = ContinuousClock.now
    for (name, step) in steps {
      do throws(RedisError) {
        guard try await step() else {
          return .failure(
            "redis", "\(redis.address): \(name) did not give back what was written",
            do: "see that no other program and no eviction removes keys of this database")
        }
      } catch {
        return finding(error, at: name)
      }
    }
    let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
    return .ok(
      "redis",
      "\(redis.address) writes, reads and deletes, \(Int(milliseconds.rounded(.up))) ms for \(steps.count) commands"
    )
  }

  private typealias Step = (name: String, run: () async throws(RedisError) -> Bool)

  private var steps: [Step] {
    let (redis, key, life) = (redis, Self.key, Self.life)
    let value = Array("check".utf8)
    return [
      (
        "PING",
        { () async throws(RedisError) in
          try await redis.ping()
          return true
        }
      ),
      (
        "SET",
        { () async throws(RedisError) in
          try await redis.set(key, to: value, expiringAfter: life)
        }
      ),
      ("GET", { () async throws(RedisError) in try await redis.get(key) == value }),
      (
        "SET",
        { () async throws(RedisError) in
          try await redis.setIfPresent(key, to: value, expiringAfter: life)
        }
      ),
      ("GETDEL", { () async throws(RedisError) in try await redis.getAndDelete(key) == value }),
      (
        "SET",
        { () async throws(RedisError) in
          try await redis.set(key, to: value, expiringAfter: life)
        }
      ),
      ("DEL", { () async throws(RedisError) in try await redis.delete(key) }),
    ]
  }

  private func finding(_ error: RedisError, at command: String) -> Finding {
    .failure(
      "redis", "\(redis.address): \(Self.text(of: error, at: command))", do: Self.advice(error))
  }

  static func text(of error: RedisError, at command: String) -> String {
    switch error {
    case .unavailable(let reason): reason
    case .timedOut: "no answer to \(command) within the limit"
    case .refused(let code, let message): "\(command) is refused: \(code) \(message)"
    case .unexpectedReply(let reason): "the answer to \(command) is \(reason)"
    case .overloaded, .cancelled, .closed: "\(command): \(error)"
    }
  }

  static func advice(_ error: RedisError) -> String {
    switch error {
    case .unavailable: "start Redis there, or let REDIS_URL name where it is"
    case .timedOut, .overloaded, .cancelled, .closed:
      "see what keeps Redis busy, or what stands between it and this machine"
    case .unexpectedReply: "let REDIS_URL name a Redis; something else answers there"
    case .refused(.noAuthentication, _), .refused(.wrongPassword, _):
      "put user and password into REDIS_URL"
    case .refused(.noPermission, _):
      "allow the user this command and the keys session:* and login:* (ACL SETUSER)"
    case .refused(.readOnly, _): "let REDIS_URL name the master, this is a replica"
    case .refused(.outOfMemory, _): "give Redis more memory (maxmemory)"
    case .refused(.misconfigured, _): "give Redis room on its disk, see its log"
    case .refused(.loading, _), .refused(.busy, _), .refused(.masterDown, _):
      "wait until Redis is ready, and check again"
    case .refused: "see Redis' log; the service needs version 6.2 or newer"
    }
  }
}
