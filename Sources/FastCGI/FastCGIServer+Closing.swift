// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
import EventLoop
import Glibc
import Synchronization

extension FastCGIServer {
  /// Closes a connection, once. By whoever the phase gives it to.
  func close(_ connection: Connection) {
    let (closes, isCounted) = connection.control.withLock { control in
      guard control.phase != .closed else { return (false, false) }
      return (true, closeNow(connection, &control))
    }
    if closes { forget(connection, isCounted) }
  }

  /// - Returns: whether it counted as in flight.
  private func closeNow(_ connection: Connection, _ control: inout Connection.Control) -> Bool {
    control.phase = .closed
    loop.unwatch(connection.descriptor)
    // Out of the table before the number can come back.
    state.withLock { $0.connections[connection.descriptor] = nil }
    Glibc.close(connection.descriptor)
    defer { control.isCounted = false }
    return control.isCounted
  }

  private func forget(_ connection: Connection, _ wasCounted: Bool) {
    if wasCounted { givePlaceBack() } else { resumeIfRoom() }
    finishIfDone()
  }

  // MARK: Lingering

  /// Ends our side and reads on for a while: closed with bytes unread, the answer would be lost with them.
  func linger(_ connection: Connection) {
    let failure = connection.control.withLock { control -> SystemError? in
      control.phase = .lingering
      control.deadline = .now + limits.lingeringTime
      shutdown(connection.descriptor, CInt(SHUT_WR))
      do throws(SystemError) {
        try loop.watch(connection.descriptor, for: .readable) { [weak self] _ in
          self?.discard(connection)
        }
        return nil
      } catch {
        return error
      }
    }
    guard let failure else { return }
    log(.system(failure))
    close(connection)
  }

  /// On the loop.
  private func discard(_ connection: Connection) {
    let isOpen = connection.control.withLock { control in
      guard control.phase == .lingering else { return true }
      let flags = CInt(MSG_DONTWAIT)
      let count = unsafe withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 16) {
        unsafe recv(connection.descriptor, $0.baseAddress, $0.count, flags)
      }
      return count > 0 || (count < 0 && errno == EAGAIN)
    }
    if !isOpen { close(connection) }
  }

  // MARK: Deadlines

  /// Looks for deadlines once a second, while there are connections. One entry in the loop's heap for each
  /// request would cost more than the request, and no deadline here needs to be exact.
  func sweepLater() {
    loop.after(.seconds(1)) { [weak self] in self?.sweep() }
  }

  /// On the loop.
  private func sweep() {
    let connections = state.withLock { state in
      state.isSweeping = !state.connections.isEmpty
      return Array(state.connections.values)
    }
    guard !connections.isEmpty else { return }
    let now = ContinuousClock.now
    for connection in connections { endIfOverdue(connection, now) }
    sweepLater()
  }

  private func endIfOverdue(_ connection: Connection, _ now: ContinuousClock.Instant) {
    var counted: Bool?
    connection.control.withLock { control in
      guard now >= control.deadline else { return }
      switch control.phase {
      case .resting:
        if control.isCounted { log(.requestTooSlow) }
        counted = closeNow(connection, &control)
      case .lingering: counted = closeNow(connection, &control)
      case .draining:
        log(.responseLost)
        counted = closeNow(connection, &control)
      case .writing: shutdown(connection.descriptor, CInt(SHUT_RDWR))
      case .handling:
        log(.handlerTooSlow)
        control.deadline = now + limits.handlingTime
        control.task?.cancel()
      case .working, .closed: break
      }
    }
    if let counted { forget(connection, counted) }
  }
}
