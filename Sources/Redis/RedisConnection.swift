// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CHiredis
internal import EventLoop
internal import Glibc

/// One connection: owns a hiredis context and turns its callbacks into events to be taken afterwards.
///
/// hiredis runs callbacks only while it is being called, so whoever owns the connection calls `send`,
/// `handle` or `close` and then takes `events`: nobody is called from within hiredis. Used on the loop's
/// thread only, where its owner lives.
///
/// hiredis 0.14 ends the process (`assert` in `redisProcessCallbacks`) when a reply arrives that nobody
/// waits for. It never gets to see one: it is not asked to read while nothing is pending, and the context is
/// given up when bytes follow the reply to the last pending command.
///
/// Sendable so that a client on its way out can hand it to the loop; nobody else has it by then.
@safe final class RedisConnection: @unchecked Sendable {
  /// What a command was sent for.
  enum Purpose: Equatable {
    case handshake(Handshake)
    case healthCheck
    case call(UInt64)
  }

  enum Event: Equatable {
    case reply(Purpose, Reply)
    /// The connection has ended; there was no reply to `unanswered`. The last event.
    case ended(RedisError, unanswered: [Purpose])
  }

  enum Target: Equatable {
    case unix(path: String)
    case tcp(address: String, port: UInt16)
  }

  /// What hiredis wants the descriptor to be watched for.
  var interest: Readiness = []

  private let descriptor: CInt
  private let loop: EventLoop
  private let onReady: EventLoop.ReadinessHandler
  private var watched: Readiness = []
  private var context: UnsafeMutablePointer<redisAsyncContext>?
  let defaults: redisReplyObjectFunctions
  let functions: UnsafeMutablePointer<redisReplyObjectFunctions>
  private let maximumReplyBytes: Int
  /// Of a reply that is not complete: its length and two line ends, and some to spare.
  private static let framingBytes = 32
  var budget: ReplyBudget
  private var pending: [Purpose] = []
  private var answered = 0
  private var events: [Event] = []
  /// Why the connection is being given up, where hiredis does not know.
  private var verdict: RedisError?

  /// Begins to connect; whether that succeeds shows in the first reply.
  ///
  /// - Parameter onReady: called by the loop; is to call `handle`, then to take the events.
  /// - Throws: `unavailable` when the system refuses at once, as for a socket that is not there.
  init(
    to target: Target, maximumReplyBytes: Int, loop: EventLoop,
    onReady: @escaping EventLoop.ReadinessHandler
  ) throws(RedisError) {
    let started =
      switch target {
      case .unix(let path): unsafe redisAsyncConnectUnix(path)
      case .tcp(let address, let port): unsafe redisAsyncConnect(address, CInt(port))
      }
    guard let context = unsafe started else { throw .unavailable("out of memory") }
    guard unsafe context.pointee.err == 0, let reader = unsafe context.pointee.c.reader else {
      let reason = unsafe Self.failure(of: context.pointee.c)
      unsafe redisAsyncFree(context)
      throw reason
    }
    unsafe self.context = context
    descriptor = unsafe context.pointee.c.fd
    unsafe defaults = reader.pointee.fn.pointee
    unsafe functions = .allocate(capacity: 1)
    self.loop = loop
    self.onReady = onReady
    self.maximumReplyBytes = maximumReplyBytes
    budget = ReplyBudget(maximumBytes: maximumReplyBytes)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unsafe install(into: context, reader: reader)
    Self.blockBrokenPipeSignal()
  }

  /// hiredis writes with write(2), which raises SIGPIPE in the writing thread when the server has gone, and
  /// that would end the process. Blocked, it stays pending and the write fails with EPIPE.
  private static func blockBrokenPipeSignal() {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGPIPE)
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  deinit {
    // The context holds a reference to this object, so it is gone by now.
    unsafe functions.deallocate()
  }

  /// Commands that were queued or sent and not answered.
  var pendingCount: Int { pending.count - answered }

  /// Queues a command; all that is queued in one turn of the loop leaves in one write.
  ///
  /// - Returns: false when the connection has ended; then nothing was queued.
  func send(_ words: [[UInt8]], for purpose: Purpose) -> Bool {
    guard let context = unsafe context else { return false }
    var lengths = words.map(\.count)
    let bytes = Array(words.joined()) + [0]
    let code = unsafe bytes.withUnsafeBytes { bytes in
      var starts: [UnsafePointer<CChar>?] = unsafe []
      var start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      for length in lengths {
        unsafe starts.append(start)
        unsafe start = start.map { unsafe $0 + length }
      }
      let this = unsafe Unmanaged.passUnretained(self).toOpaque()
      return unsafe redisAsyncCommandArgv(
        context, { unsafe RedisConnection.onReply($1, $2) }, this, CInt(lengths.count), &starts,
        &lengths)
    }
    guard code == REDIS_OK else { return false }
    pending.append(purpose)
    return true
  }

  /// To be called when the descriptor is ready.
  func handle(_ readiness: Readiness) {
    if readiness.contains(.readable) || readiness.contains(.hangUp) { read() }
    if readiness.contains(.writable), let context = unsafe context {
      unsafe redisAsyncHandleWrite(context)
    }
  }

  /// Ends the connection without waiting for replies.
  func close(_ reason: RedisError) {
    guard let context = unsafe context else { return }
    giveUp(reason)
    unsafe redisAsyncFree(context)
  }

  /// What happened since the last time. Also watches the descriptor for what hiredis wants by now.
  func takeEvents() -> [Event] {
    watch()
    defer { events = [] }
    return events
  }

  private func watch() {
    guard unsafe context != nil, watched != interest else { return }
    do throws(SystemError) {
      try loop.watch(descriptor, for: interest, onReady)
      watched = interest
    } catch {
      close(.unavailable("\(error)"))
    }
  }

  // MARK: Reading

  private var hasPending: Bool { pendingCount > 0 }

  private func read() {
    guard hasPending else { return readNothing() }
    guard let context = unsafe context else { return }
    unsafe redisAsyncHandleRead(context)
    guard let context = unsafe self.context, let reader = unsafe context.pointee.c.reader else {
      return
    }
    let buffered = unsafe reader.pointee.len - reader.pointee.pos
    if buffered - Self.framingBytes > maximumReplyBytes {
      close(.unexpectedReply("larger than the limit"))
    }
    pending.removeFirst(answered)
    answered = 0
  }

  /// The descriptor is readable though nothing was asked: the server hung up, or speaks out of turn.
  private func readNothing() {
    var byte: UInt8 = 0
    switch unsafe recv(descriptor, &byte, 1, CInt(MSG_PEEK)) {
    case 0: close(.unavailable("Redis closed the connection"))
    case 1...: close(.unexpectedReply("a reply to no command"))
    default:
      guard errno != EAGAIN, errno != EINTR else { return }
      close(.unavailable("\(SystemError(call: "recv"))"))
    }
  }

  func receive(_ reply: UnsafePointer<redisReply>) {
    guard hasPending, verdict == nil else { return }
    let purpose = pending[answered]
    answered += 1
    guard let copy = unsafe Reply(copying: reply) else {
      answered -= 1
      return close(.unexpectedReply("of an unknown type"))
    }
    events.append(.reply(purpose, copy))
    if !hasPending, let reader = unsafe context?.pointee.c.reader,
      unsafe reader.pointee.len > reader.pointee.pos
    {
      close(.unexpectedReply("a reply to no command"))
    }
  }

  /// Notes why the connection is about to end; the first reason stays.
  func giveUp(_ reason: RedisError) {
    if verdict == nil { verdict = reason }
  }

  func contextEnds() {
    guard let context = unsafe context else { return }
    let reason = unsafe verdict ?? Self.failure(of: context.pointee.c)
    unsafe self.context = nil
    loop.unwatch(descriptor)
    events.append(.ended(reason, unanswered: Array(pending.dropFirst(answered))))
  }

  private static func failure(of context: redisContext) -> RedisError {
    let text = unsafe withUnsafeBytes(of: context.errstr) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return unsafe context.err == REDIS_ERR_PROTOCOL || context.err == REDIS_ERR_OOM
      ? .unexpectedReply(text) : .unavailable(text)
  }
}
