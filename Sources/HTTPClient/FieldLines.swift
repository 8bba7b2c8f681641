// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTPTypes

/// The header fields of a request as libcurl takes them: one line each, without line end.
///
/// libcurl sends these bytes as they are, so a line end inside would begin a field of somebody else's choice.
///
/// - Source: CURLOPT_HTTPHEADER(3).
enum FieldLines {
  /// Fields that say how the message travels: libcurl's business.
  private static let ofConnection: Set<String> = [
    "connection", "content-length", "expect", "host", "keep-alive", "te", "trailer",
    "transfer-encoding", "upgrade",
  ]

  /// What libcurl adds by itself unless told not to: a line without value says so.
  private static let unasked = ["Accept", "Content-Type", "Expect"]

  /// Bytes without NUL, CR and LF.
  static func lines(_ fields: HTTPFields) throws(HTTPClientError) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    for field in fields {
      guard !ofConnection.contains(field.name.canonicalName) else {
        throw .invalidRequest("the field \(field.name) belongs to the connection")
      }
      let value = unsafe field.withUnsafeBytesOfValue { unsafe Array($0) }
      // An empty value is announced by a semicolon: with a colon the field would be left out.
      let line =
        Array(field.name.rawName.utf8)
        + (value.isEmpty ? Array(";".utf8) : Array(": ".utf8) + value)
      guard !line.contains(where: { $0 == 0 || $0 == 0x0a || $0 == 0x0d }) else {
        throw .invalidRequest("the field \(field.name) holds a line end or NUL")
      }
      lines.append(line)
    }
    for name in unasked where !fields.contains(where: { $0.name == HTTPField.Name(name) }) {
      lines.append(Array("\(name):".utf8))
    }
    return lines
  }
}
