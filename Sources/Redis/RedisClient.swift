// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import EventLoop

/// A client of one Redis, on the loop: one connection that all callers share.
///
/// Commands given in one turn of the loop leave in one write. The connection is made when the first command
/// needs it, checked while it is silent, and made anew after a loss; while there is none and the last
/// attempt has failed, commands fail at once. No command is ever sent twice.
///
/// - Source: hiredis 0.14 (async.h), Redis commands and RESP 2.
public actor RedisClient {
  /// What a client waits for and keeps.
  public struct Limits: Sendable {
    /// For the name, the connection and signing in together.
    public var connect: Duration = .seconds(1)
    /// For one sentinel to say where the master is; then the next is asked.
    public var sentinel: Duration = .milliseconds(300)
    /// From the call to the answer, waiting for a connection included.
    public var command: Duration = .seconds(1)
    /// A connection that is silent for that long is asked for a sign of life.
    public var silence: Duration = .seconds(3)
    public var replyBytes = 1 << 20
    /// Names, values and options of one command.
    public var commandBytes = 1 << 20
    /// Commands without an answer, whether sent or waiting for a connection.
    public var pendingCommands = 8_192

    public init() {}
  }

  private struct Call {
    let command: Command
    let deadline: DeadlineID
    let continuation: CheckedContinuation<Result<Reply, RedisError>, Never>
    var isSent = false
  }

  public nonisolated let loop: EventLoop
  public nonisolated let address: RedisAddress
  let tls: RedisTLS
  let limits: Limits
  private let observe: @Sendable (Observation) -> Void

  var state = ConnectionState()
  var connection: RedisConnection?
  /// Counts attempts to connect, so that what was started for one of them cannot touch the next.
  var attempt: UInt64 = 0
  var attemptDeadline: DeadlineID?
  /// Names that are being looked up.
  var lookUps: Set<String> = []
  /// The place that a connection is to be made to, once its name is looked up.
  var wanted: Wanted?
  /// Who is asked first: the one that answered the last time.
  var sentinels: [RedisAddress.Place] = []
  var search: SentinelSearch?
  var sentinelDeadline: DeadlineID?
  var handshakeRepliesMissing = 0
  /// The replies still to come belong to nobody for sure.
  var isOutOfStep = false
  var isHealthCheckUnderWay = false
  var heardSinceHealthCheck = false

  private var calls: [UInt64: Call] = [:]
  private var lastCall: UInt64 = 0
  /// Commands that wait for a connection, in order.
  private var waiting: [UInt64] = []

  /// Connects to nothing yet.
  ///
  /// - Parameters:
  ///   - tls: for an address that asks for TLS.
  ///   - observe: called once for each command, by the task that gave it; must not block.
  public init(
    loop: EventLoop, address: RedisAddress, tls: RedisTLS = RedisTLS(), limits: Limits = Limits(),
    observe: @escaping @Sendable (Observation) -> Void = { _ in }
  ) {
    self.loop = loop
    self.address = address
    self.tls = tls
    self.limits = limits
    self.observe = observe
    if case .sentinel(let places, _, _) = address.transport { sentinels = places }
  }

  /// Not isolated, because across modules an isolated one ends a release build with "circular reference"
  /// (Swift 6.3.1).
  deinit {
    loop.after(.zero) { [connection, search] in
      connection?.close(.closed)
      search?.connection?.close(.closed)
    }
  }

  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe loop.asUnownedSerialExecutor()
  }

  /// Ends the connection; every command under way and every later one fails with `closed`.
  public func close() {
    _ = state.handle(.closed)
    attempt += 1
    endSearch()
    endConnection(.closed)
    failWaiting(.closed)
  }

  // MARK: Calls

  /// Sends a command and waits for its reply, which is no error reply and one that the command accepts.
  func send(_ command: Command) async throws(RedisError) -> Reply {
    let began = ContinuousClock.now
    lastCall += 1
    let id = lastCall
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { begin(id, command, $0) }
    } onCancel: {
      loop.after(.zero) { [weak self] in
        self?.assumeIsolated { $0.finish(id, .failure(.cancelled)) }
      }
    }
    observe(Observation(command: command.name, began: began, result))
    return try result.get()
  }

  private func begin(
    _ id: UInt64, _ command: Command,
    _ continuation: CheckedContinuation<Result<Reply, RedisError>, Never>
  ) {
    guard !Task.isCancelled else { return continuation.resume(returning: .failure(.cancelled)) }
    let pending = waiting.count + (connection?.pendingCount ?? 0)
    guard command.size <= limits.commandBytes, pending < limits.pendingCommands else {
      return continuation.resume(returning: .failure(.overloaded))
    }
    let action = state.handle(.commandArrived)
    if case .fail(let error) = action { return continuation.resume(returning: .failure(error)) }
    let deadline = loop.after(limits.command) { [weak self] in
      self?.assumeIsolated { $0.timeOut(id) }
    }
    calls[id] = Call(command: command, deadline: deadline, continuation: continuation)
    if action == .send {
      transmit(id)
      settle()
    } else {
      waiting.append(id)
      if action == .connect { connect() }
    }
  }

  private func transmit(_ id: UInt64) {
    guard let command = calls[id]?.command else { return }
    calls[id]?.isSent = true
    if connection?.send(command.words, for: .call(id)) != true {
      finish(id, .failure(.unavailable("the connection has ended")))
    }
  }

  /// Gives a caller its result, unless it has one.
  func finish(_ id: UInt64, _ result: Result<Reply, RedisError>) {
    guard let call = calls.removeValue(forKey: id) else { return }
    loop.cancel(call.deadline)
    call.continuation.resume(returning: result)
  }

  private func timeOut(_ id: UInt64) {
    guard let call = calls[id] else { return }
    finish(id, .failure(.timedOut))
    // Else a late reply would be taken for the one to the next command.
    if call.isSent { endConnection(.unavailable("no reply within \(limits.command)")) }
  }

  /// Hands a reply to the caller it belongs to; one that has left gets none.
  ///
  /// - Returns: whether it is a reply that the command can have.
  func deliver(_ reply: Reply, to id: UInt64) -> Bool {
    guard let call = calls[id] else { return true }
    if case .error(let code, let message) = reply {
      // Redis says which command it is about, unless it is about the key.
      let words = code == .noPermission ? "\(call.command.name): \(message)" : message
      finish(id, .failure(.refused(code, message: words)))
    } else if call.command.accepts(reply) {
      finish(id, .success(reply))
    } else {
      finish(id, .failure(.unexpectedReply("not one that this command can have")))
      return false
    }
    return true
  }

  func sendWaiting() {
    for id in waiting { transmit(id) }
    waiting = []
  }

  func failWaiting(_ error: RedisError) {
    for id in waiting { finish(id, .failure(error)) }
    waiting = []
  }
}
