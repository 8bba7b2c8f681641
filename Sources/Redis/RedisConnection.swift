// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import EventLoop

/// One connection: sends commands through a stream and turns what comes back into events to be taken
/// afterwards.
///
/// Whoever owns the connection calls `send`, `handle` or `close` and then takes the events: nobody is called
/// from within. Used on the loop's thread only, where its owner lives.
///
/// Sendable so that a client on its way out can hand it to the loop; nobody else has it by then.
@safe final class RedisConnection: @unchecked Sendable {
  /// What a command was sent for.
  enum Purpose: Equatable {
    case handshake(Handshake)
    case healthCheck
    /// To a sentinel: where the master is.
    case location
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
    /// TLS with a host at one of its addresses.
    case tls(host: String, address: String, port: UInt16)
  }

  private let codec: Codec
  /// Nil once the connection has ended.
  private var stream: (any ByteStream)?
  private let watch: DescriptorWatch
  private var pending: [Purpose] = []
  private var outgoing: [UInt8] = []
  /// How many of the outgoing bytes have left.
  private var sent = 0
  private var events: [Event] = []
  private var buffer = [UInt8](repeating: 0, count: 16_384)
  /// Pieces read at once, so that a server that never stops cannot hold the loop.
  private static let piecesAtOnce = 64

  /// Begins to connect; whether that succeeds shows in the first reply.
  ///
  /// - Parameter onReady: called by the loop; is to call `handle`, then to take the events.
  /// - Throws: `unavailable` when the system refuses at once, as for a socket that is not there.
  init(
    to target: Target, tls: RedisTLS = RedisTLS(), maximumReplyBytes: Int, loop: EventLoop,
    onReady: @escaping EventLoop.ReadinessHandler
  ) throws(RedisError) {
    guard let codec = Codec(maximumReplyBytes: maximumReplyBytes) else {
      throw .unavailable("out of memory")
    }
    self.codec = codec
    watch = DescriptorWatch(loop: loop, onReady: onReady)
    stream =
      switch target {
      case .unix(let path): try PlainStream(unix: path, watch: watch)
      case .tcp(let address, let port):
        try PlainStream(address: address, port: port, watch: watch)
      case .tls(let host, let address, let port):
        try TLSStream(host: host, address: address, port: port, tls: tls, watch: watch)
      }
  }

  /// Commands that were queued or sent and not answered.
  var pendingCount: Int { pending.count }

  /// Queues a command; all that is queued in one turn of the loop leaves in one write.
  ///
  /// - Returns: false when the connection has ended; then nothing was queued.
  func send(_ words: [[UInt8]], for purpose: Purpose) -> Bool {
    guard stream != nil, let bytes = Codec.encode(words) else { return false }
    outgoing += bytes
    pending.append(purpose)
    return true
  }

  /// To be called when the descriptor is ready, or with nothing to see whether the stream holds bytes.
  func handle(_ readiness: Readiness) {
    guard let stream else { return }
    do throws(RedisError) {
      guard stream.isOpen else { return try stream.advance(readiness) }
      if readiness != .writable { try read(from: stream) }
      if readiness.contains(.writable) { try write(to: stream) }
    } catch {
      close(error)
    }
  }

  /// Ends the connection without waiting for replies.
  func close(_ reason: RedisError) {
    guard let stream else { return }
    self.stream = nil
    stream.close()
    events.append(.ended(reason, unanswered: pending))
    pending = []
  }

  /// What happened since the last time. Also watches the descriptor for what is wanted by now.
  func takeEvents() -> [Event] {
    if let stream, stream.isOpen {
      do throws(RedisError) {
        try stream.watch(forRoom: sent < outgoing.count)
      } catch {
        close(error)
      }
    }
    defer { events = [] }
    return events
  }

  // MARK: Bytes

  private func write(to stream: any ByteStream) throws(RedisError) {
    // Also without bytes of ours: a stream may hold some back.
    repeat {
      let count = try stream.write(outgoing[sent...])
      guard count > 0 else { return }
      sent += count
    } while sent < outgoing.count
    (outgoing, sent) = ([], 0)
  }

  private func read(from stream: any ByteStream) throws(RedisError) {
    for _ in 0..<Self.piecesAtOnce {
      guard let count = try stream.read(into: &buffer) else { return }
      if count == 0 { throw .unavailable("Redis closed the connection") }
      try codec.add(buffer.prefix(count))
      try takeReplies()
    }
    _ = watch.wake(after: .zero)
  }

  private func takeReplies() throws(RedisError) {
    var answered = 0
    defer { pending.removeFirst(answered) }
    while answered < pending.count, let reply = try codec.next() {
      events.append(.reply(pending[answered], reply))
      answered += 1
    }
    if answered == pending.count, codec.hasRest { throw .unexpectedReply("a reply to no command") }
  }
}
