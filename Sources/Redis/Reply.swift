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

  /// Splits `CODE message`; keeps at most 200 bytes of the message, the printable ones.
  init(errorLine line: [UInt8]) {
    let word = line.prefix { $0 != UInt8(ascii: " ") }.prefix(32)
    let rest = line.dropFirst(word.count).prefix(200).map { (0x20..<0x7f).contains($0) ? $0 : 0x3f }
    let text = String(decoding: rest, as: UTF8.self)
    let code = RedisError.Code(rawValue: String(decoding: word, as: UTF8.self))
    self = .error(code, message: String(text.drop { $0 == " " }))
  }

  private static func bytes(of reply: UnsafePointer<redisReply>) -> [UInt8] {
    guard let start = unsafe reply.pointee.str else { return [] }
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: reply.pointee.len))
  }
}
