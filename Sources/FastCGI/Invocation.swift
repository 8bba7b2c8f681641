// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
import Glibc

/// In which of six ways the process was started.
public enum Invocation: Equatable, Sendable {
  /// Serve requests that arrive at a socket, and on connections that a predecessor kept open.
  case fastCGI(Listener, kept: [CInt] = [])
  /// Pass on what arrives at the socket on descriptor 0: mod_fcgid starts several processes, and one is to answer.
  ///
  /// The generation is the same for all that mod_fcgid starts until Apache reads its configuration anew.
  case child(generation: String)
  /// Answer what relays pass on, who reach the process at this listening socket of packets. See `Relay`.
  case relayed(descriptor: CInt)
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
  /// descriptor 0, as spawn-fcgi, mod_fcgid and a relay pass it; one plain CGI request when `GATEWAY_INTERFACE` is set.
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
    switch SocketKind(of: STDIN_FILENO) {
    case .listening:
      if let generation = FcgidSocket.generation(of: STDIN_FILENO) {
        return .child(generation: generation)
      }
      return .fastCGI(.inherited(descriptor: STDIN_FILENO))
    case .gathering: return .relayed(descriptor: STDIN_FILENO)
    case .connected, nil: break
    }
    return environment["GATEWAY_INTERFACE"] == nil ? .usage : .cgi
  }
}
