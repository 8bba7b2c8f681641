// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import Redis

/// Real sentinels, and real masters that die.
@Suite(.timeLimit(.minutes(2)), .serialized) struct SentinelTests {
  /// What many callers have seen who asked all the time for keys that are there.
  private struct Seen {
    var answers = 0
    var failures = 0
    /// Answers that were not the value.
    var wrong: [String] = []
    /// The longest time in which none of a caller's questions was answered.
    var longestGap: Duration = .zero
  }

  /// Asks for a key over and over until `isOver`, which is asked after each answer.
  private static func seek(
    _ key: String, at client: RedisClient, until isOver: (Seen) -> Bool
  ) async throws -> Seen {
    var seen = Seen()
    var last = ContinuousClock.now
    while !isOver(seen) {
      switch await client.result(key) {
      case .success(let value):
        if value != Array(key.utf8) { seen.wrong.append("\(key): \(String(describing: value))") }
        seen.answers += 1
        seen.longestGap = max(seen.longestGap, ContinuousClock.now - last)
        last = .now
      case .failure:
        seen.failures += 1
        guard ContinuousClock.now - last < .seconds(30) else { throw TestFailure("no answer") }
      }
      await TestLoop.pause(.milliseconds(5))
    }
    return seen
  }

  @Test func `when the master dies under load every session is there at the next one`()
    async throws
  {
    let group = try await SentinelGroup.start()
    let client = try makeClient(group.url) {
      $0.connect = .seconds(1)
      $0.command = .seconds(1)
    }
    let keys = (0..<50).map { "session \($0)" }
    for key in keys { try await client.set(key, to: Array(key.utf8), expiringAfter: .seconds(600)) }
    try await group.waitUntilReplicaHolds(keys.count)
    let seen = try await withThrowingTaskGroup(of: Seen.self) { tasks in
      for key in keys {
        tasks.addTask {
          try await Self.seek(key, at: client) { $0.failures > 0 && $0.answers > 100 }
        }
      }
      try await group.master.kill()
      return try await tasks.reduce(into: []) { $0.append($1) }
    }
    #expect(seen.flatMap(\.wrong) == [])
    let gap = try #require(seen.map(\.longestGap).max())
    // Two seconds to be taken for dead, the vote, the appointment; and at most a second between our attempts. A vote that
    // nobody won is repeated after ten.
    #expect(gap < .seconds(25))
    #expect(try await client.set("new", to: [1], expiringAfter: .seconds(60)))
    #expect(try await group.replica.command("EXISTS", "new") == "1")
    try await group.stop()
  }

  @Test func `a master that was demoted is left for the new one at the first refusal`()
    async throws
  {
    let old = try await RedisServer(withPort: true)
    let new = try await RedisServer(withPort: true)
    let ports = try [old, new].map { "\(try #require($0.port))" }
    let sentinel = try FakeRedis { number in
      .init([[], Self.place("127.0.0.1", ports[min(number, 1)])])
    }
    let client = try makeClient("redis+sentinel://127.0.0.1:\(sentinel.port)/any")
    try await client.set("key", to: [1], expiringAfter: .seconds(600))
    // Nobody hangs up, as where the sentinels do not reach the old master.
    try await old.command("REPLICAOF", "127.0.0.1", ports[1])
    #expect(
      await refusal { try await client.set("key", to: [2], expiringAfter: .seconds(60)) }
        == .readOnly)
    try await client.set("key", to: [3], expiringAfter: .seconds(60))
    #expect(try await new.command("EXISTS", "key") == "1")
    #expect(await client.attempt == 2)
  }

  private static func place(_ host: String, _ port: String) -> [UInt8] {
    Array("*2\r\n$\(host.count)\r\n\(host)\r\n$\(port.count)\r\n\(port)\r\n".utf8)
  }

  @Test func `sentinels that are gone, or know nothing, are passed over`() async throws {
    let group = try await SentinelGroup.start(sentinels: 1, password: "watch:ful")
    let signIn = "&sentinel_password=watch%3Aful"
    let silent = try FakeRedis { _ in .init([]) }
    let liar = try FakeRedis { _ in .init([[], Array("*2\r\n$1\r\n \r\n$1\r\n0\r\n".utf8)]) }
    let ports = [silent.port, liar.port, try FreePort.find(), group.ports[0]]
    let client = try makeClient(group.url(ports: ports) + "?db=2" + signIn)
    try await client.set("key", to: [1], expiringAfter: .seconds(60))
    #expect(try await group.master.command("-n", "2", "EXISTS", "key") == "1")
    #expect(await client.attempt == 1)
    // The one that knew is asked first the next time.
    #expect(await client.sentinels.first?.port == group.ports[0])

    for (url, words) in [
      (group.url(ports: ports) + "?sentinel_password=hunter2", "WRONGPASS"),
      (group.url(ports: ports), "NOAUTH"),
      (group.url(ports: group.ports, master: "nobody") + "?db=0" + signIn, "knows no master"),
    ] {
      guard case .unavailable(let text) = try await makeClient(url).failure() else {
        throw TestFailure("not unavailable")
      }
      #expect(text.contains(words), "\(text)")
      #expect(!text.contains("hunter2") && !text.contains("watch"))
    }
    try await group.stop()
  }

  @Test func `a replica that a sentinel takes for the master is not used`() async throws {
    let server = try await RedisServer(
      options: ["--replicaof", "127.0.0.1 1"], withPort: true)
    let port = "\(try #require(server.port))"
    let sentinel = try FakeRedis { _ in
      .init([[], Self.place("127.0.0.1", port)])
    }
    let client = try makeClient("redis+sentinel://127.0.0.1:\(sentinel.port)/any")
    #expect(
      try await client.failure()
        == .unavailable("what the sentinels call the master is a replica"))
  }

  @Test(arguments: [
    "+OK\r\n", ":1\r\n", "*0\r\n", "*1\r\n$1\r\na\r\n", "*3\r\n$1\r\na\r\n$1\r\n1\r\n$1\r\n1\r\n",
    "*2\r\n$1\r\na\r\n$5\r\n65536\r\n", "*2\r\n$1\r\na\r\n:1\r\n", "*2\r\n$-1\r\n$-1\r\n",
    "*2\r\n$0\r\n\r\n$1\r\n1\r\n", "*2\r\n$3\r\na\nb\r\n$1\r\n1\r\n", "hello\r\n",
    "$5000\r\n\(String(repeating: "x", count: 5_000))\r\n", "*2000\r\n",
  ])
  func `what a sentinel says is taken only where it is a place`(answer: String) async throws {
    let sentinel = try FakeRedis { _ in .init([[], Array(answer.utf8)]) }
    let client = try makeClient("redis+sentinel://127.0.0.1:\(sentinel.port)/any")
    guard case .unavailable(let text) = try await client.failure() else {
      throw TestFailure("not unavailable")
    }
    #expect(
      text.hasPrefix("no sentinel says where the master any is: 127.0.0.1:\(sentinel.port): "))
  }
}
