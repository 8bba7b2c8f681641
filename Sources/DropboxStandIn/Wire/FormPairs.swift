// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The name-value pairs of a query or an `application/x-www-form-urlencoded` body, in their order.
struct FormPairs: Equatable, Sendable {
  private(set) var pairs: [(name: String, value: String)] = []

  /// Reads pairs; `+` is a blank, and what is no valid percent-coding or UTF-8 is left as it stands.
  init(parsing text: String) {
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = parts.first.map(FormPairs.decoded) ?? ""
      let value = parts.dropFirst().first.map(FormPairs.decoded) ?? ""
      pairs.append((name, value))
    }
  }

  static func == (one: Self, other: Self) -> Bool {
    one.pairs.elementsEqual(other.pairs) { $0.name == $1.name && $0.value == $1.value }
  }

  mutating func append(_ other: FormPairs) { pairs += other.pairs }

  /// The value of a name that stands there exactly once.
  subscript(name: String) -> String? {
    let values = pairs.lazy.filter { $0.name == name }
    return values.count == 1 ? values.first?.value : nil
  }

  /// The first name that stands there more than once.
  var doubled: String? {
    var seen: Set<String> = []
    return pairs.first { !seen.insert($0.name).inserted }?.name
  }

  private static func decoded(_ text: some StringProtocol) -> String {
    let blanks = text.replacingOccurrences(of: "+", with: " ")
    return blanks.removingPercentEncoding ?? blanks
  }

  /// The text percent-coded for a value in a query.
  static func encoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        result += hex.utf8.count == 1 ? "%0\(hex)" : "%\(hex)"
      }
    }
    return result
  }
}
