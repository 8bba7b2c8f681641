// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import EventLoop
import Glibc
internal import Sockets

/// The socket where relays find the process that answers for them.
///
/// It has an abstract name: the kernel gives the name to one process, frees it when that process
/// ends, however it ends, and no file is left behind.
///
/// - Source: unix(7); the decision "Apache's children pass on".
public struct RendezvousSocket: Sendable {
  /// Why no process answers.
  public enum Failure: Error, Equatable, CustomStringConvertible {
    /// A process of another user has the name.
    case anotherUser
    /// A process has the name and accepts no relay.
    case noAnswer
    /// The process that was started to answer ended at once, and has logged why.
    case notStarted
    case system(SystemError)

    /// Whether a later process may succeed. Otherwise this one had better answer by itself.
    public var mayPass: Bool {
      switch self {
      // The process that did not start has logged why, and this one would not start either.
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

  /// - Parameter name: the same for all processes that one process may answer for, and for no
  ///   others. It is not secret and has at most `SocketAddress.pathLimit` bytes.
  public init(name: String) {
    address = SocketAddress(abstract: name)
  }

  /// Listens. Connections wait in the socket's queue from now on.
  ///
  /// - Returns: `nil` if another process listens.
  func listen() throws(Failure) -> ListeningSocket? {
    do throws(SystemError) {
      return try ListeningSocket.bind(to: try boundAddress(), .sequencedPacket)
    } catch {
      if error.code == EADDRINUSE { return nil }
      throw .system(error)
    }
  }

  /// Connects to the process that listens.
  ///
  /// - Returns: a descriptor that the caller closes; `nil` if no process listens, or its queue is
  ///   full.
  func connect() throws(Failure) -> CInt? {
    let socket: CInt
    do throws(SystemError) {
      socket = try boundAddress().connectedSocket(.sequencedPacket, isNonblocking: true)
    } catch {
      if error.code == ECONNREFUSED || error.code == EAGAIN { return nil }
      throw .system(error)
    }
    guard SocketOptions(of: socket).peerRuns(as: geteuid()) else {
      close(socket)
      throw .anotherUser
    }
    return socket
  }

  private func boundAddress() throws(SystemError) -> SocketAddress {
    guard let address else { throw SystemError(call: "bind", code: ENAMETOOLONG) }
    return address
  }
}
