// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Redis

struct CommandTests {
  @Test func `a command is its words, then the value, then the options, byte for byte`() {
    let value: [UInt8] = [0, 13, 10, 0xff]
    let command = Command(
      ["SET", "ключ"], value: value, options: ["PX", "5"], answer: .acknowledgement)
    #expect(
      command.words == [
        Array("SET".utf8), Array("ключ".utf8), value, Array("PX".utf8), Array("5".utf8),
      ])
    #expect(command.size == 3 + 8 + 4 + 2 + 1)
  }

  @Test func `an empty value is a word of its own`() {
    let command = Command(["SET", ""], value: [], answer: .acknowledgement)
    #expect(command.words == [Array("SET".utf8), [], []])
    #expect(command.size == 3)
  }

  private static let replies: [(String, Reply)] = [
    ("OK", .status("OK")), ("PONG", .status("PONG")), ("other", .status("QUEUED")),
    ("error", .error(.outOfMemory, message: "")), ("1", .integer(1)), ("0", .integer(0)),
    ("-1", .integer(-1)), ("bulk", .bulk([])), ("null", .null), ("array", .array([])),
    ("values", .array([.bulk([])])),
  ]

  @Test(arguments: [
    (Command.Answer.value, ["error", "bulk", "null"]),
    (.acknowledgement, ["OK", "error", "null"]),
    (.count, ["error", "1", "0"]),
    (.pong, ["PONG", "error"]),
  ])
  func `a command accepts the replies it can have and no others`(
    answer: Command.Answer, accepted: [String]
  ) {
    let command = Command(["X"], answer: answer)
    #expect(Self.replies.filter { command.accepts($0.1) }.map(\.0) == accepted)
  }

  private static let century = 100 * 365 * 86_400 * Int64(1_000)

  @Test(
    arguments: [
      (Duration.zero, 1, 1), (.seconds(-5), 1, 1), (.seconds(Int64.min), 1, 1),
      (.nanoseconds(1), 1, 1), (.milliseconds(1), 1, 1),
      (.milliseconds(1) + .nanoseconds(1), 2, 1), (.milliseconds(1_000), 1_000, 1),
      (.milliseconds(1_001), 1_001, 2), (.seconds(86_400), 86_400_000, 86_400),
      (.seconds(century / 1_000), century, century / 1_000),
      (.seconds(century / 1_000 + 1), century, century / 1_000),
      (.seconds(Int64.max), century, century / 1_000),
      (
        Duration(secondsComponent: .max, attosecondsComponent: 999_999_999_999_999_999), century,
        century / 1_000
      ),
    ] as [(Duration, Int64, Int64)])
  func `a duration is rounded up and kept between one unit and a century`(
    duration: Duration, milliseconds: Int64, seconds: Int64
  ) {
    #expect(duration.expiryMilliseconds == milliseconds)
    #expect(duration.expirySeconds == seconds)
  }
}
