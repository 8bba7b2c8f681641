// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import EventLoop
import Glibc
public import Sockets
import Synchronization

/// Accepts connections and passes them on, unread, to the process that answers; starts that where there is none.
public final class Relay: Sendable {
  /// Starts a process that answers, with this socket as its descriptor 0: a process that serves a `RelayListener`.
  public typealias Starter = @Sendable (CInt) throws(SystemError) -> Void

  /// The way to a process that answers. The numbers of descriptors come back, those of links do not.
  struct Link: Equatable {
    let descriptor: CInt
    let number: Int
  }

  struct State {
    var link: Link?
    /// How many there have been.
    var links = 0
    /// Whether the process that answers has taken this one in, and so can answer.
    var isTakenIn = false
    /// Accepted, and not taken yet by the process that answers: kept until then, for that may end at any time.
    var connection: CInt?
    /// Whether the link has that connection.
    var isPassedOn = false
    var isStopping = false
    /// Resumed when the link is of no use any more.
    var waiting: CheckedContinuation<Void, Never>?
  }

  /// While a process that answers comes to its end, it has the place and takes nobody in; that takes less.
  private static let patience: Duration = .seconds(2)
  /// Within which the process that answers says so. It takes 30 ms; one that hangs is ended after 30 s, and others come then.
  static let startLimit: Duration = .seconds(40)
  /// Once may be the end of one that was about to stop.
  private static let attempts = 2
  /// When a connection could not be taken or passed on, as with too few descriptors.
  static let pause: Duration = .milliseconds(50)

  let socket: ListeningSocket
  private let rendezvous: RendezvousSocket
  let loop: EventLoop
  private let start: Starter
  let state = Mutex(State())

  public init(
    accepting socket: ListeningSocket, to rendezvous: RendezvousSocket, on loop: EventLoop,
    starting start: @escaping Starter
  ) {
    self.socket = socket
    self.rendezvous = rendezvous
    self.loop = loop
    self.start = start
  }

  /// Passes on until `stop()`.
  ///
  /// - Throws: when nobody answers and nobody can be started.
  public func run() async throws(RendezvousSocket.Failure) {
    do throws(RendezvousSocket.Failure) {
      try await passOn()
    } catch {
      // Apache is told at once.
      let (connection, isStopping) = state.withLock { ($0.connection.take(), $0.isStopping) }
      if let connection { close(connection) }
      if !isStopping { throw error }
    }
  }

  private func passOn() async throws(RendezvousSocket.Failure) {
    var failures = 0
    var shortLived = 0
    while let descriptor = try await join() {
      let begin = ContinuousClock.now
      await passOn(over: descriptor)
      close(descriptor)
      failures = state.withLock(\.isTakenIn) ? 0 : failures + 1
      if failures == Self.attempts { throw .notStarted }
      shortLived = ContinuousClock.now - begin < .seconds(1) ? shortLived + 1 : 0
      // One that dies as soon as it has begun shall not be started all the time.
      if shortLived > 4 { try? await Task.sleep(for: .seconds(1)) }
    }
  }

  /// Ends when what has arrived is passed on.
  public func stop() {
    state.withLock { $0.isStopping = true }
    loop.after(.zero) { [self] in
      loop.unwatch(socket.descriptor)
      // Nobody else accepts what waits there; mod_fcgid sends one at a time.
      if state.withLock({ $0.connection == nil }) {
        if case .connection(let connection) = socket.accept() {
          state.withLock { $0.connection = connection }
        }
      }
      let (link, isHeld) = state.withLock { ($0.isTakenIn ? $0.link : nil, $0.connection != nil) }
      if !isHeld { finish() } else if let link { goOn(over: link) }
    }
  }

  /// - Returns: nil when there is nothing to do any more.
  private func join() async throws(RendezvousSocket.Failure) -> CInt? {
    let end = ContinuousClock.now + Self.patience
    var starts = 0
    while !state.withLock({ $0.isStopping && $0.connection == nil }) {
      if let link = try rendezvous.connect() { return link }
      guard ContinuousClock.now < end else { throw .noAnswer }
      if let socket = try rendezvous.listen() {
        // It is the other process's from now on.
        defer { socket.close() }
        starts += 1
        guard starts <= Self.attempts else { throw .notStarted }
        do throws(SystemError) { try start(socket.descriptor) } catch { throw .system(error) }
      } else {
        try? await Task.sleep(for: .milliseconds(10))
      }
    }
    return nil
  }

  private func passOn(over descriptor: CInt) async {
    await withCheckedContinuation { continuation in
      let link = state.withLock {
        $0.links += 1
        let link = Link(descriptor: descriptor, number: $0.links)
        $0.link = link
        $0.isTakenIn = false
        $0.isPassedOn = false
        $0.waiting = continuation
        return link
      }
      loop.after(.zero) { [self] in begin(over: link) }
    }
    loop.unwatch(descriptor)
    loop.unwatch(socket.descriptor)
  }

  /// Ends passing on over the link of now.
  func finish() {
    let waiting = state.withLock { state in
      state.link = nil
      return state.waiting.take()
    }
    waiting?.resume()
  }
}
