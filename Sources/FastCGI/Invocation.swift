// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
import Glibc

/// In which of four ways the process was started.
public enum Invocation: Equatable, Sendable {
  /// Serve requests that arrive at a socket.
  case fastCGI(Listener)
  /// Answer the one request that environment and standard input hold. See `CGIProcess`.
  case cgi
  /// None of these: say how to start.
  case usage

  /// A setting or variable that cannot be followed. Never holds the value.
  public enum Failure: Error, Equatable, CustomStringConvertible {
    case malformedAddress
    case notLoopback
    case pathTooLong(limit: Int)
    case severalSockets
    case notListening(descriptor: CInt)

    public var description: String {
      switch self {
      case .malformedAddress:
        "FCGI_SOCKET must be an absolute path, or host:port with a numeric host"
      case .notLoopback:
        "FCGI_SOCKET must be on a loopback address: FastCGI has no way to know who connects"
      case .pathTooLong(let limit): "FCGI_SOCKET must be at most \(limit) bytes long"
      case .severalSockets: "LISTEN_FDS must be 1"
      case .notListening(let descriptor):
        "LISTEN_FDS promises a listening socket, but descriptor \(descriptor) is none"
      }
    }
  }

  /// Decides, in this order: `FCGI_SOCKET`; the socket systemd passed (`LISTEN_FDS`, meant for this process by
  /// `LISTEN_PID`); a listening socket on descriptor 0, as spawn-fcgi and mod_fcgid pass it; one plain CGI request
  /// when `GATEWAY_INTERFACE` is set.
  ///
  /// - Parameter socket: the setting FCGI_SOCKET.
  /// - Source: sd_listen_fds(3); FastCGI specification 1.0, section 2.2; RFC 3875, section 4.1.4.
  public static func resolve(
    socket: String?, environment: [String: String]
  ) throws(Failure) -> Invocation {
    if let socket, !socket.isEmpty { return .fastCGI(try Listener(parsing: socket)) }
    if let text = environment["LISTEN_PID"], pid_t(text) == getpid() {
      guard environment["LISTEN_FDS"] == "1" else { throw .severalSockets }
      guard isListening(3) else { throw .notListening(descriptor: 3) }
      return .fastCGI(.inherited(descriptor: 3))
    }
    if isListening(STDIN_FILENO) { return .fastCGI(.inherited(descriptor: STDIN_FILENO)) }
    return environment["GATEWAY_INTERFACE"] == nil ? .usage : .cgi
  }

  private static func isListening(_ descriptor: CInt) -> Bool {
    var answer: CInt = 0
    var size = socklen_t(MemoryLayout<CInt>.size)
    return unsafe getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &answer, &size) == 0
      && answer != 0
  }
}
