// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import Redis

/// Whatever a server can send that no Redis sends: an error with its type, and then a client that works.
@Suite(.timeLimit(.minutes(1))) struct HostileServerTests {
  /// What a command fails with.
  enum Failure: Sendable {
    case unavailable, unexpectedReply, timedOut

    func matches(_ error: RedisError) -> Bool {
      switch (self, error) {
      case (.unavailable, .unavailable), (.unexpectedReply, .unexpectedReply),
        (.timedOut, .timedOut):
        true
      default: false
      }
    }
  }

  /// Asks a server that answers the first connection with the script, and all others well.
  private func expect(
    _ failure: Failure, from script: FakeRedis.Script, limit: Duration = .seconds(10),
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let fake = try FakeRedis { $0 == 0 ? script : .afterHandshake("$4\r\nwell\r\n") }
    let client = try makeClient(fake.url) {
      $0.command = limit
      $0.connect = limit
      $0.replyBytes = 100_000
    }
    let result = await client.result()
    guard case .failure(let error) = result, failure.matches(error) else {
      Issue.record("\(result)", sourceLocation: sourceLocation)
      return
    }
    #expect(try await client.answer() == Array("well".utf8), sourceLocation: sourceLocation)
  }

  private static let nonsense: [String] = [
    "hello\r\n", "\r\n", "\0\0\0\0", "HTTP/1.1 400 Bad Request\r\n\r\n", "\u{15}\u{3}\u{3}\0\u{2}",
    "%1\r\n", "_\r\n", "#t\r\n", ",1.5\r\n", "(1\r\n", "=5\r\ntxt:x\r\n", "~1\r\n", ">1\r\n",
    "$x\r\n", "$\r\n", "$-2\r\n", "$+1\r\n", "$01\r\n", "$ 1\r\n", "$1 \r\n", "$0x1\r\n",
    "$-9223372036854775808\r\n", "$9223372036854775808\r\n", "$99999999999999999999999\r\n",
    ":x\r\n", ":\r\n", ":-\r\n", ":1.5\r\n", ":9223372036854775808\r\n",
    "*x\r\n", "*\r\n", "*-2\r\n", "*2147483648\r\n", "*9223372036854775807\r\n",
    "*2147483647\r\n", "*1025\r\n", "*1024\r\n*1\r\n", "*1\r\n$x\r\n", "*2\r\n:1\r\nhello\r\n",
    "*1\r\n*2\r\n$1\r\na\r\n*99999\r\n",
    String(repeating: "*1\r\n", count: 8) + "$1\r\na\r\n",
    String(repeating: "*1\r\n", count: 10_000),
  ]

  @Test(arguments: nonsense)
  func `what is no reply ends the connection`(bytes: String) async throws {
    try await expect(.unexpectedReply, from: .afterHandshake(bytes))
  }

  @Test(arguments: [
    "+OK\r\n", "+\r\n", ":1\r\n", ":-9223372036854775808\r\n", "*0\r\n",
    "*1\r\n$1\r\na\r\n", "*2\r\n$-1\r\n*-1\r\n", "*3\r\n:1\r\n+a\r\n-ERR no\r\n",
    String(repeating: "*1\r\n", count: 7) + "$1\r\na\r\n",
  ])
  func `a reply that the command cannot have ends the connection`(bytes: String) async throws {
    try await expect(.unexpectedReply, from: .afterHandshake(bytes))
  }

  @Test(arguments: [
    "$100001\r\n\(String(repeating: "x", count: 100_001))\r\n",
    "+\(String(repeating: "x", count: 100_001))\r\n",
    "-\(String(repeating: "x", count: 100_001))\r\n",
    "*2\r\n$99999\r\n\(String(repeating: "x", count: 99_999))\r\n$2\r\nxx\r\n",
    // Without an end, as soon as it has become too much.
    "$2000000\r\n\(String(repeating: "x", count: 200_000))", String(repeating: "$", count: 200_000),
    "$9223372036854775807\r\n\(String(repeating: "x", count: 200_000))",
    "+\(String(repeating: "x", count: 200_000))", ":\(String(repeating: "1", count: 200_000))",
    "*1\r\n$\(String(repeating: "1", count: 200_000))",
  ])
  func `a reply larger than the limit ends the connection`(bytes: String) async throws {
    try await expect(.unexpectedReply, from: .afterHandshake(bytes))
  }

  @Test(arguments: [
    "$9223372036854775807\r\n", "$99999\r\nx", "*3\r\n$1\r\na\r\n", "$1\r\na", "+OK", "-ERR", ":1",
    "*1\r", "$", "*1000\r\n", "$3\r\na\r\n",
  ])
  func `a reply without an end is waited for until the limit`(bytes: String) async throws {
    try await expect(.timedOut, from: .afterHandshake(bytes), limit: .milliseconds(200))
  }

  @Test(arguments: ["", "$", "$5", "$5\r", "$5\r\n", "$5\r\nhel", "$5\r\nhello\r", "*1\r\n", "+O"])
  func `a server that hangs up in the middle is unavailable`(bytes: String) async throws {
    try await expect(.unavailable, from: .afterHandshake(bytes, hangsUp: true))
  }

  @Test(arguments: [
    (FakeRedis.Script([[]], hangsUp: true), Failure.unavailable),
    (.init([[], []], hangsUp: true), .unavailable),
    (.init([[], Array("+OK".utf8)], hangsUp: true), .unavailable),
    (.init([[], Array("+NO\r\n".utf8)]), .unexpectedReply),
    (.init([[], Array("$2\r\nOK\r\n".utf8)]), .unexpectedReply),
    (.init([[], Array("SSH-2.0-OpenSSH_9.2\r\n".utf8)]), .unexpectedReply),
    (.init([Array("SSH-2.0-OpenSSH_9.2\r\n".utf8)]), .unexpectedReply),
    (.init([[], Array("+OK\r\n+OK\r\n".utf8)]), .unavailable),
    (.init([Array("+OK\r\n+OK\r\n+OK\r\n".utf8)]), .unavailable),
  ])
  func `a server that fails the handshake is left`(
    script: FakeRedis.Script, failure: Failure
  ) async throws {
    try await expect(failure, from: script)
  }

  @Test(arguments: ["x", "+", "$1\r\n", "*1\r\n", ":1", "-ERR "])
  func `bytes that come slowly and never end are waited for until the limit`(
    bytes: String
  ) async throws {
    let start: [[UInt8]] = [[], Array("+OK\r\n".utf8), Array("$90000\r\n".utf8)]
    try await expect(
      .timedOut, from: .init(start, trickle: Array(bytes.utf8)), limit: .milliseconds(200))
    try await expect(.timedOut, from: .init([], trickle: [0x2b]), limit: .milliseconds(200))
  }
}
