// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
import Glibc

/// In which of four ways the process was started.
public enum Invocation: Equatable, Sendable {
  /// Serve requests that arrive at a socket, and on connections that a predecessor kept open.
  case fastCGI(Listener, kept: [CInt] = [])
  /// Answer the one request that environment and standard input hold. See `CGIProcess`.
  case cgi
  /// None of these: say how to start.
  case usage

  /// A setting or variable that cannot be followed. Never holds the value.
  public enum Failure: Error, Equatable, CustomStringConvertible {
    case malformedAddress
    case notLoopback
    case pathTooLong(limit: Int)
    case passed(PassedDescriptors.Failure)
    /// FCGI_SOCKET is set, and a socket was passed too.
    case twoSockets

    public var description: String {
      switch self {
      case .malformedAddress:
        "FCGI_SOCKET must be an absolute path, or host:port with a numeric host"
      case .notLoopback:
        "FCGI_SOCKET must be on a loopback address: FastCGI has no way to know who connects"
      case .pathTooLong(let limit): "FCGI_SOCKET must be at most \(limit) bytes long"
      case .passed(let failure): failure.description
      case .twoSockets:
        "FCGI_SOCKET is set, and systemd passed a socket too: leave FCGI_SOCKET out, or disable the socket unit"
      }
    }
  }

  /// Decides, in this order: `FCGI_SOCKET`; the socket systemd passed (see `PassedDescriptors`); a listening socket on
  /// descriptor 0, as spawn-fcgi and mod_fcgid pass it; one plain CGI request when `GATEWAY_INTERFACE` is set.
  ///
  /// The first two together are refused: whoever connects to a passed socket that nobody reads waits for ever.
  ///
  /// - Parameter socket: the setting FCGI_SOCKET.
  /// - Source: sd_listen_fds(3); FastCGI specification 1.0, section 2.2; RFC 3875, section 4.1.4.
  public static func resolve(
    socket: String?, environment: [String: String]
  ) throws(Failure) -> Invocation {
    let passed: PassedDescriptors?
    do throws(PassedDescriptors.Failure) {
      passed = try PassedDescriptors(environment)
    } catch {
      throw .passed(error)
    }
    if let socket, !socket.isEmpty {
      guard passed == nil else { throw .twoSockets }
      return .fastCGI(try Listener(parsing: socket))
    }
    if let passed {
      return .fastCGI(.inherited(descriptor: passed.listener), kept: passed.kept)
    }
    if SocketKind(of: STDIN_FILENO) == .listening {
      return .fastCGI(.inherited(descriptor: STDIN_FILENO))
    }
    return environment["GATEWAY_INTERFACE"] == nil ? .usage : .cgi
  }
}
