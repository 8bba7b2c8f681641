// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Dropbox

struct ASCIIJSONTests {
  @Test(arguments: [
    ("", #""""#), ("/a b.jpg", #""/a b.jpg""#), (#"a"b\c/"#, #""a\"b\\c/""#),
    ("\u{0}\n\u{1F}", #""\u0000\n\u001f""#), ("~\u{7F}\u{80}", #""~\u007f\u0080""#),
    ("/Übung 😀.jpg", #""/\u00dcbung \ud83d\ude00.jpg""#), ("\u{202E}\u{FFFF}", #""\u202e\uffff""#),
    ("e\u{301}", #""e\u0301""#),
  ])
  func `text becomes a JSON string of printable ASCII`(text: String, json: String) throws {
    #expect(try ASCIIJSON(text).text == json)
    #expect(try JSONDecoder().decode(String.self, from: Data(json.utf8)) == text)
  }

  @Test func `no character leaves printable ASCII, and each comes back`() throws {
    for value in stride(from: 0, through: 0x10FFFF, by: 97) {
      guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
      let json = try ASCIIJSON(String(Character(scalar))).text
      #expect(json.utf8.allSatisfy { 0x20...0x7E ~= $0 })
      let back = try JSONDecoder().decode(String.self, from: Data(json.utf8))
      #expect(Array(back.unicodeScalars) == [scalar])
    }
  }
}
