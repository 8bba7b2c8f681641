// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// One command: its words, and the replies that make sense for it.
struct Command: Sendable {
  /// The shape of the replies that a command can have, errors apart.
  enum Answer: Sendable {
    /// A bulk string, or null where the key is absent.
    case value
    /// `OK`, or null where a condition was not met.
    case acknowledgement
    /// An integer from 0 on.
    case count
    /// `PONG`.
    case pong
    /// A cursor and keys.
    case scanPage
  }

  let words: [[UInt8]]
  let answer: Answer

  init(_ words: [String], value: [UInt8]? = nil, options: [String] = [], answer: Answer) {
    self.words =
      words.map { Array($0.utf8) } + (value.map { [$0] } ?? []) + options.map { Array($0.utf8) }
    self.answer = answer
  }

  /// The first word, as in `SET`.
  var name: String {
    String(decoding: words.first ?? [], as: UTF8.self)
  }

  /// The bytes of all words, without the few that the protocol adds.
  var size: Int {
    words.reduce(0) { $0 + $1.count }
  }

  /// Whether a reply can be the one to this command. If not, replies and commands are out of step.
  func accepts(_ reply: Reply) -> Bool {
    switch (answer, reply) {
    case (_, .error), (.value, .bulk), (.value, .null), (.acknowledgement, .null): true
    case (.acknowledgement, .status(let text)): text == "OK"
    case (.count, .integer(let number)): number >= 0
    case (.pong, .status(let text)): text == "PONG"
    case (.scanPage, .array(let parts)): parts.count == 2
    default: false
    }
  }
}

extension Duration {
  /// Milliseconds for `PX`: rounded up, 1 at least, 100 years at most.
  var expiryMilliseconds: Int64 {
    let longest: Int64 = 100 * 365 * 86_400
    guard self < .seconds(longest) else { return longest * 1_000 }
    guard self > .milliseconds(1) else { return 1 }
    let (seconds, attoseconds) = components
    return seconds * 1_000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
  }

  /// Seconds for `EXPIRE`: rounded up, 1 at least, 100 years at most.
  var expirySeconds: Int64 {
    (expiryMilliseconds + 999) / 1_000
  }
}
