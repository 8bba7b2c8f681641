// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTPTypes

/// The first line and the fields of a request, as far as a server needs them that answers GET alone. Pure.
///
/// - Source: RFC 9112, sections 2 and 3.
struct RequestHead: Equatable {
  /// Why a request cannot be read.
  enum Failure: Error, Equatable {
    case malformed
    /// Another version than 1.0 and 1.1.
    case version
  }

  let method: HTTPRequest.Method
  let target: String

  /// Looks for the empty line that ends a head.
  ///
  /// - Returns: nil while there is none.
  static func end(in bytes: [UInt8]) -> Int? {
    let lineFeed = UInt8(ascii: "\n")
    var previous = -1
    for (index, byte) in bytes.enumerated() where byte == lineFeed {
      let length = index - previous - 1
      if length == 0 || (length == 1 && bytes[index - 1] == UInt8(ascii: "\r")) {
        return index + 1
      }
      previous = index
    }
    return nil
  }

  /// - Parameter bytes: up to and with the empty line.
  init(parsing bytes: ArraySlice<UInt8>) throws(Failure) {
    let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
    // No escapes, no controls, nothing beyond ASCII: a target has to be encoded.
    guard line.last == UInt8(ascii: "\r"), line.dropLast().allSatisfy({ 0x20...0x7E ~= $0 }) else {
      throw .malformed
    }
    let words = String(decoding: line.dropLast(), as: UTF8.self)
      .split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3, let method = HTTPRequest.Method(String(words[0])),
      words[1].hasPrefix("/"), words[2].hasPrefix("HTTP/")
    else { throw .malformed }
    guard words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0" else { throw .version }
    self.method = method
    target = String(words[1])
  }
}
