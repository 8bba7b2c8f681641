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

  /// Whether a web server started this process as a CGI program.
  ///
  /// The arguments of such a process come from the client, because a web server passes a query
  /// without `=` as arguments, so they must not be parsed.
  ///
  /// - Source: RFC 3875, sections 4.1.4 and 4.4.
  public static func isCGI(_ environment: [String: String]) -> Bool {
    environment["GATEWAY_INTERFACE"] != nil
  }

  /// Decides, in this order:
  /// 1. one CGI request, if `GATEWAY_INTERFACE` is set and descriptor 0 is no listening socket;
  /// 2. `FCGI_SOCKET`;
  /// 3. the socket that systemd passed (see `PassedDescriptors`);
  /// 4. a listening socket on descriptor 0, which spawn-fcgi, mod_fcgid and a relay pass.
  ///
  /// CGI comes first because its environment and standard input belong to one request. A program
  /// that `cgi-fcgi -start` starts inherits `GATEWAY_INTERFACE` and has a listening socket.
  /// `FCGI_SOCKET` together with a passed socket is an error: a client that connects to the socket
  /// that nobody accepts from would wait forever.
  ///
  /// - Parameter socket: the setting FCGI_SOCKET.
  /// - Source: RFC 3875, section 4.1.4; sd_listen_fds(3); FastCGI specification 1.0, section 2.2.
  public static func resolve(
    socket: String?, environment: [String: String]
  ) throws(Failure) -> Invocation {
    let standardInput = SocketKind(of: STDIN_FILENO)
    if isCGI(environment), standardInput != .listening, standardInput != .gathering { return .cgi }
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
    switch standardInput {
    case .listening:
      if let generation = FcgidSocket.generation(of: STDIN_FILENO) {
        return .child(generation: generation)
      }
      return .fastCGI(.inherited(descriptor: STDIN_FILENO))
    case .gathering: return .relayed(descriptor: STDIN_FILENO)
    case .connected, nil: return .usage
    }
  }
}
