// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import Glibc
import TestSupport

/// Bytes sent to a port as they are, and what comes back. Each call blocks a thread of its own, 10 s at most.
enum RawConnection {
  /// Sends, says that nothing follows, and reads until the server closes or has sent a megabyte.
  static func exchange(_ bytes: [UInt8], with origin: String) async throws -> [UInt8] {
    guard let port = origin.split(separator: ":").last.flatMap({ UInt16($0) }) else {
      throw TestFailure("no port in \(origin)")
    }
    return try await BlockingThread.value { try exchange(bytes, port: port) }
  }

  private static func exchange(_ bytes: [UInt8], port: UInt16) throws(TestFailure) -> [UInt8] {
    let descriptor = try LoopbackSocket.connect(to: port)
    defer { close(descriptor) }
    return try exchange(bytes, on: descriptor)
  }

  private static func exchange(
    _ bytes: [UInt8], on descriptor: CInt
  ) throws(TestFailure) -> [UInt8] {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes[sent...].withUnsafeBytes { bytes in
        unsafe send(descriptor, bytes.baseAddress, bytes.count, CInt(MSG_NOSIGNAL))
      }
      // The server may have seen enough.
      guard count > 0 else { break }
      sent += count
    }
    shutdown(descriptor, CInt(SHUT_WR))
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while received.count < 1 << 20 {
      let count = unsafe read(descriptor, &buffer, buffer.count)
      guard count >= 0 || errno == ECONNRESET else {
        throw TestFailure("read: errno \(errno) after \(received.count) bytes")
      }
      guard count > 0 else { return received }
      received += buffer.prefix(count)
    }
    return received
  }
}
