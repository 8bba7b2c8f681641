// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTP
import HTTPTypes
import Testing

struct CookieTests {
  @Test(arguments: [
    ("session=abc", ["abc"]),
    ("a=1; session=abc; b=2", ["abc"]),
    ("session=abc; session=def", ["abc", "def"]),
    ("a=1, session=abc", ["abc"]),
    ("session=a=b", ["a=b"]),
    ("xsession=abc; sessionx=abc", []),
    ("session=abc;\u{301}a=b", ["abc"]),
    ("session=\u{301}", ["\u{301}"]),
    ("session", []),
    ("", []),
    (";;;=;", []),
  ])
  func `the values of a name are all found`(header: String, values: [String]) {
    #expect(Cookie.values(named: "session", in: [.cookie: header]) == values)
  }

  @Test func `several header fields count as one`() {
    var fields: HTTPFields = [.cookie: "session=a"]
    fields.append(HTTPField(name: .cookie, value: "session=b"))
    #expect(Cookie.values(named: "session", in: fields) == ["a", "b"])
  }

  @Test func `a header of more than 16 KiB holds no cookie`() {
    let header = "session=a; b=" + String(repeating: "x", count: 16_384)
    #expect(Cookie.values(named: "session", in: [.cookie: header]) == [])
  }

  @Test func `a cookie is never readable for scripts and never sent along from other sites`() {
    let cookie = Cookie(name: "__Host-session", value: "v", maxAge: 60, isSecure: true)
    #expect(
      cookie.setCookie
        == "__Host-session=v; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure")
  }

  @Test func `without an age it lives as long as the browser runs`() {
    let cookie = Cookie(name: "session", value: "v", maxAge: nil, isSecure: false)
    #expect(cookie.setCookie == "session=v; Path=/; HttpOnly; SameSite=Lax")
  }
}
