// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import TextFormats

struct ISO8601Tests {
  @Test func `it agrees with Foundation about every day from 1600 to 2400`() throws {
    let style = Date.ISO8601FormatStyle()
    let (first, last) = try (
      style.parse("1600-01-01T12:34:56Z"), style.parse("2400-01-01T12:34:56Z")
    )
    for time in stride(
      from: first.timeIntervalSince1970, through: last.timeIntervalSince1970, by: 86_400)
    {
      let text = Date(timeIntervalSince1970: time).formatted(style)
      try #require(ISO8601.text(seconds: Int64(time)) == text)
      try #require(ISO8601.seconds(parsing: text) == Int64(time))
    }
  }

  @Test(arguments: [
    (Int64(-62_167_219_201), "-1-12-31T23:59:59Z"), (253_402_300_800, "10000-01-01T00:00:00Z"),
  ])
  func `a year without four digits is written as it is`(seconds: Int64, text: String) {
    #expect(ISO8601.text(seconds: seconds) == text)
    #expect(ISO8601.seconds(parsing: text) == nil)
  }

  @Test(arguments: [Int64.min, .max])
  func `the ends of the range do not trap`(end: Int64) {
    var bytes: [UInt8] = []
    ISO8601.append(milliseconds: end, to: &bytes)
    #expect(bytes.last == UInt8(ascii: "Z"))
    #expect(ISO8601.text(seconds: end).hasSuffix("Z"))
  }
}
