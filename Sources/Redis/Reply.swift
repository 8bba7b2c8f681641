// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CHiredis

/// One reply of Redis, copied out of the library's memory.
///
/// - Source: Redis serialization protocol (RESP), version 2.
enum Reply: Equatable, Sendable {
  case status(String)
  case error(RedisError.Code, message: String)
  case integer(Int64)
  case bulk([UInt8])
  case null
  case array([Reply])

  /// Copies a reply, which hiredis frees when the callback returns.
  ///
  /// hiredis nests at most 7 deep, and `ReplyBudget` has limited what it holds.
  ///
  /// - Returns: nil for a type that RESP 2 does not have.
  init?(copying reply: UnsafePointer<redisReply>) {
    switch unsafe reply.pointee.type {
    case REDIS_REPLY_STATUS:
      self = unsafe .status(String(decoding: Self.bytes(of: reply), as: UTF8.self))
    case REDIS_REPLY_ERROR:
      self = unsafe Self(errorLine: Self.bytes(of: reply))
    case REDIS_REPLY_INTEGER:
      self = unsafe .integer(reply.pointee.integer)
    case REDIS_REPLY_STRING:
      self = unsafe .bulk(Self.bytes(of: reply))
    case REDIS_REPLY_NIL:
      self = .null
    case REDIS_REPLY_ARRAY:
      var elements: [Reply] = []
      for index in unsafe 0..<reply.pointee.elements {
        guard let element = unsafe reply.pointee.element[index],
          let copy = unsafe Reply(copying: element)
        else { return nil }
        elements.append(copy)
      }
      self = .array(elements)
    default:
      return nil
    }
  }

  /// Splits `CODE message`; keeps the printable bytes, at most 32 of the code and 200 of the message, and
  /// none of the words that Redis repeats when it does not know a command: one may be a password.
  init(errorLine line: [UInt8]) {
    let word = line.prefix { $0 != UInt8(ascii: " ") }.prefix(32)
    let message = Self.printable(line.dropFirst(word.count).prefix(200)).drop { $0 == " " }
    let end = message.firstRange(of: ", with args beginning with")?.lowerBound ?? message.endIndex
    self = .error(
      RedisError.Code(rawValue: Self.printable(word)), message: String(message[..<end]))
  }

  private static func printable(_ bytes: ArraySlice<UInt8>) -> String {
    let shown = bytes.map { (0x20..<0x7f).contains($0) ? $0 : UInt8(ascii: "?") }
    return String(decoding: shown, as: UTF8.self)
  }

  private static func bytes(of reply: UnsafePointer<redisReply>) -> [UInt8] {
    guard let start = unsafe reply.pointee.str else { return [] }
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: reply.pointee.len))
  }
}
