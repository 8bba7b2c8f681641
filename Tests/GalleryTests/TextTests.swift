// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTP
import Testing

@testable import Gallery

struct TextTests {
  @Test(arguments: [
    ("plain", "plain"), ("", ""), ("ü😀", "ü😀"),
    ("<img src=x onerror=\"alert(1)\">", "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;"),
    ("Tom & 'Jerry'", "Tom &amp; &#39;Jerry&#39;"), ("&amp;", "&amp;amp;"),
  ])
  func `text is escaped for HTML`(text: String, escaped: String) {
    #expect(HTMLText.escape(text) == escaped)
  }

  @Test(arguments: [0, 1, 2, 3, 16, 80]) func `base64url reads what it wrote`(count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 250) }
    let text = Base64URL.encode(bytes)
    #expect(Base64URL.decode(text) == bytes)
    #expect(!text.contains { "+/=".contains($0) })
  }

  @Test(arguments: ["A", "AB=", "A+B/", "AAAAA", "ab\n", "AB", "é"])
  func `base64url refuses what it does not write`(text: String) {
    #expect(Base64URL.decode(text) == nil)
  }

  @Test(arguments: [
    ("https://photos.example/oauthredirect", "https://photos.example"),
    ("http://localhost:3000/oauthredirect", "http://localhost:3000"),
  ])
  func `a site knows its origin`(url: String, origin: String) {
    #expect(Site(redirectURL: url, allowsPlainHTTP: true)?.origin == origin)
  }

  @Test(arguments: ["", "/oauthredirect", "ftp://a/b", "https:///x", "https://a@b/x"])
  func `a site needs an absolute address`(url: String) {
    #expect(Site(redirectURL: url, allowsPlainHTTP: true) == nil)
  }
}
