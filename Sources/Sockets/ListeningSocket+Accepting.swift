// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
public import EventLoop
import Glibc

/// The result of accepting from a nonblocking listening socket.
///
/// - Source: accept4(2).
public enum AcceptResult: Equatable, Sendable {
  /// The descriptor of a connection, closed on exec; the caller closes it.
  case connection(CInt)
  /// No connection is waiting in the queue.
  case empty
  /// The process lacks descriptors or memory. The socket stays readable, so the caller has to pause.
  case failed(SystemError)
}

extension ListeningSocket {
  /// Accepts the next connection that is waiting.
  public func accept() -> AcceptResult {
    while true {
      let connection = linux_accept(descriptor)
      if connection >= 0 { return .connection(connection) }
      switch errno {
      case EAGAIN: return .empty
      // The client has gone; the next connection may be waiting.
      case EINTR, ECONNABORTED, EPROTO: continue
      default: return .failed(SystemError(call: "accept4"))
      }
    }
  }
}
