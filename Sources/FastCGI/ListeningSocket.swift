// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
public import EventLoop
import Glibc
internal import Synchronization

/// An open listening socket, and the file it stands for.
///
/// - Source: unix(7), listen(2); what php-fpm and spawn-fcgi learned about socket files.
public final class ListeningSocket: Sendable {
  /// Why there is no socket to listen at.
  public enum Failure: Error, Equatable, CustomStringConvertible {
    /// Somebody answers at the path: another instance runs.
    case inUse
    /// At the path lies something else than a socket.
    case notASocket
    case system(SystemError)

    public var description: String {
      switch self {
      case .inUse: "FCGI_SOCKET is in use: another process answers there"
      case .notASocket: "FCGI_SOCKET names a file that is not a socket"
      case .system(let error) where error.code == EACCES || error.code == EPERM:
        "FCGI_SOCKET: this user may not make a socket there, or remove the old one (\(error))"
      case .system(let error) where error.code == ENOENT:
        "FCGI_SOCKET: the folder is not there (\(error))"
      case .system(let error): "FCGI_SOCKET: \(error)"
      }
    }
  }

  private struct File: Sendable {
    let path: String
    let device: dev_t
    let inode: ino_t
  }

  public let descriptor: CInt
  /// Whether others may be listening at the same socket, or will after us.
  let isInherited: Bool
  let isTCP: Bool
  private let file: File?
  private let isOpen = Mutex(true)

  private init(descriptor: CInt, isInherited: Bool, isTCP: Bool, file: File?) {
    self.descriptor = descriptor
    self.isInherited = isInherited
    self.isTCP = isTCP
    self.file = file
  }

  deinit {
    close()
  }

  /// Opens the socket, so that connections wait in its queue from now on.
  public static func open(_ listener: Listener) throws(Failure) -> ListeningSocket {
    let socket =
      switch listener {
      case .inherited(let descriptor):
        ListeningSocket(
          descriptor: descriptor, isInherited: true, isTCP: isTCP(descriptor), file: nil)
      case .path(let path): try open(path)
      case .tcp(let host, let port): try open(host, port)
      }
    // Not to block the loop when another process was faster; shared with every process that has the socket.
    let flags = fcntl(socket.descriptor, F_GETFL)
    guard flags >= 0, fcntl(socket.descriptor, F_SETFL, flags | O_NONBLOCK) == 0,
      fcntl(socket.descriptor, F_SETFD, FD_CLOEXEC) == 0
    else { throw .system(SystemError(call: "fcntl")) }
    return socket
  }

  /// The port of a TCP socket; nil for others.
  public var port: UInt16? {
    var address = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let code = unsafe withUnsafeMutablePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe getsockname(descriptor, $0, &size)
      }
    }
    guard code == 0, isTCP else { return nil }
    // IPv4 and IPv6 have the port at the same place.
    let port = unsafe withUnsafeBytes(of: address) {
      unsafe $0.loadUnaligned(fromByteOffset: 2, as: UInt16.self)
    }
    return UInt16(bigEndian: port)
  }

  /// Removes the socket file if it is still ours: a successor may have put its own in the place.
  public func removeFile() {
    guard let file, let found = Self.stat(file.path), found.st_dev == file.device,
      found.st_ino == file.inode
    else { return }
    unsafe unlink(file.path)
  }

  /// Once.
  public func close() {
    let closes = isOpen.withLock { isOpen in
      defer { isOpen = false }
      return isOpen
    }
    if closes { Glibc.close(descriptor) }
  }

  // MARK: Opening

  private static func open(_ path: String) throws(Failure) -> ListeningSocket {
    guard let address = SocketAddress(path: path) else {
      throw .system(SystemError(call: "bind", code: ENAMETOOLONG))
    }
    try removeStale(path, address)
    let descriptor = try socket(address)
    // The mode has to be right from the first moment on; nobody but the main thread makes files yet.
    let mask = umask(0o117)
    let code = address.bind(descriptor)
    let error = SystemError(call: "bind")
    umask(mask)
    guard code == 0, let found = stat(path) else {
      Glibc.close(descriptor)
      throw .system(error)
    }
    try listen(descriptor)
    return ListeningSocket(
      descriptor: descriptor, isInherited: false, isTCP: false,
      file: File(path: path, device: found.st_dev, inode: found.st_ino))
  }

  private static func open(_ host: String, _ port: UInt16) throws(Failure) -> ListeningSocket {
    guard let address = SocketAddress(host: host, port: port) else {
      throw .system(SystemError(call: "inet_pton", code: EINVAL))
    }
    let descriptor = try socket(address)
    var on: CInt = 1
    _ = unsafe setsockopt(
      descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<CInt>.size))
    guard address.bind(descriptor) == 0 else {
      let error = SystemError(call: "bind")
      Glibc.close(descriptor)
      throw error.code == EADDRINUSE ? .inUse : .system(error)
    }
    try listen(descriptor)
    return ListeningSocket(descriptor: descriptor, isInherited: false, isTCP: true, file: nil)
  }

  /// Removes a socket file at which nobody answers: left behind by a process that was killed.
  private static func removeStale(_ path: String, _ address: SocketAddress) throws(Failure) {
    guard let found = stat(path) else { return }
    guard found.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket }
    let probe = try socket(address)
    defer { Glibc.close(probe) }
    // A full listen queue would block; EAGAIN says somebody listens.
    _ = fcntl(probe, F_SETFL, O_NONBLOCK)
    guard address.connect(probe) != 0, errno != EAGAIN else { throw .inUse }
    guard errno == ECONNREFUSED else { throw .system(SystemError(call: "connect")) }
    guard unsafe unlink(path) == 0 else { throw .system(SystemError(call: "unlink")) }
  }

  private static func socket(_ address: SocketAddress) throws(Failure) -> CInt {
    let descriptor = linux_stream_socket(address.family)
    guard descriptor >= 0 else { throw .system(SystemError(call: "socket")) }
    return descriptor
  }

  /// The queue is as long as the system allows, 4096 by default: a full one is a 502 in nginx.
  private static func listen(_ descriptor: CInt) throws(Failure) {
    guard Glibc.listen(descriptor, 65_535) == 0 else {
      throw .system(SystemError(call: "listen"))
    }
  }

  private static func stat(_ path: String) -> Glibc.stat? {
    var found = Glibc.stat()
    return unsafe lstat(path, &found) == 0 ? found : nil
  }

  private static func isTCP(_ descriptor: CInt) -> Bool {
    var domain: CInt = 0
    var size = socklen_t(MemoryLayout<CInt>.size)
    let code = unsafe getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &domain, &size)
    return code == 0 && (domain == AF_INET || domain == AF_INET6)
  }
}
