// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
import Glibc
internal import Synchronization

extension EventLoop {
  /// Keeps signals away from every thread that is started from here on, so that they interrupt nothing.
  ///
  /// To be called first of all, in the main thread: libfcgi and other libraries take an interrupted call for a broken
  /// connection.
  ///
  /// - Source: pthread_sigmask(3).
  public static func block(signals: [CInt]) throws(SystemError) {
    let code = unsafe linux_signals_block(signals, CInt(signals.count), 0)
    guard code == 0 else { throw SystemError(call: "pthread_sigmask", code: code) }
  }

  /// Calls `handler` on the loop for each of these signals that comes. One loop of a process may do so.
  ///
  /// Not by signalfd(2): the main thread of an asynchronous `main` waits in sigsuspend(2) with every
  /// signal unblocked, and a signal that any thread does not block never reaches a signalfd. So a
  /// handler writes the number to a pipe, and the loop's thread lets these signals in as well.
  ///
  /// - Parameter signals: blocked ones, see `block(signals:)`.
  /// - Source: signal-safety(7), pipe(7).
  public func onSignal(
    _ signals: [CInt], _ handler: @escaping @Sendable (CInt) -> Void
  ) throws(SystemError) {
    var ends: [CInt] = [-1, -1]
    guard unsafe linux_pipe_create(&ends) == 0 else { throw SystemError(call: "pipe2") }
    let readEnd = ends[0]
    signalPipe.store(ends[1], ordering: .releasing)
    try watch(readEnd, for: .readable) { _ in
      var number: UInt8 = 0
      while unsafe read(readEnd, &number, 1) == 1 { handler(CInt(number)) }
    }
    for signal in signals {
      guard linux_signal_handle(signal, passOn) == 0 else {
        throw SystemError(call: "sigaction")
      }
    }
    after(.zero) { _ = unsafe linux_signals_block(signals, CInt(signals.count), 1) }
  }
}

/// Where `passOn` writes to. Begun by `onSignal` before any signal can need it.
private let signalPipe = Atomic<CInt>(-1)

private func passOn(_ signal: CInt) {
  let error = errno
  var number = UInt8(truncatingIfNeeded: signal)
  _ = unsafe write(signalPipe.load(ordering: .acquiring), &number, 1)
  errno = error
}
