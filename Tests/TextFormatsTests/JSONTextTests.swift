// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import TextFormats

struct JSONTextTests {
  private static let all: [JSONText.Escaping] = [.required, .nonASCII, .markup, .invisible]

  @Test(arguments: all)
  func `each character comes back`(escaping: JSONText.Escaping) throws {
    for value in Array(0..<0x300) + Array(stride(from: 0x300, through: 0x10FFFF, by: 97)) {
      guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
      let json = JSONText.quoted(String(Character(scalar)), escaping: escaping)
      let back = try JSONDecoder().decode(String.self, from: Data(json.utf8))
      #expect(Array(back.unicodeScalars) == [scalar], "\(json)")
    }
  }

  @Test(arguments: [
    (JSONText.Escaping.required, #""\"\\\n\r\t\u0000/<é😀\#u{202E}""#),
    (.nonASCII, #""\"\\\n\r\t\u0000/<\u00e9\ud83d\ude00\u202e""#),
    (.markup, #""\"\\\n\r\t\u0000/\u003cé😀\#u{202E}""#),
    (.invisible, #""\"\\\n\r\t\u0000/<é😀\u202e""#),
  ])
  func `the characters of its kind are escaped, and no others`(
    escaping: JSONText.Escaping, json: String
  ) {
    #expect(JSONText.quoted("\"\\\n\r\t\0/<é😀\u{202E}", escaping: escaping) == json)
  }

  @Test func `a long text is cut at the limit`() {
    var bytes = Array("x".utf8)
    JSONText.append("abcdef", to: &bytes, escaping: .required, limit: 3)
    JSONText.append("abc", to: &bytes, escaping: .required, limit: 3)
    #expect(String(decoding: bytes, as: UTF8.self) == #"x"abc…""abc""#)
  }
}
