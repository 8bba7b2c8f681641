// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTP
import Testing

struct SingleRangeTests {
  @Test(
    arguments: [
      ("bytes=0-0", "bytes=0-0"), ("bytes=5-", "bytes=5-"), ("bytes=-5", "bytes=-5"),
      ("Bytes=007-10", "bytes=7-10"), ("bytes=0-999999999999999999", "bytes=0-999999999999999999"),
      ("bytes=-", nil), ("bytes=5-4", nil), ("bytes=0-1,3-4", nil), ("bytes=0-1, 3-4", nil),
      ("bytes=a-b", nil), ("bytes=+1-2", nil), ("bytes= 1-2", nil), ("bytes=--1", nil),
      ("bytes=0-9999999999999999999", nil), ("lines=0-1", nil), ("bytes", nil), ("", nil),
      ("bytes=٣-", nil), ("bytes=1-2\r\nX: y", nil),
    ] as [(String, String?)])
  func `one range is read, anything else ignored`(field: String, read: String?) {
    #expect(SingleRange(parsing: field)?.field == read)
  }

  @Test(
    arguments: [
      ("bytes 0-9/10", 0...9, 10), ("bytes 0-9/*", 0...9, nil), ("bytes */10", nil, 10),
    ] as [(String, ClosedRange<Int>?, Int?)])
  func `what an answer holds is said as it is read`(
    field: String, part: ClosedRange<Int>?, size: Int?
  ) throws {
    let range = try #require(ContentRange(parsing: field))
    #expect(range == ContentRange(part: part, size: size))
    #expect(range.description == field)
  }

  @Test(arguments: [
    "bytes 0-10/10", "bytes 5-4/10", "bytes 0-9", "bytes 0-/10", "lines 0-9/10", "bytes 0-9/10 ",
    "bytes 0-9/9999999999999999999", "", "bytes 0-9/10\r\nX: y",
  ])
  func `what contradicts itself holds nothing`(field: String) {
    #expect(ContentRange(parsing: field) == nil)
  }
}
