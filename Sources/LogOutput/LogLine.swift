// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Logging
internal import TextFormats

/// One line under construction. Whatever a value holds, the line stays one line of printable text.
///
/// - Source: logfmt as Go's go-logfmt/logfmt writes it.
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

  mutating func add(time: Timestamp) {
    begin("time")
    if format == .json { bytes.append(UInt8(ascii: "\"")) }
    time.append(to: &bytes)
    if format == .json { bytes.append(UInt8(ascii: "\"")) }
  }

  mutating func add(_ name: String, _ value: Logger.MetadataValue) {
    switch value {
    case .string(let text): add(name, text)
    case .stringConvertible(let value):
      switch value {
      case let number as Int: add(name, raw: String(number))
      // Numbers of JSON stay numbers; infinity is none.
      case let number as Double where number.isFinite: add(name, raw: "\(number)")
      default: add(name, "\(value)")
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
    JSONText.append(text, to: &bytes, escaping: .invisible, limit: limit)
  }
}
