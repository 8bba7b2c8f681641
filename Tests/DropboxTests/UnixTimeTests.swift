// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import Testing

struct UnixTimeTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2026-01-02T03:04:05Z", 1_767_323_045),
    ("2000-02-29T12:00:00Z", 951_825_600), ("2024-02-29T23:59:59Z", 1_709_251_199),
    ("2024-03-01T00:00:00Z", 1_709_251_200), ("1969-12-31T23:59:59Z", -1),
    ("0001-01-01T00:00:00Z", -62_135_596_800), ("0000-01-01T00:00:00Z", -62_167_219_200),
    ("9999-12-31T23:59:59Z", 253_402_300_799),
  ])
  func `a moment as Dropbox writes it is read, and written`(text: String, seconds: Int64) {
    #expect(UnixTime(parsing: text)?.seconds == seconds)
    #expect(UnixTime(seconds: seconds).description == text)
  }

  @Test(arguments: [Int64.min, .max, -62_167_219_201])
  func `a moment outside four digits of years is written too`(seconds: Int64) {
    #expect(UnixTime(seconds: seconds).description.hasSuffix("Z"))
  }

  @Test(arguments: [
    "", "Z", "2026-01-02", "2026-01-02T03:04:05", "2026-01-02T03:04:05z", "2026-01-02 03:04:05Z",
    "2026-01-02T03:04:05.000Z", "2026-01-02T03:04:05+0", "2026-13-02T03:04:05Z",
    "2026-00-02T03:04:05Z", "2026-02-29T03:04:05Z", "1900-02-29T00:00:00Z", "2026-04-31T00:00:00Z",
    "2026-01-00T00:00:00Z", "2026-01-02T24:00:00Z", "2026-01-02T03:60:05Z", "2026-01-02T03:04:60Z",
    "-026-01-02T03:04:05Z", "+026-01-02T03:04:05Z", "2026-1 -02T03:04:05Z", "２026-01-02T03:04:0Z",
    "2026-01-02T03:04:05Z ", "2026/01/02T03:04:05Z", String(repeating: "9", count: 20),
  ])
  func `any other form is none`(text: String) {
    #expect(UnixTime(parsing: text) == nil)
  }

  @Test func `every day of four centuries follows the one before`() throws {
    var expected: Int64 = 0
    for year in 1970...2370 {
      for month in 1...12 {
        for day in 1...31 {
          let text =
            "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)T00:00:00Z"
          guard let time = UnixTime(parsing: text) else { continue }
          try #require(time.seconds == expected)
          try #require(time.description == text)
          expected += 86_400
        }
      }
    }
    #expect(expected == 146_462 * 86_400)
  }

  @Test func `moving a moment stops at the ends`() {
    #expect(UnixTime(seconds: .max).advanced(bySeconds: 1).seconds == .max)
    #expect(UnixTime(seconds: .min).advanced(bySeconds: -1).seconds == .min)
    #expect(UnixTime(seconds: 5).advanced(bySeconds: -7).seconds == -2)
  }

  @Test func `the machine's clock is after this was written`() throws {
    #expect(UnixTime.now() > (try #require(UnixTime(parsing: "2025-01-01T00:00:00Z"))))
  }
}
