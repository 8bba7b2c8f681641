// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A TCP port on 127.0.0.1 that nobody listens on.
public enum FreePort {
  /// Asks the kernel for a free port and gives it back at once, for a server that wants to be told one.
  ///
  /// Another program may take it in between; a server of our own binds port 0 itself instead.
  public static func find() throws(TestFailure) -> UInt16 {
    let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw TestFailure("socket: errno \(errno)") }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        unsafe bind(descriptor, generic, length) == 0
          ? unsafe getsockname(descriptor, generic, &length) : -1
      }
    }
    guard code == 0 else { throw TestFailure("bind: errno \(errno)") }
    return UInt16(bigEndian: address.sin_port)
  }
}
