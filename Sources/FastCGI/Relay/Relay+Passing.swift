// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
import EventLoop
import Glibc
internal import Sockets
import Synchronization

/// From the socket of this process to the one that answers. All of it on the loop.
extension Relay {
  func begin(over link: Link) {
    guard isOf(link) else { return }
    guard !state.withLock({ $0.isStopping && $0.connection == nil }) else { return finish() }
    do throws(SystemError) {
      try loop.watch(link.descriptor, for: [.readable, .halfClosed]) { [weak self] _ in
        self?.listen(to: link)
      }
    } catch {
      return finish()
    }
    loop.after(Self.startLimit) { [weak self] in
      if self?.state.withLock({ $0.link == link && !$0.isTakenIn }) == true { self?.finish() }
    }
  }

  /// A handler may run once more after its link has ended.
  private func isOf(_ link: Link) -> Bool { state.withLock { $0.link == link } }

  private func listen(to link: Link) {
    while isOf(link) {
      var byte: UInt8 = 0
      let count = unsafe recv(link.descriptor, &byte, 1, CInt(MSG_DONTWAIT))
      if count > 0, let word = RelayWord(rawValue: byte) {
        hear(word, over: link)
        continue
      }
      // It ended before it read what it was sent; what it had said is still there.
      if count < 0, errno == ECONNRESET { continue }
      if count < 0, errno == EAGAIN || errno == EINTR { return }
      return finish()
    }
  }

  private func hear(_ word: RelayWord, over link: Link) {
    switch word {
    case .takenIn:
      state.withLock { $0.isTakenIn = true }
      goOn(over: link)
    case .taken:
      let connection = state.withLock { state in
        state.isPassedOn = false
        return state.connection.take()
      }
      if let connection { close(connection) }
      goOn(over: link)
    case .refused:
      state.withLock { $0.isPassedOn = false }
      later(over: link)
    }
  }

  /// Passes on what there is, or waits for more.
  func goOn(over link: Link) {
    let (isReady, connection, isStopping) = state.withLock {
      ($0.link == link && $0.isTakenIn && !$0.isPassedOn, $0.connection, $0.isStopping)
    }
    guard isReady else { return }
    if let connection { return passOn(connection, over: link) }
    guard !isStopping else { return finish() }
    do throws(SystemError) {
      // Once: the next one waits until this one is taken.
      try loop.watch(socket.descriptor, for: .readable, once: true) { [weak self] _ in
        self?.accept(over: link)
      }
    } catch {
      later(over: link)
    }
  }

  private func accept(over link: Link) {
    guard state.withLock({ $0.link == link && $0.connection == nil && !$0.isStopping }) else {
      return
    }
    switch socket.accept() {
    case .connection(let connection): state.withLock { $0.connection = connection }
    case .empty: break
    case .failed: return later(over: link)
    }
    goOn(over: link)
  }

  private func passOn(_ connection: CInt, over link: Link) {
    do throws(SystemError) {
      try DescriptorMessage([0], descriptors: [connection])
        .send(over: link.descriptor, waits: false)
      state.withLock { $0.isPassedOn = true }
    } catch {
      let isTransient = [EAGAIN, EINTR, ENOBUFS, ENOMEM, ETOOMANYREFS].contains(error.code)
      // Every other error says that the process at the other end has gone.
      if isTransient { later(over: link) } else { finish() }
    }
  }

  private func later(over link: Link) {
    loop.unwatch(socket.descriptor)
    loop.after(Self.pause) { [weak self] in self?.goOn(over: link) }
  }
}
