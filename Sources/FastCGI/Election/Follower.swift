// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
public import EventLoop
import Glibc
import Synchronization

/// One of several processes: it accepts connections and passes them on, unread, to the one that leads.
public final class Follower: Sendable {
  /// Why following ended.
  public enum End: Equatable, Sendable {
    /// `stop()` was called.
    case stopped
    /// The leader is gone. A connection that it did not take, if there is one, is for who comes next to answer.
    case leaderGone(connection: CInt?)
  }

  private struct State {
    /// Accepted, and not taken by the leader yet.
    var connection: CInt?
    var end: End?
    var waiting: CheckedContinuation<End, Never>?
  }

  /// When a connection could not be taken or passed on, as with too few descriptors.
  private static let pause: Duration = .milliseconds(50)

  private let link: CInt
  private let state = Mutex(State())

  /// - Parameter link: leads to the leader, and belongs to the follower from now on.
  init(link: CInt) {
    self.link = link
  }

  deinit {
    close(link)
  }

  /// Passes on what arrives at the socket, until one of two things ends that. Once.
  ///
  /// - Parameter connection: one that was accepted already.
  public func follow(
    accepting socket: ListeningSocket, passing connection: CInt? = nil, on loop: EventLoop
  ) async throws(SystemError) -> End {
    state.withLock { $0.connection = connection }
    try loop.watch(link, for: .halfClosed) { [weak self] _ in self?.finish(leaderIsGone: true) }
    loop.after(.zero) { self.goOn(with: socket, on: loop) }
    let end = await withCheckedContinuation { continuation in
      let end = state.withLock { state in
        if state.end == nil { state.waiting = continuation }
        return state.end
      }
      if let end { continuation.resume(returning: end) }
    }
    loop.unwatch(link)
    loop.unwatch(socket.descriptor)
    return end
  }

  /// Accepts nothing more. What waits in the queue stays there.
  ///
  /// - Returns: false when following had ended already.
  public func stop() -> Bool {
    finish(leaderIsGone: false)
  }

  /// On the loop.
  private func accept(from socket: ListeningSocket, on loop: EventLoop) {
    while state.withLock({ $0.end == nil }) {
      let connection = linux_accept(socket.descriptor)
      guard connection >= 0 else {
        if ![EAGAIN, EINTR, ECONNABORTED].contains(errno) { wait(for: socket, on: loop) }
        return
      }
      state.withLock { $0.connection = connection }
      guard passOn(connection) else { return wait(for: socket, on: loop) }
    }
  }

  /// - Returns: false when it has to be tried again.
  private func passOn(_ connection: CInt) -> Bool {
    let flags = CInt(MSG_NOSIGNAL) | CInt(MSG_DONTWAIT)
    let count = unsafe linux_send_with_descriptors(link, [0], 1, [connection], 1, flags)
    let error = errno
    guard count == 1 else {
      if [EAGAIN, EINTR, ENOBUFS, ENOMEM, ETOOMANYREFS].contains(error) { return false }
      finish(leaderIsGone: true)
      return true
    }
    state.withLock { $0.connection = nil }
    close(connection)
    return true
  }

  /// On the loop.
  private func wait(for socket: ListeningSocket, on loop: EventLoop) {
    loop.unwatch(socket.descriptor)
    loop.after(Self.pause) { [weak self] in self?.goOn(with: socket, on: loop) }
  }

  /// On the loop.
  private func goOn(with socket: ListeningSocket, on loop: EventLoop) {
    let (hasEnded, connection) = state.withLock { ($0.end != nil, $0.connection) }
    guard !hasEnded else { return }
    if let connection, !passOn(connection) { return wait(for: socket, on: loop) }
    do throws(SystemError) {
      try loop.watch(socket.descriptor, for: .readable) { [weak self] _ in
        self?.accept(from: socket, on: loop)
      }
    } catch {
      finish(leaderIsGone: true)
    }
  }

  /// - Returns: whether this was the first end.
  @discardableResult
  private func finish(leaderIsGone: Bool) -> Bool {
    let (waiting, end) = state.withLock { state -> (CheckedContinuation<End, Never>?, End?) in
      guard state.end == nil else { return (nil, nil) }
      let end: End = leaderIsGone ? .leaderGone(connection: state.connection) : .stopped
      state.end = end
      return (state.waiting.take(), end)
    }
    if let end { waiting?.resume(returning: end) }
    return end != nil
  }
}
