// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Texts as JSON strings, for JSON that is written piece by piece or needs more escapes than `JSONEncoder` writes.
///
/// - Source: RFC 8259, section 7.
public enum JSONText {
  /// The characters that are escaped beside those that RFC 8259 demands.
  public enum Escaping: Sendable {
    /// No others.
    case required
    /// All but U+0020 to U+007E, for header fields.
    case nonASCII
    /// `<`, `>`, `&` and the line separators, for JSON in `<script>` (HTML Standard, restrictions for contents of script
    /// elements).
    case markup
    /// Characters that a terminal obeys, or that let text look like other text: controls, line separators, marks of
    /// direction.
    case invisible
  }

  /// The text in quotes.
  public static func quoted(_ text: String, escaping: Escaping) -> String {
    var bytes: [UInt8] = []
    append(text, to: &bytes, escaping: escaping)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the text in quotes.
  ///
  /// - Parameter limit: the bytes between the quotes after which the text is cut and ends in `…`.
  public static func append(
    _ text: String, to bytes: inout [UInt8], escaping: Escaping, limit: Int = .max
  ) {
    bytes.append(UInt8(ascii: "\""))
    let start = bytes.count
    for scalar in text.unicodeScalars {
      guard bytes.count - start < limit else {
        bytes += "…".utf8
        break
      }
      append(scalar, to: &bytes, escaping)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func append(
    _ scalar: Unicode.Scalar, to bytes: inout [UInt8], _ escaping: Escaping
  ) {
    switch scalar {
    case "\"": bytes += #"\""#.utf8
    case "\\": bytes += #"\\"#.utf8
    case "\n": bytes += #"\n"#.utf8
    case "\r": bytes += #"\r"#.utf8
    case "\t": bytes += #"\t"#.utf8
    case _ where isEscaped(scalar, escaping): appendEscape(of: scalar, to: &bytes)
    default: bytes += scalar.utf8
    }
  }

  /// Appends the UTF-16 units of a character as `\uXXXX`, in lower-case hexadecimal.
  public static func appendEscape(of scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    for unit in scalar.utf16 {
      let digits = String(unit, radix: 16)
      bytes += #"\u"#.utf8
      bytes += repeatElement(UInt8(ascii: "0"), count: max(0, 4 - digits.utf8.count))
      bytes += digits.utf8
    }
  }

  private static func isEscaped(_ scalar: Unicode.Scalar, _ escaping: Escaping) -> Bool {
    if scalar < " " { return true }
    switch escaping {
    case .required: return false
    case .nonASCII: return scalar > "~"
    case .markup: return ["<", ">", "&", "\u{2028}", "\u{2029}"].contains(scalar)
    case .invisible:
      switch scalar.value {
      case 0x7F..<0xA0, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF:
        return true
      default: return false
      }
    }
  }
}
