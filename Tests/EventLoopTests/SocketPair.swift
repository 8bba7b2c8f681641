// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import TestSupport

/// Two connected sockets, closed with the last reference.
final class SocketPair: Sendable {
  let near: CInt
  let far: CInt

  init() throws(TestFailure) {
    var ends: [CInt] = [-1, -1]
    let kind = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue)
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
  func send() {
    var byte: UInt8 = 1
    unsafe _ = write(far, &byte, 1)
  }

  /// Makes the near end unreadable.
  func receive() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while unsafe read(near, &bytes, bytes.count) > 0 {}
  }

  /// Ends the connection as a peer does that goes away.
  func hangUp() {
    shutdown(far, CInt(SHUT_RDWR))
  }

  /// Closes the near end and gives its number to another connection, in one step: other tests open
  /// descriptors at the same time.
  func replaceNear(by other: SocketPair) {
    dup2(other.near, near)
  }
}
