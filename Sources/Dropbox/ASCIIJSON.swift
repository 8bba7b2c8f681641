// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials
internal import TextFormats

/// Arguments of an endpoint as JSON of printable ASCII, which may stand in a body and in `Dropbox-API-Arg`.
///
/// Everything from U+007F on is written as its UTF-16 units, in lower-case hexadecimal. Keys are
/// sorted, so that the same arguments are always the same bytes.
///
/// - Source: Dropbox, "Encoding for JSON Arguments".
struct ASCIIJSON {
  let text: String

  init(_ arguments: some Encodable) throws(DropboxError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      text = Self.escaped(try encoder.encode(arguments))
    } catch {
      throw .refusedRequest("the arguments cannot be encoded")
    }
  }

  /// Outside of strings JSON is ASCII, so each other character is part of a string.
  private static func escaped(_ json: Data) -> String {
    guard json.contains(where: { $0 >= 0x7F }) else { return String(decoding: json, as: UTF8.self) }
    var escaped: [UInt8] = []
    escaped.reserveCapacity(2 * json.count)
    for scalar in String(decoding: json, as: UTF8.self).unicodeScalars {
      if scalar.value < 0x7F {
        escaped += scalar.utf8
      } else {
        JSONText.appendEscape(of: scalar, to: &escaped)
      }
    }
    return String(decoding: escaped, as: UTF8.self)
  }
}
