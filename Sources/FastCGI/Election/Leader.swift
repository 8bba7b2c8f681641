// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import EventLoop
import Glibc
import Synchronization

/// The one of several processes that answers: it takes over connections that the others accepted.
///
/// To be given to a `FastCGIServer`, which begins and ends it.
public final class Leader: Sendable {
  typealias Adopter = @Sendable (CInt) -> Void

  private struct State {
    /// Nil once the place is left.
    var socket: CInt?
    /// The ways from the followers.
    var links: Set<CInt> = []
  }

  /// More processes than any web server starts; further ones answer for themselves.
  private static let followerLimit = 1024

  private let state: Mutex<State>

  /// - Parameter socket: it listens, and belongs to the leader from now on.
  init(listening socket: CInt) {
    state = Mutex(State(socket: socket))
  }

  deinit {
    let state = state.withLock(\.self)
    for descriptor in state.links { close(descriptor) }
    if let socket = state.socket { close(socket) }
  }

  /// - Parameter adopt: takes over a connection, on the loop.
  func begin(on loop: EventLoop, adopt: @escaping Adopter) throws(SystemError) {
    guard let socket = state.withLock(\.socket) else { return }
    try loop.watch(socket, for: .readable) { [weak self] _ in self?.takeIn(on: loop, adopt) }
  }

  /// Takes over what is still under way, and leaves the place to another process. On the loop.
  func end(on loop: EventLoop, adopt: @escaping Adopter) {
    guard let socket = state.withLock(\.socket) else { return }
    loop.unwatch(socket)
    // From here on nobody comes in; who has come already is still in the queue.
    shutdown(socket, CInt(SHUT_RD))
    takeIn(on: loop, adopt)
    for link in state.withLock(\.links) {
      // What was sent stays to be read, and more is refused: so the follower keeps that connection.
      shutdown(link, CInt(SHUT_RD))
      receive(from: link, on: loop, adopt)
    }
    state.withLock { $0.socket = nil }
    close(socket)
  }

  /// On the loop.
  private func takeIn(on loop: EventLoop, _ adopt: @escaping Adopter) {
    guard let socket = state.withLock(\.socket) else { return }
    while true {
      let link = linux_accept(socket)
      guard link >= 0 else { return }
      let isWelcome =
        linux_peer_is(link, geteuid()) != 0
        && state.withLock { $0.links.count < Self.followerLimit && $0.links.insert(link).inserted }
      guard isWelcome else {
        close(link)
        continue
      }
      do throws(SystemError) {
        try loop.watch(link, for: .readable) { [weak self] _ in
          self?.receive(from: link, on: loop, adopt)
        }
      } catch {
        forget(link, on: loop)
      }
    }
  }

  /// Reads until there is nothing for now, or the follower has ended. On the loop.
  private func receive(from link: CInt, on loop: EventLoop, _ adopt: Adopter) {
    while true {
      var byte: UInt8 = 0
      var connection: CInt = -1
      let count = unsafe linux_receive_with_descriptor(link, &byte, 1, &connection)
      if connection >= 0 { adopt(connection) }
      if count < 0, errno == EAGAIN { return }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return forget(link, on: loop) }
    }
  }

  private func forget(_ link: CInt, on loop: EventLoop) {
    loop.unwatch(link)
    state.withLock { _ = $0.links.remove(link) }
    close(link)
  }
}
