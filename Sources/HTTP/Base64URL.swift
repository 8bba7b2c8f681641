// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials

/// Base64 for URLs and cookies, without padding.
///
/// - Source: RFC 4648, section 5.
public enum Base64URL {
  public static func encode(_ bytes: some Sequence<UInt8>) -> String {
    var text = Data(bytes).base64EncodedData()
    while text.last == UInt8(ascii: "=") { text.removeLast() }
    for index in text.indices {
      switch text[index] {
      case UInt8(ascii: "+"): text[index] = UInt8(ascii: "-")
      case UInt8(ascii: "/"): text[index] = UInt8(ascii: "_")
      default: break
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// - Returns: nil for text that `encode` does not write.
  public static func decode(_ text: String) -> [UInt8]? {
    var padded = Data(text.utf8)
    for index in padded.indices {
      switch padded[index] {
      case UInt8(ascii: "-"): padded[index] = UInt8(ascii: "+")
      case UInt8(ascii: "_"): padded[index] = UInt8(ascii: "/")
      default: break
      }
    }
    padded.append(contentsOf: repeatElement(UInt8(ascii: "="), count: (4 - padded.count % 4) % 4))
    guard let data = Data(base64Encoded: padded), encode(data) == text else { return nil }
    return Array(data)
  }
}
