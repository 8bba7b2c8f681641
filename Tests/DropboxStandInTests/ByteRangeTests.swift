// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DropboxStandIn

struct ByteRangeTests {
  @Test(
    arguments: [
      (nil, 10, .whole), ("bytes=0-", 10, .part(0..<10)), ("bytes=2-4", 10, .part(2..<5)),
      ("Bytes=9-99", 10, .part(9..<10)), ("bytes=-3", 10, .part(7..<10)),
      ("bytes=-99", 10, .part(0..<10)), ("bytes=10-", 10, .unsatisfiable),
      ("bytes=-0", 10, .unsatisfiable), ("bytes=0-", 0, .unsatisfiable),
      ("bytes=-5", 0, .unsatisfiable), ("bytes=5-2", 10, .whole), ("bytes=", 10, .whole),
      ("bytes=-", 10, .whole), ("bytes=0-1,3-4", 10, .whole), ("lines=0-1", 10, .whole),
      ("bytes=٣-", 10, .whole), ("bytes=0-99999999999999999999", 10, .part(0..<10)),
      ("bytes=99999999999999999999-", 10, .unsatisfiable),
      ("bytes=-99999999999999999999", 10, .part(0..<10)),
      ("bytes=9223372036854775807-9223372036854775807", 10, .unsatisfiable),
    ] as [(String?, Int, ByteRange)])
  func `a range is what RFC 9110 says`(field: String?, size: Int, expected: ByteRange) {
    #expect(ByteRange(field, size: size) == expected)
  }
}
