// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import DequeModule
import EventLoop
internal import Sockets
import Synchronization

extension FastCGIServer {
  /// Accepts at most so many before others have their turn on the loop.
  private static var batch: Int { 64 }

  /// Begins to accept, or goes on after a pause. On the loop, but for the first time.
  func listen() throws(SystemError) {
    let begins = state.withLock { state in
      guard !state.isListening, !state.isStopping else { return false }
      state.isListening = true
      return true
    }
    guard begins else { return }
    guard let socket else { return }
    try loop.watch(socket.descriptor, for: .readable) { [weak self] _ in self?.accept(from: socket)
    }
  }

  /// Stops accepting for now. What comes waits in the listen queue.
  private func pause() {
    state.withLock { $0.isListening = false }
    if let socket { loop.unwatch(socket.descriptor) }
  }

  /// On the loop.
  private func accept(from socket: ListeningSocket) {
    for _ in 0..<Self.batch {
      guard takePlace() else { return }
      switch socket.accept() {
      case .connection(let descriptor): adopt(descriptor)
      case .empty: return givePlaceBack()
      case .failed(let error):
        givePlaceBack()
        return pause(after: error)
      }
    }
  }

  /// Counts one more request in flight, or pauses when there are as many as may be.
  private func takePlace() -> Bool {
    let (hasPlace, news): (Bool, Diagnostic?) = state.withLock { state in
      guard state.isListening else { return (false, nil) }
      guard !hasRoom(state) else {
        state.inFlight += 1
        return (true, nil)
      }
      state.isListening = false
      state.isFull = true
      guard state.fullLine.isDue() else { return (false, nil) }
      return (
        false,
        state.inFlight >= limits.inFlight
          ? .full(limit: limits.inFlight) : .fullOfConnections(limit: state.connectionLimit)
      )
    }
    if !hasPlace, let socket { loop.unwatch(socket.descriptor) }
    if let news { log(news) }
    return hasPlace
  }

  private func hasRoom(_ state: State) -> Bool {
    state.inFlight < limits.inFlight && state.connections.count < state.connectionLimit
  }

  /// What a listener for relays tells.
  var relayEvents: RelayListener.Events {
    RelayListener.Events(
      adopt: { self.adopt(accepted: $0) },
      refused: { self.report(.notTaken, \.notTakenLine) },
      pause: { self.report(.notAccepting($0), \.notAcceptingLine) })
  }

  private func report(_ diagnostic: Diagnostic, _ line: WritableKeyPath<State, RepeatedLine>) {
    if state.withLock({ $0[keyPath: line].isDue() }) { log(diagnostic) }
  }

  var isTCP: Bool { socket?.isTCP ?? false }

  /// Answers a connection that was accepted elsewhere, whether or not there is room.
  func adopt(accepted descriptor: CInt) {
    state.withLock { $0.inFlight += 1 }
    adopt(descriptor)
  }

  private func adopt(_ descriptor: CInt) {
    threads.enqueue(.read(connection(adopting: descriptor)))
  }

  /// Takes over a connection that waits for its next request, which may have come already.
  func adoptKept(_ descriptor: CInt) {
    let connection = connection(adopting: descriptor)
    connection.control.withLock { control in
      control.isKept = true
      control.isCounted = false
    }
    rest(connection, .idle)
  }

  private func connection(adopting descriptor: CInt) -> Connection {
    let options = SocketOptions(of: descriptor)
    if isTCP { options.disableNagle() }
    options.setSendTimeout(limits.writeTime)
    let connection = Connection(adopting: descriptor, limits: limits)
    let sweeps = state.withLock { state in
      state.connections[descriptor] = connection
      defer { state.isSweeping = true }
      return !state.isSweeping
    }
    if sweeps { sweepLater() }
    return connection
  }

  /// On the loop.
  private func pause(after error: SystemError) {
    report(.notAccepting(error), \.notAcceptingLine)
    pause()
    loop.after(.milliseconds(100)) { [weak self] in self?.resume() }
  }

  func resume() {
    do { try listen() } catch {
      state.withLock { $0.isListening = false }
      report(.notAccepting(error), \.notAcceptingLine)
      loop.after(.seconds(1)) { [weak self] in self?.resume() }
    }
  }

  // MARK: Places

  /// Counts a kept connection whose next request has come; false when it has to wait.
  func takePlace(for connection: Connection) -> Bool {
    state.withLock { state in
      guard state.inFlight < limits.inFlight else {
        state.deferred.append(connection)
        return false
      }
      state.inFlight += 1
      return true
    }
  }

  /// One request fewer is in flight: the next may come.
  func givePlaceBack() {
    let next = state.withLock { state in
      let next = state.deferred.popFirst()
      if next == nil { state.inFlight -= 1 }
      return next
    }
    guard let next else { return resumeIfRoom() }
    next.control.withLock { $0.isCounted = true }
    threads.enqueue(.read(next))
  }

  /// Accepts again, if nothing but the want of room kept us from it.
  func resumeIfRoom() {
    let resumes = state.withLock { state in
      guard state.isFull, hasRoom(state) else { return false }
      state.isFull = false
      return true
    }
    // On the loop, where it paused: elsewhere this could come in the middle of that, and be undone by it.
    if resumes { loop.after(.zero) { [weak self] in self?.resume() } }
  }
}
