// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Dropbox

struct TemporaryLinkTests {
  @Test(arguments: [
    "https://uc0.dl.dropboxusercontent.com/cd/0/get/tok-en_/file", "https://a",
    "https://a:8443/x?y=z#f",
    "http://127.0.0.1:8080/x", "http://localhost/x", "http://[::1]:80/x", "http://LOCALHOST:1",
    "https://[2001:db8::1]/x",
  ])
  func `a link that a browser may follow is taken`(link: String) {
    #expect(TemporaryLink.isAcceptable(link))
  }

  @Test(arguments: [
    "", "https:", "https://", "https:///x", "//a/x", "/x", "http://example.com/x", "ftp://a/x",
    "javascript:alert(1)", "data:text/html,x", "HTTPS://a", " https://a", "https://a b",
    "https://a\r\nSet-Cookie: x", "https://a\0", "https://é", "https://u@a", "https://u:p@a/",
    "http://localhost@evil.example/", "http://localhost.evil.example/", "http://127.0.0.1.evil/",
    "https://a:x", "https://a:", "https://a:99999", "https://[::1", "https://[::1]x", "https://:80",
    "https://a/<script>", "https://a/\"", #"https://a\b"#,
    "https://a/" + String(repeating: "a", count: 8200),
  ])
  func `a link that a browser must not follow is refused`(link: String) {
    #expect(!TemporaryLink.isAcceptable(link))
  }

  @Test(arguments: [#"{"link":"http://evil.example"}"#, "{}", #"{"link":null}"#, "[]", "null"])
  func `an answer without such a link is an error`(json: String) {
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode(TemporaryLink.self, from: Data(json.utf8))
    }
  }
}
