// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Logging

/// One line under construction. Whatever a value holds, the line stays one line of printable text.
///
/// - Source: RFC 8259, section 7; logfmt as Go's go-logfmt/logfmt writes it.
struct LogLine {
  /// The bytes of a value that are kept; what is longer ends in `…`.
  static let valueLimit = 1_024

  private let format: LogFormat
  private var bytes: [UInt8] = []

  init(_ format: LogFormat) {
    self.format = format
    bytes.reserveCapacity(384)
    if format == .json { bytes.append(UInt8(ascii: "{")) }
  }

  mutating func add(_ name: String, _ value: Logger.MetadataValue) {
    switch value {
    case .string(let text): add(name, text)
    case .stringConvertible(let value):
      // Numbers of JSON stay numbers; infinity is none.
      if value is Int || (value as? Double)?.isFinite == true {
        add(name, raw: "\(value)")
      } else {
        add(name, "\(value)")
      }
    case .array, .dictionary: add(name, "\(value)")
    }
  }

  mutating func add(_ name: String, _ text: String) {
    begin(name)
    if format == .json || Self.needsQuotes(text) {
      appendQuoted(text, limit: Self.valueLimit)
    } else {
      bytes += text.utf8
    }
  }

  mutating func add(_ name: String, raw number: String) {
    begin(name)
    bytes += number.utf8
  }

  consuming func finished() -> [UInt8] {
    if format == .json { bytes.append(UInt8(ascii: "}")) }
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  // MARK: Parts

  private mutating func begin(_ name: String) {
    switch format {
    case .json:
      if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
      appendQuoted(name, limit: 64)
      bytes.append(UInt8(ascii: ":"))
    case .logfmt:
      if !bytes.isEmpty { bytes.append(UInt8(ascii: " ")) }
      bytes += name.utf8.prefix(64).filter(Self.isPlain)
      bytes.append(UInt8(ascii: "="))
    }
  }

  private static func needsQuotes(_ text: String) -> Bool {
    text.isEmpty || text.utf8.count > valueLimit || !text.utf8.allSatisfy(isPlain)
  }

  /// Printable ASCII but for space, quote, backslash and equals sign.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "=")
      && byte != UInt8(ascii: "\\")
  }

  private mutating func appendQuoted(_ text: String, limit: Int) {
    bytes.append(UInt8(ascii: "\""))
    let end = bytes.count + limit
    for scalar in text.unicodeScalars {
      guard bytes.count < end else {
        bytes += "…".utf8
        break
      }
      append(scalar)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": bytes += #"\""#.utf8
    case "\\": bytes += #"\\"#.utf8
    case "\n": bytes += #"\n"#.utf8
    case "\r": bytes += #"\r"#.utf8
    case "\t": bytes += #"\t"#.utf8
    default:
      if Self.isDangerous(scalar) {
        let digits = String(scalar.value, radix: 16)
        bytes += #"\u"#.utf8
        bytes += String(repeating: "0", count: max(0, 4 - digits.utf8.count)).utf8
        bytes += digits.utf8
      } else {
        bytes += String(scalar).utf8
      }
    }
  }

  /// What a terminal obeys, or what lets text look like other text: controls, line separators, marks of direction.
  /// All of them are below U+10000, where one escape is enough.
  private static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF:
      true
    default: false
    }
  }
}
