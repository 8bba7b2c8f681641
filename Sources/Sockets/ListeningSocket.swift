// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import EventLoop
import Glibc
internal import Synchronization

/// An open, nonblocking listening socket that is closed on exec, and its file if it has one.
///
/// - Source: unix(7), listen(2).
public final class ListeningSocket: Sendable {
  /// Why a socket cannot be opened. Its description follows the name of the socket.
  public enum Failure: Error, Equatable, CustomStringConvertible {
    /// Another process listens at the address.
    case inUse
    /// The file at the path is not a socket.
    case notASocket
    case system(SystemError)

    public var description: String {
      switch self {
      case .inUse: "is in use: another process answers there"
      case .notASocket: "names a file that is not a socket"
      case .system(let error): "cannot be opened: \(error)"
      }
    }
  }

  /// The kernel shortens the queue to `net.core.somaxconn`, 4096 by default. nginx answers 502 when
  /// the queue is full.
  private static let backlog: CInt = 65_535

  public let descriptor: CInt
  /// Whether other processes may listen at the same socket, now or later.
  public let isInherited: Bool
  /// Whether this is a TCP socket.
  public let isTCP: Bool
  private let file: SocketFile?
  private let isOpen = Mutex(true)

  private init(_ descriptor: CInt, isInherited: Bool = false, file: SocketFile? = nil) {
    self.descriptor = descriptor
    self.isInherited = isInherited
    self.isTCP = SocketAddress(localOf: descriptor)?.isInternet ?? false
    self.file = file
  }

  deinit {
    close()
  }

  /// Opens the socket. Connections wait in its queue from now on.
  public static func open(_ address: ListenAddress) throws(Failure) -> ListeningSocket {
    switch address {
    case .inherited(let descriptor): return try inherit(descriptor)
    case .path(let path): return try open(path)
    case .tcp(let host, let port):
      guard let address = SocketAddress(host: host, port: port) else {
        throw .system(SystemError(call: "inet_pton", code: EINVAL))
      }
      do throws(SystemError) {
        return try bind(to: address)
      } catch {
        throw error.code == EADDRINUSE ? .inUse : .system(error)
      }
    }
  }

  /// Opens a socket that listens at an address without a file.
  public static func bind(
    to address: SocketAddress, _ type: SocketType = .stream
  ) throws(SystemError) -> ListeningSocket {
    let socket = ListeningSocket(try bound(to: address, type))
    try socket.listen()
    return socket
  }

  /// The port of a TCP socket.
  public var port: UInt16? { SocketAddress(localOf: descriptor)?.port }

  /// Removes the socket's file, unless another process has put its own in its place. Call it before
  /// `close()`, because the file system may give the inode of a closed socket to another file.
  public func removeFile() {
    file?.remove()
  }

  /// Closes the descriptor. Later calls have no effect.
  public func close() {
    let closes = isOpen.withLock { isOpen in
      defer { isOpen = false }
      return isOpen
    }
    if closes { Glibc.close(descriptor) }
  }

  // MARK: Opening

  private static func inherit(_ descriptor: CInt) throws(Failure) -> ListeningSocket {
    let socket = ListeningSocket(descriptor, isInherited: true)
    // The status flags are shared with the other processes that have the socket. Without
    // O_NONBLOCK, accept blocks the loop when another process has accepted the connection.
    let flags = fcntl(descriptor, F_GETFL)
    guard flags >= 0, fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0,
      fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0
    else { throw .system(SystemError(call: "fcntl")) }
    return socket
  }

  private static func open(_ path: String) throws(Failure) -> ListeningSocket {
    guard let address = SocketAddress(path: path) else {
      throw .system(SystemError(call: "bind", code: ENAMETOOLONG))
    }
    try SocketFile.removeStale(path, address)
    // The file must never exist with another mode. No other thread creates files yet.
    let mask = umask(0o117)
    defer { umask(mask) }
    do throws(SystemError) {
      let descriptor = try bound(to: address, .stream)
      let socket = ListeningSocket(descriptor, file: SocketFile(path: path))
      try socket.listen()
      return socket
    } catch {
      throw .system(error)
    }
  }

  private static func bound(
    to address: SocketAddress, _ type: SocketType
  ) throws(SystemError) -> CInt {
    let descriptor = try address.openSocket(type, isNonblocking: true)
    if address.isInternet { SocketOptions(of: descriptor).reuseAddress() }
    do throws(SystemError) {
      try address.bind(descriptor)
    } catch {
      Glibc.close(descriptor)
      throw error
    }
    return descriptor
  }

  private func listen() throws(SystemError) {
    guard Glibc.listen(descriptor, Self.backlog) == 0 else { throw SystemError(call: "listen") }
  }
}
