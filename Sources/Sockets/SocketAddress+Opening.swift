// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
public import EventLoop
import Glibc

/// What a socket carries.
///
/// - Source: socket(2).
public enum SocketType: Sendable {
  case stream
  case datagram
  /// Connected like a stream, and keeps the boundaries of messages.
  case sequencedPacket

  var rawValue: CInt {
    switch self {
    case .stream: CInt(SOCK_STREAM.rawValue)
    case .datagram: CInt(SOCK_DGRAM.rawValue)
    case .sequencedPacket: CInt(SOCK_SEQPACKET.rawValue)
    }
  }
}

extension SocketAddress {
  /// Opens a socket of this address's family that is closed on exec.
  ///
  /// - Returns: a descriptor that the caller closes.
  public func openSocket(
    _ type: SocketType, isNonblocking: Bool = false
  ) throws(SystemError) -> CInt {
    let flags = SOCK_CLOEXEC.rawValue | (isNonblocking ? SOCK_NONBLOCK.rawValue : 0)
    let descriptor = Glibc.socket(family, type.rawValue | CInt(flags), 0)
    guard descriptor >= 0 else { throw SystemError(call: "socket") }
    return descriptor
  }

  /// Binds a socket to this address.
  public func bind(_ socket: CInt) throws(SystemError) {
    guard unsafe withPointer({ unsafe Glibc.bind(socket, $0, $1) }) == 0 else {
      throw SystemError(call: "bind")
    }
  }

  /// Connects a socket to this address.
  ///
  /// - Throws: `EINPROGRESS` if the socket is nonblocking and the connection takes time.
  public func connect(_ socket: CInt) throws(SystemError) {
    guard unsafe withPointer({ unsafe Glibc.connect(socket, $0, $1) }) == 0 else {
      throw SystemError(call: "connect")
    }
  }

  /// Opens a socket and connects it to this address.
  ///
  /// - Returns: a descriptor that the caller closes.
  /// - Throws: as `connect(_:)`; the socket is closed then.
  public func connectedSocket(
    _ type: SocketType, isNonblocking: Bool = false
  ) throws(SystemError) -> CInt {
    let descriptor = try openSocket(type, isNonblocking: isNonblocking)
    do throws(SystemError) {
      try connect(descriptor)
    } catch {
      close(descriptor)
      throw error
    }
    return descriptor
  }
}
