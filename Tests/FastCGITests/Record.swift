// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Records as a web server sends them, written without the code under test.
///
/// - Source: FastCGI specification 1.0, section 3.3 and 8.
enum Record {
  static func record(
    _ kind: UInt8, id: UInt16 = 1, _ content: [UInt8] = [], padding: UInt8 = 0, version: UInt8 = 1
  ) -> [UInt8] {
    let length = UInt16(content.count)
    let header = [
      version, kind, UInt8(id >> 8), UInt8(id & 255), UInt8(length >> 8), UInt8(length & 255),
      padding, 0,
    ]
    return header + content + [UInt8](repeating: 0, count: Int(padding))
  }

  static func begin(id: UInt16 = 1, role: UInt8 = 1, keep: Bool = false) -> [UInt8] {
    record(1, id: id, [0, role, keep ? 1 : 0, 0, 0, 0, 0, 0])
  }

  static func pairs(_ pairs: [(String, String)]) -> [UInt8] {
    pairs.flatMap { name, value in
      length(name.utf8.count) + length(value.utf8.count) + Array(name.utf8) + Array(value.utf8)
    }
  }

  /// A stream of at most 65,535 bytes, and its end.
  static func stream(_ kind: UInt8, id: UInt16 = 1, _ content: [UInt8]) -> [UInt8] {
    (content.isEmpty ? [] : record(kind, id: id, content)) + record(kind, id: id)
  }

  /// A whole request.
  static func request(
    _ target: String, method: String = "GET", body: [UInt8] = [], keep: Bool = false,
    id: UInt16 = 1, more: [(String, String)] = []
  ) -> [UInt8] {
    head(target, method: method, length: body.count, keep: keep, id: id, more: more)
      + body.chunks(of: 32_768).flatMap { record(5, id: id, $0) } + record(5, id: id)
  }

  /// A request without its body.
  static func head(
    _ target: String, method: String = "POST", length: Int, keep: Bool = false, id: UInt16 = 1,
    more: [(String, String)] = []
  ) -> [UInt8] {
    let variables = [
      ("REQUEST_METHOD", method), ("REQUEST_URI", target),
      ("CONTENT_LENGTH", length == 0 ? "" : String(length)), ("SCRIPT_NAME", ""),
    ]
    return begin(id: id, keep: keep) + stream(4, id: id, pairs(variables + more))
  }

  private static func length(_ count: Int) -> [UInt8] {
    count < 128
      ? [UInt8(count)]
      : [
        UInt8(count >> 24 & 127 | 128), UInt8(count >> 16 & 255), UInt8(count >> 8 & 255),
        UInt8(count & 255),
      ]
  }
}

extension Array {
  func chunks(of size: Int) -> [[Element]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
  }
}
