// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Where a server listens.
public enum ListenAddress: Equatable, Sendable {
  /// A Unix socket whose file has mode 0660: the owner and the group may connect.
  case path(String)
  /// A numeric IPv4 or IPv6 address. The system chooses the port if it is 0.
  case tcp(host: String, port: UInt16)
  /// A listening socket that the parent process passed.
  case inherited(descriptor: CInt)

  /// Why a text is not an address to listen at. Never holds the text.
  public enum Invalid: Error, Equatable {
    case malformed
    case notLoopback
    case pathTooLong(limit: Int)
  }

  /// Parses `/run/app/app.sock`, `./app.sock`, `127.0.0.1:9000`, `[::1]:9000` or `localhost:9000`.
  ///
  /// - Parameter allowsRemote: whether an address that other machines can reach is valid.
  public init(parsing text: String, allowsRemote: Bool = false) throws(Invalid) {
    if text.hasPrefix("/") || text.hasPrefix("./") {
      guard text.utf8.count <= SocketAddress.pathLimit else {
        throw .pathTooLong(limit: SocketAddress.pathLimit)
      }
      guard SocketAddress(path: text) != nil else { throw .malformed }
      self = .path(text)
      return
    }
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...])
    else { throw .malformed }
    var host = String(text[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    if host == "localhost" { host = "127.0.0.1" }
    guard SocketAddress(host: host, port: port) != nil else { throw .malformed }
    guard allowsRemote || host == "::1" || host.hasPrefix("127.") else { throw .notLoopback }
    self = .tcp(host: host, port: port)
  }
}
