// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
public import EventLoop
import Glibc

/// Where relays find the process that answers for them.
///
/// It is an abstract name of a Unix socket: the kernel gives it to one process, takes it back when that ends, however it
/// ends, and leaves no file behind.
///
/// - Source: unix(7); the decision "Apache's children pass on".
public struct MeetingPlace: Sendable {
  /// Why nobody answers.
  public enum Failure: Error, Equatable, CustomStringConvertible {
    /// A process of another user has the name.
    case anotherUser
    /// A process has the name and takes nobody in.
    case noAnswer
    /// The process that was started to answer ended at once, and has said why.
    case notStarted
    case system(SystemError)

    /// Whether another process may meet with more success; otherwise this one had better answer by itself.
    public var mayPass: Bool {
      switch self {
      // The process that did not start has told why, and this one would not either.
      case .notStarted: true
      case .system(let error): error.isShortage
      case .anotherUser, .noAnswer: false
      }
    }

    public var description: String {
      switch self {
      case .anotherUser: "a process of another user stands where the one that answers should"
      case .noAnswer: "the process that should answer takes no connections"
      case .notStarted: "the process that should answer has not started"
      case .system(let error): "\(error)"
      }
    }
  }

  private let address: SocketAddress?

  /// - Parameter name: the same for all that one process may answer for, and for no others; no secret, 107 bytes at most.
  public init(name: String) {
    address = SocketAddress(abstract: name)
  }

  /// Takes the place: connections wait in the queue of the socket from now on.
  ///
  /// - Returns: a socket that belongs to the caller; nil when another process has the place.
  func take() throws(Failure) -> CInt? {
    let address = try named()
    let socket = try Self.socket()
    guard address.bind(socket) == 0 else {
      let error = SystemError(call: "bind")
      close(socket)
      if error.code == EADDRINUSE { return nil }
      throw .system(error)
    }
    guard listen(socket, 4096) == 0 else {
      let error = SystemError(call: "listen")
      close(socket)
      throw .system(error)
    }
    return socket
  }

  /// - Returns: a link to the process that has the place, which belongs to the caller; nil when nobody has it, or takes
  ///   anybody in for now.
  func reach() throws(Failure) -> CInt? {
    let address = try named()
    let socket = try Self.socket()
    guard address.connect(socket) == 0 else {
      let error = SystemError(call: "connect")
      close(socket)
      if error.code == ECONNREFUSED || error.code == EAGAIN { return nil }
      throw .system(error)
    }
    guard linux_peer_is(socket, geteuid()) != 0 else {
      close(socket)
      throw .anotherUser
    }
    return socket
  }

  private func named() throws(Failure) -> SocketAddress {
    guard let address else { throw .system(SystemError(call: "bind", code: ENAMETOOLONG)) }
    return address
  }

  private static func socket() throws(Failure) -> CInt {
    let socket = linux_packet_socket()
    guard socket >= 0 else { throw .system(SystemError(call: "socket")) }
    return socket
  }
}
