// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Unguessable text from the system's random generator.
enum RandomText {
  /// URL-safe base64 without padding of so many random bytes.
  static func base64URL(bytes count: Int) -> String {
    base64URL((0..<count).map { _ in UInt8.random(in: .min ... .max) })
  }

  static func hex(bytes count: Int) -> String {
    (0..<count).map { _ in
      let byte = String(UInt8.random(in: .min ... .max), radix: 16)
      return byte.utf8.count == 1 ? "0" + byte : byte
    }.joined()
  }

  static func base64URL(_ bytes: some Sequence<UInt8>) -> String {
    Data(bytes).base64EncodedString()
      .replacingOccurrences(of: "+", with: "-")
      .replacingOccurrences(of: "/", with: "_")
      .replacingOccurrences(of: "=", with: "")
  }

  static func bytes(base64URL text: String) -> Data? {
    var standard = text.replacingOccurrences(of: "-", with: "+")
      .replacingOccurrences(of: "_", with: "/")
    standard += String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
    return Data(base64Encoded: standard)
  }
}
