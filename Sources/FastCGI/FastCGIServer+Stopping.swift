// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
import EventLoop
import Glibc
import Synchronization

extension FastCGIServer {
  /// Ends serving without losing a request.
  ///
  /// Nothing more is accepted; a socket of our own is emptied first, one that was inherited is left to a successor.
  /// Each kept connection gets one more request answered and is closed then; one that stays idle is closed when the
  /// web server closes it, or at the deadline. Closing idle ones at once lost requests: nginx may just be sending.
  ///
  /// - Parameter deadline: when it has passed, what is still in flight is cut off, and `run()` returns.
  public func stop(deadline: Duration) {
    let begins = state.withLock { state in
      defer { state.isStopping = true }
      return !state.isStopping
    }
    guard begins else { return }
    loop.after(.zero) {
      self.stopListening()
      self.finishIfDone()
    }
    loop.after(deadline) { self.cutOff() }
  }

  /// On the loop, where accepting happens too.
  private func stopListening() {
    state.withLock { $0.isListening = false }
    loop.unwatch(socket.descriptor)
    socket.removeFile()
    if !socket.isInherited {
      while true {
        let descriptor = linux_accept(socket.descriptor)
        guard descriptor >= 0 else { break }
        state.withLock { $0.inFlight += 1 }
        adopt(descriptor)
      }
    }
    socket.close()
    state.withLock { $0.isSocketClosed = true }
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
