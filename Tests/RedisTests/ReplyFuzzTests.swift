// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import Redis

/// Random bytes that look like replies.
@Suite(.timeLimit(.minutes(2))) struct ReplyFuzzTests {
  private static let pieces = [
    "$", "*", "+", "-", ":", "\r\n", "\r", "\n", "0", "1", "-1", "3", "1024", "2147483647",
    "9223372036854775807", "-9223372036854775808", "$-1\r\n", "*-1\r\n", "*0\r\n", "$0\r\n\r\n",
    "$3\r\nabc\r\n", "*2\r\n", "*7\r\n", ":1\r\n", "+OK\r\n", "-ERR no\r\n", "-\r\n", "\0", "ü",
  ]

  private static func reply(of connection: Int) -> [UInt8] {
    var generator = SeededGenerator(seed: UInt64(connection))
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 1...20, using: &generator) {
      bytes += pieces.randomElement(using: &generator)?.utf8 ?? "".utf8
    }
    guard Bool.random(using: &generator) else { return bytes }
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let index = Int.random(in: bytes.indices, using: &generator)
      bytes[index] = UInt8.random(in: 0...255, using: &generator)
    }
    return bytes
  }

  @Test func `two thousand random replies end in an answer or an error, and nothing else`()
    async throws
  {
    let count = 2_000
    let fake = try FakeRedis { number in
      guard number < count else { return .afterHandshake("$4\r\nwell\r\n") }
      return .init(
        [[], Array("+OK\r\n".utf8), Array("+PONG\r\n".utf8), Self.reply(of: number)], hangsUp: true)
    }
    let client = try makeClient(fake.url) { $0.replyBytes = 1_000 }
    var kinds: [String: Int] = [:]
    while await client.attempt < count {
      // An answer first, so that the next loss is followed by no pause. The hang-up of the connection before may
      // not have arrived yet.
      do { try await client.ping() } catch { kinds["ping", default: 0] += 1 }
      for result in await client.results(["a", "b", "c"]) {
        let kind =
          switch result {
          case .success(nil): "null"
          case .success: "value"
          case .failure(.refused): "refused"
          case .failure(.unavailable): "unavailable"
          case .failure(.unexpectedReply): "unexpected"
          case .failure(let error): "\(error)"
          }
        kinds[kind, default: 0] += 1
      }
    }
    #expect(
      Set(kinds.keys).subtracting(["ping"])
        == ["null", "value", "refused", "unavailable", "unexpected"])
    #expect(try await client.answer() == Array("well".utf8))
  }
}
