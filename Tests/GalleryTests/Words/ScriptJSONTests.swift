// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Gallery

struct ScriptJSONTests {
  @Test(arguments: [
    "plain", "\u{E4}\u{1F600}", "\"quoted\" \\ back", "line\nnext\ttab\r\0\u{1F}",
    "</script><script>alert(1)</script>", "<!-- <script>", "]]>", "a & b &lt;", "\u{2028}\u{2029}",
  ])
  func `a text comes back as it was, and nothing in it ends the element`(text: String) throws {
    let json = ScriptJSON.text(["key \(text)": text])
    #expect(!json.contains { "<>&\n\u{2028}\u{2029}".contains($0) })
    let read = try JSONDecoder().decode([String: String].self, from: Data(json.utf8))
    #expect(read == ["key \(text)": text])
  }

  @Test func `the fields are in order`() {
    #expect(ScriptJSON.text(["b": "2", "a": "1", "c": "3"]) == #"{"a":"1","b":"2","c":"3"}"#)
    #expect(ScriptJSON.text([:]) == "{}")
  }
}
