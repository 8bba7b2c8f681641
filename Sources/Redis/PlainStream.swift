// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import EventLoop
internal import Glibc
internal import Sockets

/// A stream through a socket as it is: a Unix socket, or TCP without encryption.
///
/// - Source: connect(2), unix(7), ip(7), ipv6(7), getaddrinfo(3).
@safe final class PlainStream: ByteStream {
  private(set) var isOpen = false
  private let descriptor: CInt
  private let watch: DescriptorWatch

  /// Begins to connect.
  ///
  /// - Throws: `unavailable` if the system refuses at once, as for a Unix socket that does not exist.
  convenience init(unix path: String, watch: DescriptorWatch) throws(RedisError) {
    guard let address = SocketAddress(path: path) else {
      throw .unavailable("the socket's path is too long")
    }
    try self.init(address, watch: watch)
  }

  /// Begins to connect to a numeric address.
  convenience init(address: String, port: UInt16, watch: DescriptorWatch) throws(RedisError) {
    guard let address = SocketAddress(host: address, port: port) else {
      throw .unavailable("\(address) is not a numeric address")
    }
    try self.init(address, watch: watch)
  }

  private init(_ address: SocketAddress, watch: DescriptorWatch) throws(RedisError) {
    self.watch = watch
    do throws(SystemError) {
      descriptor = try address.openSocket(.stream, isNonblocking: true)
    } catch {
      throw Self.failure(error)
    }
    // Commands are small and each is waited for.
    if address.isInternet { SocketOptions(of: descriptor).disableNagle() }
    do throws(SystemError) {
      try address.connect(descriptor)
      isOpen = true
    } catch {
      guard error.code == EINPROGRESS else { throw Self.failure(error) }
    }
    try watch.set(descriptor, for: isOpen ? .readable : .writable)
  }

  deinit {
    close()
  }

  func advance(_ readiness: Readiness) throws(RedisError) {
    guard readiness.contains(.writable) || readiness.contains(.hangUp) else { return }
    guard let code = SocketOptions(of: descriptor).value(SO_ERROR) else {
      throw Self.failure(SystemError(call: "getsockopt"))
    }
    guard code == 0 else { throw Self.failure(SystemError(call: "connect", code: code)) }
    isOpen = true
  }

  func read(into buffer: inout [UInt8]) throws(RedisError) -> Int? {
    let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
    if count >= 0 { return count }
    guard errno == EAGAIN || errno == EINTR else { throw Self.failure(SystemError(call: "recv")) }
    return nil
  }

  func write(_ bytes: ArraySlice<UInt8>) throws(RedisError) -> Int {
    guard !bytes.isEmpty else { return 0 }
    let count = unsafe bytes.withUnsafeBytes { bytes in
      unsafe send(descriptor, bytes.baseAddress, bytes.count, CInt(MSG_NOSIGNAL))
    }
    if count >= 0 { return count }
    guard errno == EAGAIN || errno == EINTR else { throw Self.failure(SystemError(call: "send")) }
    return 0
  }

  func watch(forRoom: Bool) throws(RedisError) {
    try watch.set(descriptor, for: forRoom ? [.readable, .writable] : .readable)
  }

  func close() {
    guard !isClosed else { return }
    isClosed = true
    watch.end()
    Glibc.close(descriptor)
  }

  private var isClosed = false

  private static func failure(_ error: SystemError) -> RedisError {
    .unavailable("\(error)")
  }
}
