// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CHiredis

/// Commands to bytes and bytes to replies, by hiredis, of which nothing else is used.
///
/// - Source: hiredis 0.14, read.h and hiredis.h.
@safe final class Codec {
  /// Of a reply that is not complete: its length and two line ends, and some to spare.
  private static let framingBytes = 32

  private let reader: UnsafeMutablePointer<redisReader>
  private let defaults: redisReplyObjectFunctions
  private let functions: UnsafeMutablePointer<redisReplyObjectFunctions>
  private let maximumReplyBytes: Int
  private var budget: ReplyBudget
  private var isRefusing = false

  /// Nil when memory is short.
  init?(maximumReplyBytes: Int) {
    guard let reader = unsafe redisReaderCreate() else { return nil }
    unsafe self.reader = unsafe reader
    unsafe defaults = reader.pointee.fn.pointee
    unsafe functions = .allocate(capacity: 1)
    self.maximumReplyBytes = maximumReplyBytes
    budget = ReplyBudget(maximumBytes: maximumReplyBytes)
    unsafe functions.initialize(to: defaults)
    unsafe functions.pointee.createString = { unsafe Codec.createString($0, $1, $2) }
    unsafe functions.pointee.createArray = { unsafe Codec.createArray($0, $1) }
    unsafe reader.pointee.fn = functions
    unsafe reader.pointee.privdata = Unmanaged.passUnretained(self).toOpaque()
  }

  deinit {
    unsafe redisReaderFree(reader)
    unsafe functions.deallocate()
  }

  /// - Returns: nil when memory is short.
  static func encode(_ words: [[UInt8]]) -> [UInt8]? {
    var lengths = words.map(\.count)
    let bytes = Array(words.joined()) + [0]
    return unsafe bytes.withUnsafeBytes { bytes in
      var starts: [UnsafePointer<CChar>?] = unsafe []
      var start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      for length in lengths {
        unsafe starts.append(start)
        unsafe start = start.map { unsafe $0 + length }
      }
      var text: UnsafeMutablePointer<CChar>?
      let count = unsafe redisFormatCommandArgv(&text, CInt(lengths.count), &starts, &lengths)
      guard count >= 0, let text = unsafe text else { return nil }
      defer { unsafe redisFreeCommand(text) }
      return unsafe Array(UnsafeRawBufferPointer(start: text, count: Int(count)))
    }
  }

  /// Whether bytes are left of which no reply was made.
  var hasRest: Bool { unsafe reader.pointee.len > reader.pointee.pos }

  func add(_ bytes: ArraySlice<UInt8>) throws(RedisError) {
    let code = unsafe bytes.withUnsafeBytes { bytes in
      let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      return unsafe redisReaderFeed(reader, start, bytes.count)
    }
    guard code == REDIS_OK else { throw failure }
  }

  /// - Returns: nil until more bytes have come.
  /// - Throws: `unexpectedReply` for what is none, or larger than the limit.
  func next() throws(RedisError) -> Reply? {
    var reply: UnsafeMutableRawPointer?
    guard unsafe redisReaderGetReply(reader, &reply) == REDIS_OK else { throw failure }
    guard let reply = unsafe reply else {
      let buffered = unsafe reader.pointee.len - reader.pointee.pos
      guard buffered - Self.framingBytes <= maximumReplyBytes else { throw Self.tooLarge }
      return nil
    }
    defer { unsafe freeReplyObject(reply) }
    guard let copy = unsafe Reply(copying: reply.assumingMemoryBound(to: redisReply.self)) else {
      throw .unexpectedReply("of an unknown type")
    }
    return copy
  }

  private var failure: RedisError {
    if isRefusing { return Self.tooLarge }
    let text = unsafe withUnsafeBytes(of: reader.pointee.errstr) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return .unexpectedReply(text)
  }

  private static var tooLarge: RedisError { .unexpectedReply("larger than the limit") }

  // MARK: Making replies

  private static func from(_ task: UnsafePointer<redisReadTask>) -> Codec? {
    guard let pointer = unsafe task.pointee.privdata else { return nil }
    let codec = unsafe Unmanaged<Codec>.fromOpaque(pointer).takeUnretainedValue()
    if unsafe task.pointee.parent == nil { codec.budget.startReply() }
    return codec
  }

  /// A null result makes hiredis give up.
  private static func createString(
    _ task: UnsafePointer<redisReadTask>?, _ start: UnsafeMutablePointer<CChar>?, _ count: Int
  ) -> UnsafeMutableRawPointer? {
    guard let task = unsafe task, let this = unsafe from(task) else { return nil }
    guard this.budget.addString(of: count) else { return unsafe this.refuse() }
    return unsafe this.defaults.createString(task, start, count)
  }

  private static func createArray(
    _ task: UnsafePointer<redisReadTask>?, _ count: CInt
  ) -> UnsafeMutableRawPointer? {
    guard let task = unsafe task, let this = unsafe from(task) else { return nil }
    guard this.budget.addArray(of: Int(count)) else { return unsafe this.refuse() }
    return unsafe this.defaults.createArray(task, count)
  }

  private func refuse() -> UnsafeMutableRawPointer? {
    isRefusing = true
    return nil
  }
}
