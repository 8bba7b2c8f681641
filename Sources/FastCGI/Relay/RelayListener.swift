// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
import EventLoop
import Glibc
public import Sockets
import Synchronization

/// Takes connections over that relays accepted, for as long as there is a relay.
///
/// To be given to a `FastCGIServer`, which begins and ends it.
public final class RelayListener: Sendable {
  /// What becomes of it, on the loop.
  struct Events: Sendable {
    /// A connection, whose owner is who is called.
    let adopt: @Sendable (CInt) -> Void
    /// A connection was passed on, and there was no descriptor for it; its relay has it still.
    let refused: @Sendable () -> Void
    let pause: @Sendable (SystemError) -> Void
  }

  private struct State {
    var hasEnded = false
    /// The ways from the relays.
    var links: Set<CInt> = []
    var deserted: (@Sendable () -> Void)?
  }

  /// Taken in or received before others have their turn on the loop.
  private static let batch = 64
  /// Within which the relay that started this process has to come.
  private static let patience: Duration = .seconds(10)

  private let socket: ListeningSocket
  private let state: Mutex<State>

  /// - Parameters:
  ///   - socket: a listening socket of packets. The listener closes it when it ends.
  ///   - deserted: the last relay has gone. On the loop, once.
  public init(listening socket: ListeningSocket, deserted: @escaping @Sendable () -> Void) {
    self.socket = socket
    state = Mutex(State(deserted: deserted))
  }

  deinit {
    for descriptor in state.withLock(\.links) { close(descriptor) }
  }

  /// On the loop.
  func begin(on loop: EventLoop, _ events: Events) {
    watch(on: loop, events)
    loop.after(Self.patience) { [weak self] in self?.tellIfDeserted() }
  }

  /// Takes over what is still under way, and leaves the place to another process. On the loop.
  func end(on loop: EventLoop, _ events: Events) {
    guard !state.withLock(\.hasEnded) else { return }
    state.withLock { $0.deserted = nil }
    loop.unwatch(socket.descriptor)
    // From here on nobody comes in; who has come already is still in the queue.
    shutdown(socket.descriptor, CInt(SHUT_RD))
    while takeIn(on: loop, events) {}
    for link in state.withLock(\.links) {
      // What was sent stays to be read, and more is refused: so the relay keeps that connection.
      shutdown(link, CInt(SHUT_RD))
      while receive(from: link, on: loop, events) {}
    }
    state.withLock { $0.hasEnded = true }
    socket.close()
  }

  private func watch(on loop: EventLoop, _ events: Events) {
    guard !state.withLock(\.hasEnded) else { return }
    do throws(SystemError) {
      try loop.watch(socket.descriptor, for: .readable) { [weak self] _ in
        for _ in 0..<Self.batch { guard self?.takeIn(on: loop, events) == true else { return } }
      }
    } catch {
      rest(on: loop, events, error)
    }
  }

  /// Looks again in a moment: the queue stays readable, so going on would spin.
  private func rest(on loop: EventLoop, _ events: Events, _ error: SystemError) {
    events.pause(error)
    if !state.withLock(\.hasEnded) { loop.unwatch(socket.descriptor) }
    loop.after(.milliseconds(100)) { [weak self] in self?.watch(on: loop, events) }
  }

  /// - Returns: false when nobody waits.
  private func takeIn(on loop: EventLoop, _ events: Events) -> Bool {
    guard !state.withLock(\.hasEnded) else { return false }
    switch socket.accept() {
    case .connection(let link):
      takeIn(link, on: loop, events)
      return true
    case .empty: return false
    case .failed(let error):
      rest(on: loop, events, error)
      return false
    }
  }

  private func takeIn(_ link: CInt, on loop: EventLoop, _ events: Events) {
    guard SocketOptions(of: link).peerRuns(as: geteuid()) else {
      close(link)
      return
    }
    RelayWord.takenIn.say(over: link)
    state.withLock { _ = $0.links.insert(link) }
    do throws(SystemError) {
      try loop.watch(link, for: .readable) { [weak self] _ in
        for _ in 0..<Self.batch {
          guard self?.receive(from: link, on: loop, events) == true else { return }
        }
      }
    } catch {
      forget(link, on: loop)
    }
  }

  /// - Returns: false when there is nothing for now, or the relay has ended.
  private func receive(from link: CInt, on loop: EventLoop, _ events: Events) -> Bool {
    do throws(SystemError) {
      guard let message = try DescriptorMessage.receive(from: link, limit: 1) else {
        forget(link, on: loop)
        return false
      }
      guard let connection = message.descriptors.first else {
        RelayWord.refused.say(over: link)
        events.refused()
        return true
      }
      // Before anything is read of it: what is not said to be taken goes to the next process, whole.
      RelayWord.taken.say(over: link)
      events.adopt(connection)
      return true
    } catch {
      // A relay that ended before it read what it was told; what it had sent is still there.
      if error.code == ECONNRESET { return true }
      if error.code != EAGAIN && error.code != EINTR { forget(link, on: loop) }
      return false
    }
  }

  private func forget(_ link: CInt, on loop: EventLoop) {
    loop.unwatch(link)
    state.withLock { _ = $0.links.remove(link) }
    close(link)
    tellIfDeserted()
  }

  private func tellIfDeserted() {
    let deserted = state.withLock { $0.links.isEmpty ? $0.deserted.take() : nil }
    deserted?()
  }
}
