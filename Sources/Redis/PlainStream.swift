// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import EventLoop
internal import Glibc

/// A stream through a socket as it is: a Unix socket, or TCP without encryption.
///
/// - Source: connect(2), unix(7), ip(7), ipv6(7), getaddrinfo(3).
@safe final class PlainStream: ByteStream {
  private(set) var isOpen = false
  private let descriptor: CInt
  private let watch: DescriptorWatch

  /// Begins to connect.
  ///
  /// - Throws: `unavailable` when the system refuses at once, as for a Unix socket that is not there.
  init(unix path: String, watch: DescriptorWatch) throws(RedisError) {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard path.utf8.count < room else { throw .unavailable("the socket's path is too long") }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
    self.watch = watch
    descriptor = try Self.socket(AF_UNIX)
    try unsafe withUnsafePointer(to: &address) { pointer throws(RedisError) in
      try unsafe connect(UnsafeRawPointer(pointer), MemoryLayout<sockaddr_un>.size)
    }
  }

  /// Begins to connect to a numeric address.
  init(address: String, port: UInt16, watch: DescriptorWatch) throws(RedisError) {
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
    unsafe hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
    var found: UnsafeMutablePointer<addrinfo>?
    let code = unsafe getaddrinfo(address, "\(port)", &hints, &found)
    guard code == 0, let entry = unsafe found else {
      throw .unavailable(unsafe String(cString: gai_strerror(code)))
    }
    defer { unsafe freeaddrinfo(found) }
    self.watch = watch
    descriptor = try unsafe Self.socket(entry.pointee.ai_family)
    try unsafe connect(UnsafeRawPointer(entry.pointee.ai_addr), Int(entry.pointee.ai_addrlen))
    var on: CInt = 1
    // Commands are small and each is waited for.
    unsafe setsockopt(
      descriptor, CInt(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<CInt>.size))
  }

  deinit {
    close()
  }

  private static func socket(_ family: CInt) throws(RedisError) -> CInt {
    let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
    let descriptor = Glibc.socket(family, CInt(kind), 0)
    guard descriptor >= 0 else { throw failure(of: "socket") }
    return descriptor
  }

  private func connect(_ address: UnsafeRawPointer?, _ size: Int) throws(RedisError) {
    let generic = unsafe address?.assumingMemoryBound(to: sockaddr.self)
    isOpen = unsafe Glibc.connect(descriptor, generic, socklen_t(size)) == 0
    guard isOpen || errno == EINPROGRESS else { throw Self.failure(of: "connect") }
    try watch.set(descriptor, for: isOpen ? .readable : .writable)
  }

  func advance(_ readiness: Readiness) throws(RedisError) {
    guard readiness.contains(.writable) || readiness.contains(.hangUp) else { return }
    var code: CInt = 0
    var size = socklen_t(MemoryLayout<CInt>.size)
    guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else {
      throw Self.failure(of: "getsockopt")
    }
    guard code == 0 else { throw .unavailable("\(SystemError(call: "connect", code: code))") }
    isOpen = true
  }

  func read(into buffer: inout [UInt8]) throws(RedisError) -> Int? {
    let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
    if count >= 0 { return count }
    guard errno == EAGAIN || errno == EINTR else { throw Self.failure(of: "recv") }
    return nil
  }

  func write(_ bytes: ArraySlice<UInt8>) throws(RedisError) -> Int {
    guard !bytes.isEmpty else { return 0 }
    let count = unsafe bytes.withUnsafeBytes { bytes in
      unsafe send(descriptor, bytes.baseAddress, bytes.count, CInt(MSG_NOSIGNAL))
    }
    if count >= 0 { return count }
    guard errno == EAGAIN || errno == EINTR else { throw Self.failure(of: "send") }
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

  private static func failure(of call: String) -> RedisError {
    .unavailable("\(SystemError(call: call))")
  }
}
