// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Gallery

struct NaturalOrderTests {
  @Test(arguments: [
    ["1.jpg", "2.jpg", "10.jpg", "a.jpg"], ["IMG_2.jpg", "img_10.jpg", "IMG_11.jpg"],
    ["a", "a0", "a1", "a2b", "a2c", "a10"], ["", "0", "1", "2", "a"], ["apple", "Banana"],
    ["e\u{301}a", "éb", "e\u{301}c"], ["Übung 2", "übung 10"], ["a1b2", "a1b10"],
    ["99999999999999999999998", "99999999999999999999999", "100000000000000000000000"],
    ["a-1", "a1", "aa"], ["a 9", "a 10", "a10"],
  ])
  func `names stand as people sort them`(names: [String]) {
    for (place, name) in names.enumerated() {
      for (otherPlace, other) in names.enumerated() {
        #expect(compare(name, other) == (place - otherPlace).signum(), "\(name) and \(other)")
      }
    }
  }

  @Test(arguments: [
    ("a", "A"), ("a1", "a01"), ("", ""), ("é", "E\u{301}"), ("0", "000"), ("Ünter 7", "üNTER 07"),
  ])
  func `case, leading zeros and how a letter is composed make no difference`(
    name: String, other: String
  ) {
    #expect(compare(name, other) == 0)
    #expect(compare(other, name) == 0)
  }

  @Test func `it is the order of the model`() {
    let parts = [
      "", "a", "A", "0", "00", "1", "9", "10", " ", "\u{0}", "é", "e\u{301}", "😀", "-", "z", "İ",
    ]
    let names = parts.flatMap { one in parts.map { one + $0 } }
    for name in names {
      for other in names {
        let order = compare(name, other)
        if order != 0 { #expect((NaturalName(name) < NaturalName(other)) == (order < 0)) }
        #expect(compare(other, name) == -order)
      }
    }
  }

  private func compare(_ left: String, _ right: String) -> Int {
    let (one, other) = (bytes(left), bytes(right))
    return NaturalOrder.compare(one.span, other.span).signum()
  }

  private func bytes(_ name: String) -> [UInt8] {
    Array((NaturalOrder.text(of: name) ?? name).utf8)
  }
}
