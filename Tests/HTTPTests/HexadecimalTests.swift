// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import HTTP

@Suite struct HexadecimalTests {
  @Test(arguments: [
    ([], ""), ([0], "00"), ([0x0F, 0xF0], "0ff0"), ([0xDE, 0xAD, 0xBE, 0xEF], "deadbeef"),
    ([0xFF], "ff"),
  ])
  func `each byte is two digits`(bytes: [UInt8], text: String) {
    #expect(Hexadecimal.encode(bytes) == text)
  }
}
