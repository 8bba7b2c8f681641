// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
import EventLoop
import Glibc
import Synchronization

/// From the socket of this process to the one that answers. All of it on the loop.
extension Relay {
  func begin(over link: CInt) {
    guard isOf(link) else { return }
    guard !state.withLock({ $0.isStopping && $0.connection == nil }) else { return finish() }
    do throws(SystemError) {
      try loop.watch(link, for: [.readable, .halfClosed]) { [weak self] _ in self?.listen(to: link)
      }
    } catch {
      return finish()
    }
    let number = state.withLock(\.links)
    loop.after(Self.startLimit) { [weak self] in
      let isOver = self?.state.withLock { $0.links == number && $0.link != nil && !$0.isTakenIn }
      if isOver == true { self?.finish() }
    }
  }

  /// A handler may run once more after its link has ended.
  private func isOf(_ link: CInt) -> Bool { state.withLock { $0.link == link } }

  /// The process that answers says one thing, that it does, and then nothing until it ends.
  private func listen(to link: CInt) {
    guard isOf(link) else { return }
    var byte: UInt8 = 0
    let count = unsafe recv(link, &byte, 1, CInt(MSG_DONTWAIT))
    if count > 0 {
      state.withLock { $0.isTakenIn = true }
      goOn(over: link)
    } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
      finish()
    }
  }

  func goOn(over link: CInt) {
    let (isReady, connection) = state.withLock { ($0.link == link && $0.isTakenIn, $0.connection) }
    guard isReady else { return }
    if let connection {
      guard passOn(connection, over: link) else { return }
    }
    guard !state.withLock(\.isStopping) else { return finish() }
    do throws(SystemError) {
      try loop.watch(socket.descriptor, for: .readable) { [weak self] _ in self?.accept(over: link)
      }
    } catch {
      later(over: link)
    }
  }

  private func accept(over link: CInt) {
    while state.withLock({ $0.link == link && $0.connection == nil && !$0.isStopping }) {
      let connection = linux_accept(socket.descriptor)
      guard connection >= 0 else {
        if ![EAGAIN, EINTR, ECONNABORTED].contains(errno) { later(over: link) }
        return
      }
      state.withLock { $0.connection = connection }
      guard passOn(connection, over: link) else { return }
    }
  }

  /// - Returns: false when it has to be tried again, for which is seen to.
  private func passOn(_ connection: CInt, over link: CInt) -> Bool {
    let flags = CInt(MSG_NOSIGNAL) | CInt(MSG_DONTWAIT)
    let count = unsafe linux_send_with_descriptors(link, [0], 1, [connection], 1, flags)
    let error = errno
    guard count == 1 else {
      // What else there is says that nobody is at the other end.
      let isTransient = [EAGAIN, EINTR, ENOBUFS, ENOMEM, ETOOMANYREFS].contains(error)
      if isTransient { later(over: link) } else { finish() }
      return false
    }
    state.withLock { $0.connection = nil }
    close(connection)
    return true
  }

  private func later(over link: CInt) {
    loop.unwatch(socket.descriptor)
    loop.after(Self.pause) { [weak self] in self?.goOn(over: link) }
  }
}
