// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Gallery

struct NaturalNameTests {
  @Test(arguments: [
    ["1.jpg", "2.jpg", "10.jpg", "a.jpg"],
    ["IMG_2.jpg", "img_10.jpg", "IMG_11.jpg"],
    ["a", "a0", "a00", "a1", "a2b", "a2c", "a10"],
    ["", "0", "00", "001", "01", "1", "2", "a"],
    ["Apple", "apple", "Banana", "banana"],
    ["e\u{301}a", "éb", "e\u{301}c"],
    ["Übung 2", "übung 10"],
    ["a1b2", "a1b10", "a02b1"],
    ["99999999999999999999998", "99999999999999999999999", "100000000000000000000000"],
    ["a-1", "a1", "aa"],
  ])
  func `names stand as people sort them`(names: [String]) {
    for _ in 0..<8 {
      #expect(
        names.shuffled().sorted { NaturalName($0) < NaturalName($1) }.map(bytes) == names.map(bytes)
      )
    }
  }

  @Test func `the order is total`() {
    let parts = ["", "a", "A", "0", "00", "1", "9", "10", " ", "\u{0}", "é", "e\u{301}", "😀"]
    let names = parts.flatMap { one in parts.map { one + $0 } }.map(bytes)
    let distinct = Set(names).map { NaturalName(String(decoding: $0, as: UTF8.self)) }
    for left in distinct {
      for right in distinct {
        let truths = [left < right, right < left, left == right].filter { $0 }
        #expect(truths.count == 1)
      }
    }
    let sorted = distinct.sorted()
    for (place, name) in sorted.enumerated() {
      #expect(sorted[place...].allSatisfy { !($0 < name) })
    }
  }

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
}
