// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

// For `_nfc`, which has no public name yet. Foundation's is the same, and brings megabytes of tables.
@_spi(_Unicode) internal import Swift

/// Names as people sort names: numbers by their value, no difference between `A` and `a`, the same in every locale.
enum NaturalOrder {
  /// What is compared in a name's place; nil where the name itself does, as one of ASCII.
  static func text(of name: String) -> String? {
    if name.utf8.allSatisfy({ $0 < 0x80 }) { return nil }
    // macOS writes an umlaut as two characters, others as one.
    var composed = String.UnicodeScalarView()
    composed.append(contentsOf: name._nfc)
    return String(composed).lowercased()
  }

  /// Below 0 when the left one stands first, above 0 when the right one does, 0 when case and leading zeros are all
  /// that tells them apart.
  static func compare(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Int {
    var (i, j) = (0, 0)
    while i < left.count, j < right.count {
      guard isDigit(left[i]), isDigit(right[j]) else {
        let (one, other) = (folded(left[i]), folded(right[j]))
        if one != other { return one < other ? -1 : 1 }
        i += 1
        j += 1
        continue
      }
      let (one, other) = (number(in: left, at: i), number(in: right, at: j))
      // Without leading zeros the longer number is the larger one.
      if one.count != other.count { return one.count < other.count ? -1 : 1 }
      for place in 0..<one.count {
        let (digit, otherDigit) = (left[one.lowerBound + place], right[other.lowerBound + place])
        if digit != otherDigit { return digit < otherDigit ? -1 : 1 }
      }
      (i, j) = (one.upperBound, other.upperBound)
    }
    return (left.count - i).signum() - (right.count - j).signum()
  }

  /// Where the digits of a number stand, without leading zeros.
  private static func number(in text: Span<UInt8>, at start: Int) -> Range<Int> {
    var first = start
    while first < text.count, text[first] == UInt8(ascii: "0") { first += 1 }
    var end = first
    while end < text.count, isDigit(text[end]) { end += 1 }
    return first..<end
  }

  /// Digits are one kind of character where a number stands against something else.
  private static func folded(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
    case UInt8(ascii: "1")...UInt8(ascii: "9"): UInt8(ascii: "0")
    default: byte
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }
}
