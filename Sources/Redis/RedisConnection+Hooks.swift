// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CHiredis
internal import EventLoop

/// The functions hiredis calls. Each finds its connection through the one pointer that `install` set; the
/// context owns a reference to it, given back in `cleanup`, which hiredis calls exactly once.
extension RedisConnection {
  func install(
    into context: UnsafeMutablePointer<redisAsyncContext>, reader: UnsafeMutablePointer<redisReader>
  ) {
    let this = unsafe Unmanaged.passRetained(self).toOpaque()
    unsafe context.pointee.ev.data = this
    unsafe context.pointee.ev.addRead = {
      unsafe RedisConnection.from($0)?.interest.insert(.readable)
    }
    unsafe context.pointee.ev.delRead = {
      unsafe RedisConnection.from($0)?.interest.remove(.readable)
    }
    unsafe context.pointee.ev.addWrite = {
      unsafe RedisConnection.from($0)?.interest.insert(.writable)
    }
    unsafe context.pointee.ev.delWrite = {
      unsafe RedisConnection.from($0)?.interest.remove(.writable)
    }
    unsafe context.pointee.ev.cleanup = { this in
      unsafe RedisConnection.from(this)?.contextEnds()
      if let this = unsafe this { unsafe Unmanaged<RedisConnection>.fromOpaque(this).release() }
    }
    unsafe functions.initialize(to: defaults)
    unsafe functions.pointee.createString = { unsafe RedisConnection.createString($0, $1, $2) }
    unsafe functions.pointee.createArray = { unsafe RedisConnection.createArray($0, $1) }
    unsafe reader.pointee.fn = functions
    unsafe reader.pointee.privdata = this
  }

  static func from(_ pointer: UnsafeMutableRawPointer?) -> RedisConnection? {
    guard let pointer = unsafe pointer else { return nil }
    return unsafe Unmanaged<RedisConnection>.fromOpaque(pointer).takeUnretainedValue()
  }

  static func onReply(_ reply: UnsafeMutableRawPointer?, _ this: UnsafeMutableRawPointer?) {
    // Without a reply the context is about to end, and `contextEnds` tells.
    guard let reply = unsafe reply else { return }
    unsafe RedisConnection.from(this)?.receive(reply.assumingMemoryBound(to: redisReply.self))
  }

  // MARK: Making replies

  /// A null result makes hiredis give up the connection.
  private static func createString(
    _ task: UnsafePointer<redisReadTask>?, _ start: UnsafeMutablePointer<CChar>?, _ count: Int
  ) -> UnsafeMutableRawPointer? {
    guard let task = unsafe task, let this = unsafe RedisConnection.from(task.pointee.privdata)
    else { return nil }
    if unsafe task.pointee.parent == nil { this.budget.startReply() }
    guard this.budget.addString(of: count) else { return unsafe this.refuse() }
    return unsafe this.defaults.createString(task, start, count)
  }

  private static func createArray(
    _ task: UnsafePointer<redisReadTask>?, _ count: CInt
  ) -> UnsafeMutableRawPointer? {
    guard let task = unsafe task, let this = unsafe RedisConnection.from(task.pointee.privdata)
    else { return nil }
    if unsafe task.pointee.parent == nil { this.budget.startReply() }
    guard this.budget.addArray(of: Int(count)) else { return unsafe this.refuse() }
    return unsafe this.defaults.createArray(task, count)
  }

  private func refuse() -> UnsafeMutableRawPointer? {
    giveUp(.unexpectedReply("larger than the limit"))
    return nil
  }
}
