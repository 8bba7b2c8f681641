// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import Glibc

/// Two connected, nonblocking Unix sockets, closed with the last reference.
public final class SocketPair: Sendable {
  public let near: CInt
  public let far: CInt

  public init(type: __socket_type = SOCK_STREAM) throws(TestFailure) {
    var ends: [CInt] = [-1, -1]
    let kind = CInt(type.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      throw TestFailure("socketpair: errno \(errno)")
    }
    (near, far) = (ends[0], ends[1])
  }

  deinit {
    close(near)
    close(far)
  }

  /// Makes the near end readable.
  public func send() {
    var byte: UInt8 = 1
    unsafe _ = write(far, &byte, 1)
  }

  /// Makes the near end unreadable.
  public func receive() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while unsafe read(near, &bytes, bytes.count) > 0 {}
  }

  /// Ends the connection as a peer does that goes away.
  public func hangUp() {
    shutdown(far, CInt(SHUT_RDWR))
  }

  /// Closes the near end and gives its number to another connection, in one step: other tests open
  /// descriptors at the same time.
  public func replaceNear(by other: SocketPair) {
    dup2(other.near, near)
  }
}
