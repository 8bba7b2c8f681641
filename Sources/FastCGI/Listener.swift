// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Where to listen.
public enum Listener: Equatable, Sendable {
  /// A Unix socket, made with mode 0660: who may connect decides who may ask. Give it the web server's group.
  case path(String)
  /// A numeric IPv4 or IPv6 address; port 0 lets the system choose.
  case tcp(host: String, port: UInt16)
  /// A socket that listens already, passed by whoever started us.
  case inherited(descriptor: CInt)

  /// The longest path of a Unix socket, in bytes.
  ///
  /// - Source: unix(7).
  public static let pathLimit = 107

  /// Parses a setting such as FCGI_SOCKET: `/run/app/app.sock`, `127.0.0.1:9000`, `[::1]:9000`, `localhost:9000`.
  ///
  /// - Parameter allowsRemote: whether others than this machine may be able to connect.
  public init(parsing text: String, allowsRemote: Bool = false) throws(Invocation.Failure) {
    if text.hasPrefix("/") || text.hasPrefix("./") {
      guard text.utf8.count <= Self.pathLimit else {
        throw .pathTooLong(limit: Self.pathLimit)
      }
      guard !text.utf8.contains(0) else { throw .malformedAddress }
      self = .path(text)
      return
    }
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...])
    else { throw .malformedAddress }
    var host = String(text[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    if host == "localhost" { host = "127.0.0.1" }
    guard SocketAddress(host: host, port: port) != nil else { throw .malformedAddress }
    guard allowsRemote || host == "::1" || host.hasPrefix("127.") else { throw .notLoopback }
    self = .tcp(host: host, port: port)
  }
}
