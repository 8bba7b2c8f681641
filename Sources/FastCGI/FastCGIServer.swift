// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import DequeModule
public import EventLoop
import Glibc
public import HTTP
public import Sockets
import Synchronization

/// Serves FastCGI requests that arrive at a socket.
///
/// The loop accepts and watches connections that wait; a few threads read requests and write responses through
/// libfcgi; handlers are tasks. A request in flight, and a kept connection, hold no thread.
///
/// Signals are not its business: block them (`EventLoop.block(signals:)`), and call `stop(deadline:)`.
///
/// - Source: FastCGI specification 1.0; the decisions "libfcgi behind a door" and "Handlers begin at once".
public final class FastCGIServer<Application: Responder>: Sendable
where Application.Failure == Never {
  struct State {
    var connections: [CInt: Connection] = [:]
    var inFlight = 0
    /// Connections kept open whose next request came while the limit was reached.
    var deferred: Deque<Connection> = []
    var isListening = false
    var isFull = false
    var fullLine = RepeatedLine()
    var notAcceptingLine = RepeatedLine()
    var notTakenLine = RepeatedLine()
    /// Connections at once; a kept one that waits counts too.
    var connectionLimit = Int.max
    var isStopping = false
    /// Who takes kept connections over once the server stops.
    var successor: Successor?
    var isSocketClosed = false
    var isSweeping = false
    var isFinished = false
    var finish: CheckedContinuation<Void, Never>?
  }

  /// Takes over kept connections that wait for their next request: true when it has a descriptor of its own for each.
  /// At most `DescriptorMessage.descriptorLimit` at a time, from any thread; may block for a moment.
  public typealias Successor = @Sendable ([CInt]) -> Bool

  /// Absent where connections come from relays alone.
  let socket: ListeningSocket?
  /// Brings connections that other processes accepted.
  let relays: RelayListener?
  public let loop: EventLoop
  let application: Application
  let limits: Limits
  let log: @Sendable (Diagnostic) -> Void
  let state = Mutex(State())
  let threads: IOThreads

  /// - Parameters:
  ///   - socket: connections wait in its queue until `run()`.
  ///   - kept: connections that a predecessor kept open, each of which may bring its next request.
  ///   - application: answers every request; those with a `defect` too.
  ///   - log: called from any thread; must not block.
  public convenience init(
    listening socket: ListeningSocket, adopting kept: [CInt] = [], loop: EventLoop,
    application: Application, limits: Limits = Limits(),
    log: @escaping @Sendable (Diagnostic) -> Void = { _ in }
  ) throws(SystemError) {
    try self.init(
      socket: socket, relays: nil, loop: loop, application: application, limits: limits, log: log)
    // At once: a stop that comes before `run()` leaves them to the next process.
    for descriptor in kept { adoptKept(descriptor) }
  }

  /// - Parameter relays: whose connections it answers; its limits do not hold these back.
  public convenience init(
    relays: RelayListener, loop: EventLoop, application: Application, limits: Limits = Limits(),
    log: @escaping @Sendable (Diagnostic) -> Void = { _ in }
  ) throws(SystemError) {
    try self.init(
      socket: nil, relays: relays, loop: loop, application: application, limits: limits, log: log)
  }

  private init(
    socket: ListeningSocket?, relays: RelayListener?, loop: EventLoop, application: Application,
    limits: Limits, log: @escaping @Sendable (Diagnostic) -> Void
  ) throws(SystemError) {
    self.socket = socket
    self.relays = relays
    self.loop = loop
    self.application = application
    self.limits = limits
    self.log = log
    threads = try IOThreads(limit: max(2, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  /// Serves until `stop(deadline:)` was called and everything in flight is answered, or its deadline has passed.
  ///
  /// - Throws: `SystemError` when the system refuses what serving needs at the start.
  public func run() async throws(SystemError) {
    try LibFCGI.start()
    limitConnections(descriptors: raiseDescriptorLimit())
    try threads.start { job, bench in self.perform(job, &bench) }
    try listen()
    loop.after(.zero) { [self] in
      if let relays { relays.begin(on: loop, relayEvents) }
    }
    await withCheckedContinuation { continuation in
      let isFinished = state.withLock { state in
        if !state.isFinished { state.finish = continuation }
        return state.isFinished
      }
      if isFinished { continuation.resume() }
    }
    threads.stop()
  }

  private func perform(_ job: IOThreads.Job, _ bench: inout Workbench) {
    switch job {
    case .read(let connection): read(connection, &bench)
    case .answer(let connection): answer(connection)
    }
  }

  /// Each connection is a descriptor, and the usual soft limit is 1024.
  ///
  /// - Returns: how many descriptors the process may have; nil when the system does not tell.
  private func raiseDescriptorLimit() -> Int? {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
      return nil
    }
    limit.rlim_cur = limit.rlim_max
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
      return nil
    }
    return Int(clamping: limit.rlim_cur)
  }

  /// Half of the descriptors are for calls to others, and some for what a process has anyway: a request that was
  /// accepted must not fail because there is no descriptor for Redis.
  private func limitConnections(descriptors: Int?) {
    guard let descriptors else { return }
    let limit = max(4, descriptors / 2 - 24)
    state.withLock { $0.connectionLimit = limit }
    if limit < 128 { log(.fewDescriptors(descriptors, connections: limit)) }
  }
}
