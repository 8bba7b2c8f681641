// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Follows the lengths of name-value pairs through a stream that may be cut anywhere; keeps nothing.
///
/// libfcgi takes the memory a length asks for before the bytes are there, and aborts the process when it is not
/// to be had (CVE-2025-23016). A stream that passed here asks for nothing it does not hold.
///
/// - Source: FastCGI specification 1.0, section 3.4.
struct NameValueLengths {
  private enum Expectation {
    case nameLength, valueLength
    case content
  }

  private var expectation = Expectation.nameLength
  private var length: UInt32 = 0
  private var lengthBytesLeft = 0
  private var contentLeft = 0

  /// Whether the stream may end here.
  var isAtBoundary: Bool {
    expectation == .nameLength && lengthBytesLeft == 0
  }

  /// - Parameter limit: a pair longer than this is refused.
  /// - Returns: false when the pairs are not worth reading on: too long, or a NUL among them, which the C
  ///   strings of libfcgi cannot hold.
  mutating func consume(_ bytes: Span<UInt8>, limit: Int) -> Bool {
    var index = 0
    while index < bytes.count {
      guard expectation == .content else {
        guard takeLengthByte(bytes[index], limit: limit) else { return false }
        index += 1
        continue
      }
      let end = min(bytes.count, index + contentLeft)
      for position in index..<end where bytes[position] == 0 { return false }
      contentLeft -= end - index
      index = end
      if contentLeft == 0 { expectation = .nameLength }
    }
    return true
  }

  private mutating func takeLengthByte(_ byte: UInt8, limit: Int) -> Bool {
    if lengthBytesLeft > 0 {
      length = length << 8 | UInt32(byte)
      lengthBytesLeft -= 1
    } else if byte & 0x80 != 0 {
      length = UInt32(byte & 0x7f)
      lengthBytesLeft = 3
    } else {
      length = UInt32(byte)
    }
    guard lengthBytesLeft == 0 else { return true }
    guard length <= UInt32(clamping: limit) else { return false }
    contentLeft += Int(length)
    guard contentLeft <= limit else { return false }
    if expectation == .nameLength {
      expectation = .valueLength
    } else {
      expectation = contentLeft == 0 ? .nameLength : .content
    }
    return true
  }
}
