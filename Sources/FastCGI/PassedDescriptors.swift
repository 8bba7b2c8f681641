// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The descriptors that systemd passed on: one listening socket, and connections that a predecessor left in systemd's
/// store under the name `kept`.
///
/// - Source: sd_listen_fds(3), sd_pid_notify_with_fds(3).
public struct PassedDescriptors: Equatable, Sendable {
  /// What was passed is not what the variables promise.
  public enum Failure: Error, Equatable, CustomStringConvertible {
    /// `LISTEN_FDS` is no number from 1 to `limit`.
    case malformedCount
    /// `LISTEN_FDNAMES` has not as many names as `LISTEN_FDS` says.
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

  /// What a connection is called in systemd's store.
  public static let keptName = "kept"
  /// More descriptors are a mistake.
  public static let limit = 4096

  public let listener: CInt
  public let kept: [CInt]

  /// - Returns: nil when nothing was passed, or to another process (`LISTEN_PID`).
  public init?(_ environment: [String: String]) throws(Failure) {
    guard let text = environment["LISTEN_PID"], pid_t(text) == getpid() else { return nil }
    guard let count = environment["LISTEN_FDS"].flatMap({ Int($0) }), 1...Self.limit ~= count
    else { throw .malformedCount }
    let names = environment["LISTEN_FDNAMES"].map {
      $0.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    }
    guard (names?.count ?? count) == count else { throw .unevenNames }
    let descriptors = (0..<count).map { CInt(3 + $0) }
    for descriptor in descriptors { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    let isKept = { (index: Int) in names?[index] == Self.keptName }
    let sockets = descriptors.indices.filter { !isKept($0) }.map { descriptors[$0] }
    guard let listener = sockets.first else { throw .noSocket }
    guard sockets.count == 1 else { throw .severalSockets }
    guard SocketKind(of: listener) == .listening else {
      throw .notListening(descriptor: listener)
    }
    self.listener = listener
    let others = descriptors.indices.filter(isKept).map { descriptors[$0] }
    kept = others.filter { SocketKind(of: $0) == .connected }
    // What has ended meanwhile is of no use to anybody.
    for descriptor in others where !kept.contains(descriptor) { close(descriptor) }
  }
}
