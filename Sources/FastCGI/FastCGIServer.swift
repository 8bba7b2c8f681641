// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import DequeModule
public import EventLoop
import Glibc
public import HTTP
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
    var isStopping = false
    var isSocketClosed = false
    var isSweeping = false
    var isFinished = false
    var finish: CheckedContinuation<Void, Never>?
  }

  let socket: ListeningSocket
  let loop: EventLoop
  let application: Application
  let limits: Limits
  let log: @Sendable (Diagnostic) -> Void
  let state = Mutex(State())
  let threads: IOThreads

  /// - Parameters:
  ///   - socket: connections wait in its queue until `run()`.
  ///   - application: answers every request; those with a `defect` too.
  ///   - log: called from any thread; must not block.
  public init(
    listening socket: ListeningSocket, loop: EventLoop, application: Application,
    limits: Limits = Limits(), log: @escaping @Sendable (Diagnostic) -> Void = { _ in }
  ) throws(SystemError) {
    self.socket = socket
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
    raiseDescriptorLimit()
    try threads.start { job, bench in self.perform(job, &bench) }
    try listen()
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
  private func raiseDescriptorLimit() {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
