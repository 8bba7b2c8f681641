// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Gallery

struct RecordHashTests {
  @Test func `what was put in is found, what was taken out is not`() {
    var hash = RecordHash()
    for number in 0..<1000 as Range<Int32> { hash.insert(number, hash: Int(number) &* 7919) }
    for number in stride(from: Int32(0), to: 1000, by: 3) {
      hash.remove(number, hash: Int(number) &* 7919)
    }
    for number in 0..<1000 as Range<Int32> {
      let found = hash.find(hash: Int(number) &* 7919) { $0 == number }
      #expect(found == (number % 3 == 0 ? nil : number))
    }
  }

  @Test(arguments: [0, -1, .min, .max])
  func `texts of the same hash are told apart`(value: Int) {
    var hash = RecordHash()
    for number in 0..<100 as Range<Int32> { hash.insert(number, hash: value) }
    for number in 0..<50 as Range<Int32> { hash.remove(number, hash: value) }
    for number in 0..<100 as Range<Int32> {
      #expect(hash.find(hash: value) { $0 == number } == (number < 50 ? nil : number))
    }
    #expect(hash.find(hash: value ^ 2) { _ in true } == nil)
  }

  @Test func `coming and going for ever takes no more room`() {
    var hash = RecordHash()
    for number in 0..<10_000 as Range<Int32> {
      hash.insert(number, hash: Int(number).hashValue)
      if number >= 10 { hash.remove(number - 10, hash: Int(number - 10).hashValue) }
    }
    #expect(hash.bytes <= 1024)
  }

  @Test func `a record that is not there can be taken out`() {
    var hash = RecordHash()
    hash.remove(1, hash: 1)
    hash.insert(1, hash: 1)
    hash.remove(2, hash: 1)
    #expect(hash.find(hash: 1) { _ in true } == 1)
  }
}
