// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The plainest way to sort names as people do, to hold `NaturalOrder` against: it makes a text of each name whose
/// bytes stand in that order.
///
/// The order is total: names that only differ in case or in leading zeros stand beside each other, always in the
/// same order.
struct NaturalName: Sendable, Comparable {
  private let folded: [UInt8]
  private let name: String

  init(_ name: String) {
    self.name = name
    folded = Self.fold(name)
  }

  static func < (left: NaturalName, right: NaturalName) -> Bool {
    if left.folded != right.folded {
      return left.folded.lexicographicallyPrecedes(right.folded)
    }
    return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
  }

  static func == (left: NaturalName, right: NaturalName) -> Bool {
    // Not `String`'s equality, for which composed and decomposed letters are the same.
    left.name.utf8.elementsEqual(right.name.utf8)
  }

  /// Bytes whose order is that of the names. A number is `0`, how many digits it has, and these without leading
  /// zeros: a longer one is a larger one.
  private static func fold(_ name: String) -> [UInt8] {
    // macOS writes an umlaut as two characters, others as one.
    let composed =
      name.utf8.allSatisfy { $0 < 0x80 } ? name : name.precomposedStringWithCanonicalMapping
    var folded: [UInt8] = []
    folded.reserveCapacity(name.utf8.count + 8)
    var rest = composed.lowercased().utf8[...]
    while let byte = rest.first {
      guard isDigit(byte) else {
        folded.append(byte)
        rest = rest.dropFirst()
        continue
      }
      let number = rest.prefix(while: isDigit)
      rest = rest[number.endIndex...]
      let digits = number.drop { $0 == UInt8(ascii: "0") }
      let count = UInt32(clamping: digits.count)
      folded.append(UInt8(ascii: "0"))
      for shift in [24, 16, 8, 0] { folded.append(UInt8(truncatingIfNeeded: count >> shift)) }
      folded.append(contentsOf: digits)
    }
    return folded
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }
}
