// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Redis

struct ReplyTests {
  private static let long = String(repeating: "y", count: 300)

  @Test(arguments: [
    ("OOM command not allowed", "OOM", "command not allowed"),
    ("ERR", "ERR", ""), ("", "", ""), (" ", "", ""), ("ERR  two  spaces", "ERR", "two  spaces"),
    (long, String(long.prefix(32)), String(long.prefix(200))),
    ("ERR " + long, "ERR", String(long.prefix(199))),
    ("ERR a\nforged\tline\u{1b}[2J", "ERR", "a?forged?line?[2J"),
    ("ERR\nforged line", "ERR?forged", "line"), ("ERR ü", "ERR", "??"), ("Ü x", "??", "x"),
  ])
  func `an error line is a word and a message, short and printable`(
    line: String, code: String, message: String
  ) {
    #expect(
      Reply(errorLine: Array(line.utf8)) == .error(.init(rawValue: code), message: message))
  }

  @Test func `bytes that are no text make an error all the same`() {
    #expect(
      Reply(errorLine: [0xff, 0x00, 0x20, 0x80]) == .error(.init(rawValue: "??"), message: "?"))
  }

  @Test(arguments: [
    ("ERR unknown command 'AUTH', with args beginning with: 'hunter2' ", "unknown command 'AUTH'"),
    (
      "ERR unknown command `SET`, with args beginning with: `k`, `hunter2`, ",
      "unknown command `SET`"
    ),
    (
      "ERR unknown subcommand 'SETNAME'. Try CLIENT HELP.",
      "unknown subcommand 'SETNAME'. Try CLIENT HELP."
    ),
  ])
  func `the words of a command that Redis quotes are left out`(line: String, message: String) {
    #expect(Reply(errorLine: Array(line.utf8)) == .error(.error, message: message))
  }
}

struct ReplyBudgetTests {
  @Test func `the strings of one reply share its bytes`() {
    var budget = ReplyBudget(maximumBytes: 10)
    budget.startReply()
    #expect([4, 6, 0, 1].map { budget.addString(of: $0) } == [true, true, true, false])
    budget.startReply()
    #expect([11, 10].map { budget.addString(of: $0) } == [false, true])
  }

  @Test func `the arrays of one reply share its elements`() {
    var budget = ReplyBudget(maximumBytes: 10)
    budget.startReply()
    #expect([1_000, 24, 0, 1].map { budget.addArray(of: $0) } == [true, true, true, false])
    budget.startReply()
    #expect(
      [-1, .max, 1_025, 1_024].map { budget.addArray(of: $0) } == [false, false, false, true])
  }

  @Test(arguments: [-1, Int.min, 11, Int(Int32.max), Int.max])
  func `a string that no reply can have is refused and counts for nothing`(count: Int) {
    var budget = ReplyBudget(maximumBytes: 10)
    budget.startReply()
    let isAdded = budget.addString(of: count)
    #expect(!isAdded)
    let isWhole = budget.addString(of: 10)
    #expect(isWhole)
  }
}
