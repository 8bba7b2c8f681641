// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTP
internal import HTTPTypes

/// A response as a CGI program writes it. Pure.
///
/// - Source: RFC 3875, section 6.
struct HeaderBlock {
  /// What a response must not hold: it would end its field, or the header.
  enum Failure: Error, Equatable {
    case status(Int)
    case field(name: String)
  }

  /// `Status`, the fields, `Content-Length` where it is known, an empty line. One line for each value: joined,
  /// `Set-Cookie` breaks.
  let bytes: [UInt8]
  static let ofFailure = Array(
    "Status: 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n".utf8)

  /// Whether the body follows. Not for HEAD, 204 and 304.
  let hasBody: Bool

  init(_ response: Response, to method: HTTPRequest.Method) throws(Failure) {
    let code = response.status.code
    guard (200...599).contains(code), Self.isLine(response.status.reasonPhrase) else {
      throw .status(code)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(512)
    bytes += "Status: \(code) \(response.status.reasonPhrase)\r\n".utf8
    for field in response.fields where field.name != .contentLength {
      // swift-http-types makes a name of a token only, and of pseudo-fields.
      guard Self.isLine(field.value), !field.name.rawName.utf8.contains(UInt8(ascii: ":")) else {
        throw .field(name: field.name.rawName)
      }
      bytes += field.name.rawName.utf8
      bytes += ": ".utf8
      bytes += field.value.utf8
      bytes += "\r\n".utf8
    }
    let mayHaveBody = code != 204 && code != 304
    if mayHaveBody, let length = response.body.length {
      bytes += "Content-Length: \(length)\r\n".utf8
    }
    bytes += "\r\n".utf8
    self.bytes = bytes
    hasBody = mayHaveBody && method != .head
  }

  private static func isLine(_ text: String) -> Bool {
    !text.utf8.contains { $0 == 13 || $0 == 10 || $0 == 0 }
  }
}
