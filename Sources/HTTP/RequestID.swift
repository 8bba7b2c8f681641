// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Names of requests in logs.
public enum RequestID {
  /// Accepts what nginx (`$request_id`, 32 hexadecimal digits), Apache (`UNIQUE_ID`) and load balancers (UUIDs,
  /// `traceparent`, `Root=1-67891233-abcdef…`) make, and nothing that could break a log line, a header or a page.
  ///
  /// - Returns: nil for text that is empty, longer than 64 characters, or holds other characters than letters and
  ///   digits of ASCII, `_`, `-`, `.`, `:`, `=` and `@`.
  public static func parse(_ text: String) -> String? {
    guard (1...64).contains(text.utf8.count) else { return nil }
    let isNamed = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "@"):
        true
      default: false
      }
    }
    return isNamed ? text : nil
  }

  /// 32 hexadecimal digits.
  public static func random() -> String {
    Hexadecimal.encode((0..<16).map { _ in UInt8.random(in: .min ... .max) })
  }
}
