// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Sockets

/// Socket calls of servers that tests write themselves, on 127.0.0.1.
public enum LoopbackSocket {
  /// A socket that listens on a port of the kernel's choice; nothing is accepted yet.
  public static func listen(
    isNonblocking: Bool = true
  ) throws(TestFailure) -> (descriptor: CInt, port: UInt16) {
    do {
      guard let address = SocketAddress(host: "127.0.0.1", port: 0) else {
        throw TestFailure("no address")
      }
      let descriptor = try address.openSocket(.stream, isNonblocking: isNonblocking)
      try address.bind(descriptor)
      guard Glibc.listen(descriptor, 4096) == 0, let port = SocketAddress(localOf: descriptor)?.port
      else { throw TestFailure("listen: errno \(errno)") }
      return (descriptor, port)
    } catch {
      throw TestFailure("\(error)")
    }
  }

  /// A connected, blocking socket, which the caller closes. Reading from it waits 10 s at most.
  public static func connect(to port: UInt16) throws(TestFailure) -> CInt {
    do {
      guard let address = SocketAddress(host: "127.0.0.1", port: port) else {
        throw TestFailure("no address")
      }
      let descriptor = try address.connectedSocket(.stream)
      SocketOptions(of: descriptor).setSendTimeout(.seconds(10))
      var patience = timeval(tv_sec: 10, tv_usec: 0)
      unsafe setsockopt(
        descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
      return descriptor
    } catch {
      throw TestFailure("\(error)")
    }
  }

  /// A connection that waits, or nil.
  public static func accept(_ listener: CInt) -> CInt? {
    let descriptor = Glibc.accept(listener, nil, nil)
    guard descriptor >= 0 else { return nil }
    makeNonBlocking(descriptor)
    return descriptor
  }

  /// What has arrived; empty at the end, nil when nothing has.
  public static func read(_ descriptor: CInt) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
    if count < 0 { return errno == EAGAIN ? nil : [] }
    return Array(buffer.prefix(count))
  }

  /// How many bytes were taken; nil when the connection is gone.
  public static func write(_ descriptor: CInt, _ bytes: ArraySlice<UInt8>) -> Int? {
    let count = unsafe bytes.withUnsafeBytes { bytes in
      unsafe send(descriptor, bytes.baseAddress, bytes.count, CInt(MSG_NOSIGNAL))
    }
    if count < 0 { return errno == EAGAIN ? 0 : nil }
    return count
  }

  /// Closes so that the peer is told "connection reset".
  public static func reset(_ descriptor: CInt) {
    var option = linger(l_onoff: 1, l_linger: 0)
    unsafe setsockopt(
      descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    close(descriptor)
  }

  private static func makeNonBlocking(_ descriptor: CInt) {
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
  }
}
