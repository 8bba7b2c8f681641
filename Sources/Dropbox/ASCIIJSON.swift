// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

extension String {
  /// This text as a JSON string of printable ASCII: may stand in a body and in `Dropbox-API-Arg`.
  ///
  /// Everything from U+007F on is written as its UTF-16 units, in lower-case hexadecimal.
  ///
  /// - Source: Dropbox, "Encoding for JSON Arguments".
  var asASCIIJSON: String {
    var json = "\""
    for unit in utf16 {
      switch unit {
      case 0x22: json += #"\""#
      case 0x5C: json += #"\\"#
      case 0x20...0x7E: json.unicodeScalars.append(Unicode.Scalar(UInt8(truncatingIfNeeded: unit)))
      default:
        let digits = String(unit, radix: 16)
        json += #"\u"# + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return json + "\""
  }
}
