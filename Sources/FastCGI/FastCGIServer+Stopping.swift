// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
import EventLoop
import Glibc
internal import Sockets
import Synchronization

extension FastCGIServer {
  /// Ends serving without losing a request.
  ///
  /// Nothing more is accepted; a socket of our own is emptied first, one that was inherited is left to a successor.
  /// With a successor, kept connections are handed to it as soon as they are idle, and the web server notices nothing.
  /// Without, each gets one more request answered and is closed then; one that stays idle is closed when the web
  /// server closes it, or at the deadline. Closing idle ones at once lost requests: nginx may just be sending.
  ///
  /// - Parameter deadline: when it has passed, what is still in flight is cut off, and `run()` returns.
  public func stop(deadline: Duration, handingOver successor: Successor? = nil) {
    let begins = state.withLock { state in
      guard !state.isStopping else { return false }
      state.isStopping = true
      state.successor = successor
      return true
    }
    guard begins else { return }
    loop.after(.zero) {
      self.stopListening()
      self.handOverIdle()
      self.finishIfDone()
    }
    loop.after(deadline) { self.cutOff() }
  }

  /// On the loop, where accepting happens too.
  private func stopListening() {
    state.withLock { $0.isListening = false }
    relays?.end(on: loop, relayEvents)
    if let socket { close(socket) }
    state.withLock { $0.isSocketClosed = true }
  }

  private func close(_ socket: ListeningSocket) {
    loop.unwatch(socket.descriptor)
    socket.removeFile()
    if !socket.isInherited {
      while case .connection(let descriptor) = socket.accept() { adopt(accepted: descriptor) }
    }
    socket.close()
  }

  /// On the loop.
  private func cutOff() {
    let connections = state.withLock { Array($0.connections.values) }
    var unanswered = 0
    for connection in connections {
      let (isIdle, isAnswered) = connection.control.withLock { control in
        control.task?.cancel()
        control.isGone = true
        if control.phase == .writing { shutdown(connection.descriptor, CInt(SHUT_RDWR)) }
        let isAnswered = control.phase == .resting || control.phase == .lingering
        return (isAnswered || control.phase == .draining, isAnswered)
      }
      if !isAnswered { unanswered += 1 }
      if isIdle { close(connection) }
    }
    guard unanswered > 0 else { return }
    log(.cutOff(requests: unanswered))
    // Cancelled handlers end soon; those that do not are not waited for.
    loop.after(.seconds(1)) { self.finish() }
  }

  // MARK: Handing over

  func handOverLater() {
    guard state.withLock({ $0.successor != nil }) else { return }
    loop.after(.zero) { self.handOverIdle() }
  }

  /// On the loop, so that no byte of a next request is read meanwhile.
  private func handOverIdle() {
    let (successor, connections) = state.withLock { ($0.successor, Array($0.connections.values)) }
    guard let successor else { return }
    var idle = connections.filter(takeIfIdle)[...]
    while !idle.isEmpty {
      let batch = idle.prefix(DescriptorMessage.descriptorLimit)
      idle = idle.dropFirst(batch.count)
      if successor(batch.map(\.descriptor)) {
        for connection in batch { close(connection) }
      } else {
        // They are served once more, as without a successor.
        log(.notHandedOver(connections: batch.count))
        state.withLock { $0.successor = nil }
        for connection in batch + idle { rest(connection, .idle) }
        return
      }
    }
  }

  /// Takes a kept connection of whose next request nothing was read out of the loop's hands.
  private func takeIfIdle(_ connection: Connection) -> Bool {
    connection.control.withLock { control in
      guard control.phase == .resting, control.isKept, control.stage == .idle,
        connection.work.withLock({ $0.pending.isEmpty && $0.records.isUntouched })
      else { return false }
      control.phase = .working
      loop.unwatch(connection.descriptor)
      return true
    }
  }

  func finishIfDone() {
    let isDone = state.withLock { $0.isSocketClosed && $0.connections.isEmpty }
    if isDone { finish() }
  }

  private func finish() {
    let waiting = state.withLock { state in
      state.isFinished = true
      return state.finish.take()
    }
    waiting?.resume()
  }
}
