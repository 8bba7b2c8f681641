// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
internal import Sockets

/// The descriptors that systemd passed: one listening socket, and connections that a previous
/// process left in systemd's descriptor store.
///
/// - Source: sd_listen_fds(3), sd_pid_notify_with_fds(3).
public struct PassedDescriptors: Equatable, Sendable {
  /// The descriptors are not what the variables say.
  public enum Failure: Error, Equatable, CustomStringConvertible {
    /// `LISTEN_FDS` is not a number from 1 to `limit`.
    case malformedCount
    /// `LISTEN_FDNAMES` does not have as many names as `LISTEN_FDS` says.
    case unevenNames
    case severalSockets
    case noSocket
    case notListening(descriptor: CInt)

    public var description: String {
      switch self {
      case .malformedCount: "LISTEN_FDS is not a number from 1 to \(limit)"
      case .unevenNames: "LISTEN_FDNAMES does not name as many descriptors as LISTEN_FDS says"
      case .severalSockets: "LISTEN_FDS passes several listening sockets; one is what can be served"
      case .noSocket: "LISTEN_FDS passes no listening socket"
      case .notListening(let descriptor):
        "LISTEN_FDS promises a listening socket, but descriptor \(descriptor) is none"
      }
    }
  }

  /// More descriptors are a mistake.
  public static let limit = 4096
  /// - Source: sd_listen_fds(3), SD_LISTEN_FDS_START.
  private static let start: CInt = 3

  public let listener: CInt
  /// Connections that are still open.
  public let stored: [CInt]

  /// - Parameter name: the name of connections in the store; every other descriptor is a socket to
  ///   listen at.
  /// - Returns: `nil` if nothing was passed, or `LISTEN_PID` names another process.
  public init?(_ environment: [String: String], storedAs name: String) throws(Failure) {
    try self.init(environment, storedAs: name, from: Self.start)
  }

  init?(
    _ environment: [String: String], storedAs name: String, from start: CInt
  ) throws(Failure) {
    guard let text = environment["LISTEN_PID"], pid_t(text) == getpid() else { return nil }
    guard let count = environment["LISTEN_FDS"].flatMap({ Int($0) }), 1...Self.limit ~= count
    else { throw .malformedCount }
    let names = environment["LISTEN_FDNAMES"].map {
      $0.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    }
    guard (names?.count ?? count) == count else { throw .unevenNames }
    let descriptors = (0..<count).map { start + CInt($0) }
    for descriptor in descriptors { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    let isStored = { (index: Int) in names?[index] == name }
    let sockets = descriptors.indices.filter { !isStored($0) }.map { descriptors[$0] }
    guard let listener = sockets.first else { throw .noSocket }
    guard sockets.count == 1 else { throw .severalSockets }
    guard SocketKind(of: listener) == .listening else {
      throw .notListening(descriptor: listener)
    }
    self.listener = listener
    let candidates = descriptors.indices.filter(isStored).map { descriptors[$0] }
    stored = candidates.filter { SocketKind(of: $0) == .connected }
    // Connections that ended while they were in the store.
    for descriptor in candidates where !stored.contains(descriptor) { close(descriptor) }
  }
}
