// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// An address of a socket, in the form that the system calls take.
///
/// - Source: unix(7), ip(7), ipv6(7).
@safe
public struct SocketAddress: Sendable {
  /// The longest path or abstract name of a Unix socket, in bytes.
  ///
  /// - Source: unix(7).
  public static let pathLimit = 107

  private static let pathOffset = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2

  public let family: CInt
  private var storage = sockaddr_storage()
  private let byteCount: socklen_t

  /// A Unix socket with a file.
  ///
  /// - Returns: `nil` if the path is empty, longer than `pathLimit`, or contains a zero byte.
  public init?(path: String) {
    guard !path.utf8.contains(0) else { return nil }
    self.init(unix: path, at: 0, byteCount: MemoryLayout<sockaddr_un>.size)
  }

  /// A Unix socket with an abstract name: it has no file, and the kernel frees the name when the
  /// socket is closed.
  ///
  /// - Returns: `nil` if the name is empty or longer than `pathLimit`.
  /// - Source: unix(7), "abstract".
  public init?(abstract name: String) {
    // The address ends with the name; padding would be a part of the name.
    self.init(unix: name, at: 1, byteCount: Self.pathOffset + 1 + name.utf8.count)
  }

  private init?(unix name: String, at position: Int, byteCount: Int) {
    guard 1...Self.pathLimit ~= name.utf8.count else { return nil }
    family = AF_UNIX
    self.byteCount = socklen_t(byteCount)
    unsafe withUnsafeMutableBytes(of: &storage) { storage in
      unsafe storage.storeBytes(of: sa_family_t(AF_UNIX), as: sa_family_t.self)
      unsafe storage[(Self.pathOffset + position)...].copyBytes(from: name.utf8)
    }
  }

  /// - Parameter host: a numeric address; an IPv6 address may have a zone, as in `fe80::1%eth0`.
  /// - Returns: `nil` if the host is not a numeric address, or its zone is not on this machine.
  public init?(host: String, port: UInt16) {
    let parts = host.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
    let zone = parts.count == 2 ? String(parts[1]) : nil
    var four = sockaddr_in()
    var six = sockaddr_in6()
    if zone == nil, unsafe inet_pton(AF_INET, host, &four.sin_addr) == 1 {
      four.sin_family = sa_family_t(AF_INET)
      four.sin_port = port.bigEndian
      family = AF_INET
      byteCount = socklen_t(MemoryLayout<sockaddr_in>.size)
      unsafe withUnsafeMutableBytes(of: &storage) {
        unsafe $0.storeBytes(of: four, as: sockaddr_in.self)
      }
    } else if let first = parts.first,
      unsafe inet_pton(AF_INET6, String(first), &six.sin6_addr) == 1
    {
      six.sin6_family = sa_family_t(AF_INET6)
      six.sin6_port = port.bigEndian
      if let zone {
        six.sin6_scope_id = unsafe UInt32(zone) ?? if_nametoindex(zone)
        guard six.sin6_scope_id > 0 else { return nil }
      }
      family = AF_INET6
      byteCount = socklen_t(MemoryLayout<sockaddr_in6>.size)
      unsafe withUnsafeMutableBytes(of: &storage) {
        unsafe $0.storeBytes(of: six, as: sockaddr_in6.self)
      }
    } else {
      return nil
    }
  }

  @unsafe
  private typealias NameCall = (
    CInt, UnsafeMutablePointer<sockaddr>?, UnsafeMutablePointer<socklen_t>?
  ) -> CInt

  /// The address that a socket is bound to.
  ///
  /// - Returns: `nil` if the descriptor is not a socket.
  /// - Source: getsockname(2).
  public init?(localOf descriptor: CInt) {
    unsafe self.init(of: descriptor, getsockname)
  }

  /// The address of the peer of a connected socket.
  ///
  /// - Returns: `nil` if the descriptor is not a connected socket.
  /// - Source: getpeername(2).
  public init?(peerOf descriptor: CInt) {
    unsafe self.init(of: descriptor, getpeername)
  }

  @unsafe
  private init?(of descriptor: CInt, _ call: NameCall) {
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    var found = sockaddr_storage()
    let code = unsafe withUnsafeMutablePointer(to: &found) { found in
      unsafe found.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe call(descriptor, $0, &size)
      }
    }
    guard code == 0 else { return nil }
    storage = found
    family = CInt(found.ss_family)
    byteCount = min(size, socklen_t(MemoryLayout<sockaddr_storage>.size))
  }

  /// The port of an IPv4 or IPv6 address.
  public var port: UInt16? {
    guard isInternet else { return nil }
    // IPv4 and IPv6 have the port at the same position.
    let port = unsafe withUnsafeBytes(of: storage) {
      unsafe $0.loadUnaligned(fromByteOffset: 2, as: UInt16.self)
    }
    return UInt16(bigEndian: port)
  }

  /// Whether this is an IPv4 or IPv6 address.
  public var isInternet: Bool { family == AF_INET || family == AF_INET6 }

  /// The path of a Unix socket that has a file.
  public var path: String? {
    guard family == AF_UNIX, byteCount > Self.pathOffset else { return nil }
    let bytes = unsafe withUnsafeBytes(of: storage) { bytes in
      unsafe Array(bytes[Self.pathOffset..<Int(byteCount)].prefix { $0 != 0 })
    }
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
  }

  @unsafe
  func withPointer(_ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt) -> CInt {
    unsafe withUnsafePointer(to: storage) { storage in
      unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe body($0, byteCount)
      }
    }
  }
}
