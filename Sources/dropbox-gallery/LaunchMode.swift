// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import FastCGI
import Glibc
import Sockets
import Systemd

/// How the process was started, and so what it does.
enum LaunchMode: Equatable {
  /// Serve requests that arrive at a socket, and on connections that a previous process kept open.
  case fastCGI(ListenAddress, kept: [CInt] = [])
  /// Relay what arrives at the socket on descriptor 0: mod_fcgid starts several processes, and one
  /// process answers for all of them.
  ///
  /// The generation is the same for all that mod_fcgid starts until Apache reloads its configuration.
  case child(generation: String)
  /// Answer what relays pass to the listening socket on this descriptor. See `Relay`.
  case relayed(descriptor: CInt)
  /// Answer the one request in the environment and standard input. See `CGIProcess`.
  case cgi
  /// None of these: print how to start the program.
  case usage

  /// The name under which systemd's descriptor store holds connections that are kept open.
  static let storeName = "kept"

  /// Whether a web server started this process as a CGI program.
  ///
  /// The arguments of such a process come from the client, because a web server passes a query
  /// without `=` as arguments, so they must not be parsed.
  ///
  /// - Source: RFC 3875, sections 4.1.4 and 4.4.
  static func isCGI(_ environment: [String: String]) -> Bool {
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
  /// - Parameters:
  ///   - socket: the setting FCGI_SOCKET.
  ///   - standardInput: the kind of descriptor 0.
  /// - Source: RFC 3875, section 4.1.4; sd_listen_fds(3); FastCGI specification 1.0, section 2.2.
  static func resolve(
    socket: String?, environment: [String: String],
    standardInput: SocketKind? = SocketKind(of: STDIN_FILENO)
  ) throws(LaunchFailure) -> LaunchMode {
    let isListening = standardInput == .listening || standardInput == .listeningForPackets
    if isCGI(environment), !isListening { return .cgi }
    let passed: PassedDescriptors?
    do throws(PassedDescriptors.Failure) {
      passed = try PassedDescriptors(environment, storedAs: storeName)
    } catch {
      throw .passed(error)
    }
    if let socket, !socket.isEmpty {
      guard passed == nil else { throw .twoSockets }
      do throws(ListenAddress.Invalid) {
        return .fastCGI(try ListenAddress(parsing: socket))
      } catch {
        throw .address(error)
      }
    }
    if let passed {
      return .fastCGI(.inherited(descriptor: passed.listener), kept: passed.stored)
    }
    switch standardInput {
    case .listening:
      if let generation = FcgidSocket.generation(of: STDIN_FILENO) {
        return .child(generation: generation)
      }
      return .fastCGI(.inherited(descriptor: STDIN_FILENO))
    case .listeningForPackets: return .relayed(descriptor: STDIN_FILENO)
    case .connected, nil: return .usage
    }
  }
}
