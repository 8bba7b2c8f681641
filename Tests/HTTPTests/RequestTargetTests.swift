// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTP
import Testing

struct RequestTargetTests {
  @Test(arguments: [
    ("/", []),
    ("/login", ["login"]),
    ("/a%20b/c", ["a b", "c"]),
    ("/a/", ["a", ""]),
    ("//a", ["", "a"]),
    ("/caf%C3%A9", ["café"]),
    ("/%F0%9F%98%80", ["😀"]),
    ("/a%2Fb", ["a/b"]),
    ("http://photos.example/a?b=c", ["a"]),
    ("https://photos.example", []),
    ("/...", ["..."]),
    // A combining character does not hide the separator before it.
    ("/a/\u{301}b", ["a", "\u{301}b"]),
    ("http://photos.example/\u{301}a/b", ["\u{301}a", "b"]),
    ("/a?\u{301}=b", ["a"]),
  ])
  func `a target becomes its decoded segments`(target: String, segments: [String]) {
    #expect(RequestTarget(parsing: target)?.segments == segments)
  }

  @Test(arguments: [
    "", "a", "*", "/..", "/a/../b", "/.", "/%2e%2e/a", "/a/%2E", "/a%00b", "/a\\b", "/a%5Cb", "/%",
    "/%4", "/%zz", "/%ff", "/%C3", "/%c0%ae", "/a?b=%", "/a?b=%ff", "/a/../\u{301}b", "ftp://a/b",
    "/" + String(repeating: "a", count: 8192),
  ])
  func `a target that could mean two things is refused`(target: String) {
    #expect(RequestTarget(parsing: target) == nil)
  }

  @Test func `the query keeps repeated names in order`() {
    let query = RequestTarget(parsing: "/x?a=1&b=2&a=3&c&d=e=f&g=%26+%2B")?.query
    #expect(query?.values(of: "a") == ["1", "3"])
    #expect(query?["a"] == nil)
    #expect(query?["b"] == "2")
    #expect(query?["c"] == "")
    #expect(query?["d"] == "e=f")
    #expect(query?["g"] == "& +")
    #expect(query?["h"] == nil)
  }

  @Test func `a combining character does not hide the separator of a form`() {
    let form = FormFields(parsing: "a=1&\u{301}=2&b=\u{301}3")
    #expect(form == FormFields([("a", "1"), ("\u{301}", "2"), ("b", "\u{301}3")]))
  }

  @Test func `a query of too many pairs is refused`() {
    let pairs = Array(repeating: "a=1", count: FormFields.limit)
    #expect(FormFields(parsing: pairs.joined(separator: "&")) != nil)
    #expect(FormFields(parsing: (pairs + ["a=1"]).joined(separator: "&")) == nil)
  }

  @Test(arguments: ["", "plain", "a b&c=d", "ü😀", "%41", "+", "\u{202E}\"'<>"])
  func `what is encoded for a form is read back`(value: String) {
    let form = FormFields([(name: "n", value: value)])
    #expect(FormFields(parsing: form.encoded) == form)
  }
}
