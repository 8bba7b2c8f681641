// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import DropboxStandIn

struct FormPairsTests {
  @Test(
    arguments: [
      ("", []), ("&&", []), ("a=b", ["a", "b"]), ("a=b=c&d", ["a", "b=c", "d", ""]),
      ("=e&f=", ["", "e", "f", ""]), ("h=+%2B%20", ["h", " + "]), ("%61=%C3%A9", ["a", "é"]),
      ("f=%zz", ["f", "%zz"]), ("f=%", ["f", "%"]), ("f=%C3", ["f", "%C3"]),
      ("f=%00", ["f", "\0"]), ("a=1&a=2", ["a", "1", "a", "2"]),
    ] as [(String, [String])])
  func `pairs are read in their order`(text: String, expected: [String]) {
    #expect(FormPairs(parsing: text).pairs.flatMap { [$0.name, $0.value] } == expected)
  }

  @Test func `a name that stands there twice has no value`() {
    let pairs = FormPairs(parsing: "a=1&b=2&a=3&b=4&c=5")
    #expect(pairs["a"] == nil)
    #expect(pairs["c"] == "5")
    #expect(pairs["d"] == nil)
    #expect(pairs.doubled == "a")
    #expect(FormPairs(parsing: "a=1&b=2").doubled == nil)
  }

  @Test func `a name in the query and in the body stands there twice`() {
    var pairs = FormPairs(parsing: "code=1")
    pairs.append(FormPairs(parsing: "code=1"))
    #expect(pairs["code"] == nil)
    #expect(pairs.doubled == "code")
  }

  @Test(arguments: ["", "a b&c=d+e%", "é😀\0\n", "-._~", "\u{7F}/?#"])
  func `what is coded is read again`(text: String) {
    let coded = FormPairs.encoded(text)
    #expect(FormPairs(parsing: "x=\(coded)")["x"] == text)
    #expect(coded.utf8.allSatisfy { 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "&") })
  }
}
