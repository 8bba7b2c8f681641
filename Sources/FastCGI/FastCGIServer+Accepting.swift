// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import DequeModule
import EventLoop
import Glibc
import Synchronization

extension FastCGIServer {
  /// Accepts at most so many before others have their turn on the loop.
  private static var batch: Int { 64 }

  /// Begins to accept, or goes on after a pause.
  func listen() throws(SystemError) {
    let begins = state.withLock { state in
      guard !state.isListening, !state.isStopping else { return false }
      state.isListening = true
      return true
    }
    guard begins else { return }
    try loop.watch(socket.descriptor, for: .readable) { [weak self] _ in self?.accept() }
  }

  /// Stops accepting for now. What comes waits in the listen queue.
  private func pause() {
    state.withLock { $0.isListening = false }
    loop.unwatch(socket.descriptor)
  }

  /// On the loop.
  private func accept() {
    for _ in 0..<Self.batch {
      guard takePlace() else { return }
      let descriptor = linux_accept(socket.descriptor)
      guard descriptor >= 0 else {
        let error = errno
        givePlaceBack()
        return handle(acceptError: error)
      }
      adopt(descriptor)
    }
  }

  /// Counts one more request in flight, or pauses when there are as many as may be.
  private func takePlace() -> Bool {
    let (hasPlace, isNews) = state.withLock { state in
      guard state.isListening else { return (false, false) }
      guard state.inFlight >= limits.inFlight else {
        state.inFlight += 1
        return (true, false)
      }
      state.isListening = false
      defer { state.isFull = true }
      return (false, !state.isFull)
    }
    if !hasPlace { loop.unwatch(socket.descriptor) }
    if isNews { log(.full(limit: limits.inFlight)) }
    return hasPlace
  }

  func adopt(_ descriptor: CInt) {
    if socket.isTCP { linux_no_delay(descriptor) }
    let seconds = limits.writeTime.components.seconds
    var patience = timeval(tv_sec: Int(seconds), tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
    let connection = Connection(adopting: descriptor, limits: limits)
    let sweeps = state.withLock { state in
      state.connections[descriptor] = connection
      defer { state.isSweeping = true }
      return !state.isSweeping
    }
    if sweeps { sweepLater() }
    threads.enqueue(.read(connection))
  }

  /// On the loop.
  private func handle(acceptError error: CInt) {
    switch error {
    case EAGAIN, EINTR, ECONNABORTED, EPROTO: return
    default:
      // Out of descriptors or memory. The queue stays readable, so going on would spin.
      log(.notAccepting(SystemError(call: "accept4", code: error)))
      pause()
      loop.after(.milliseconds(100)) { [weak self] in self?.resume() }
    }
  }

  func resume() {
    do { try listen() } catch {
      state.withLock { $0.isListening = false }
      log(.notAccepting(error))
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
    let (next, resumes) = state.withLock { state in
      if let next = state.deferred.popFirst() { return (Optional(next), false) }
      state.inFlight -= 1
      let resumes = state.isFull && state.inFlight < limits.inFlight
      if resumes { state.isFull = false }
      return (nil, resumes)
    }
    if let next {
      next.control.withLock { $0.isCounted = true }
      threads.enqueue(.read(next))
    }
    if resumes { resume() }
  }
}
