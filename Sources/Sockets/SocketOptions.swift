// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
import Glibc

/// The options of a socket. Reading an option of a descriptor that is not a socket gives `nil`,
/// and setting one has no effect.
///
/// - Source: socket(7), tcp(7), unix(7).
public struct SocketOptions: Sendable {
  private let descriptor: CInt

  public init(of descriptor: CInt) {
    self.descriptor = descriptor
  }

  /// Reads an option of the socket layer, such as `SO_TYPE` or `SO_ERROR`.
  public func value(_ option: CInt) -> CInt? {
    var value: CInt = 0
    var size = socklen_t(MemoryLayout<CInt>.size)
    return unsafe getsockopt(descriptor, SOL_SOCKET, option, &value, &size) == 0 ? value : nil
  }

  /// Sends small messages at once instead of collecting them. Has no effect on Unix sockets.
  public func disableNagle() {
    linux_no_delay(descriptor)
  }

  /// Limits how long a blocking send or connect may take.
  ///
  /// - Parameter limit: with a resolution of 1 µs.
  public func setSendTimeout(_ limit: Duration) {
    let (seconds, attoseconds) = limit.components
    var time = timeval(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
    let size = socklen_t(MemoryLayout<timeval>.size)
    _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, size)
  }

  /// - Parameter count: bytes; the kernel doubles it and limits it to `net.core.wmem_max`.
  public func setSendBuffer(byteCount count: CInt) {
    set(SO_SNDBUF, to: count)
  }

  /// Allows binding to a port that has connections in `TIME_WAIT`.
  func reuseAddress() {
    set(SO_REUSEADDR, to: 1)
  }

  /// Whether the process at the other end of a Unix socket runs as this user.
  ///
  /// - Parameter user: an effective user id.
  public func peerRuns(as user: UInt32) -> Bool {
    linux_peer_is(descriptor, user) != 0
  }

  private func set(_ option: CInt, to value: CInt) {
    var value = value
    let size = socklen_t(MemoryLayout<CInt>.size)
    _ = unsafe setsockopt(descriptor, SOL_SOCKET, option, &value, size)
  }
}
