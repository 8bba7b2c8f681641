// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
public import EventLoop
import Glibc

/// Where processes find each other that a web server started as one service: the first one answers for all, so that there is
/// one memory, and the others pass connections on to it.
///
/// It is an abstract name of a Unix socket: the kernel gives it to one process, takes it back when that ends, however it
/// ends, and leaves no file behind.
///
/// - Source: unix(7); the decision "One of Apache's children answers".
public struct MeetingPlace: Sendable {
  /// What a process is to the others.
  public enum Role: Sendable {
    /// It answers, for the others too.
    case leader(Leader)
    /// It passes connections on.
    case follower(Follower)
    /// It answers for itself alone, for the reason given.
    case alone(Reason)
  }

  /// Why a process found none of its own kind.
  public enum Reason: Sendable, CustomStringConvertible {
    /// A process of another user has the name.
    case anotherUser
    /// A process has the name and takes nobody in.
    case noAnswer
    case system(SystemError)

    public var description: String {
      switch self {
      case .anotherUser: "a process of another user stands where those of this service meet"
      case .noAnswer: "the process that leads takes nobody in"
      case .system(let error): "\(error)"
      }
    }
  }

  /// While a leader ends, it has the name and takes nobody in; that takes less.
  private static let patience: Duration = .seconds(2)

  private let address: SocketAddress?

  /// - Parameter name: the same for processes that can stand in for each other, and for no others; not a secret, and 107
  ///   bytes at most.
  public init(name: String) {
    address = SocketAddress(abstract: name)
  }

  /// Takes the place if it is free, and follows who has it if not.
  public func enter() async -> Role {
    guard let address else {
      return .alone(.system(SystemError(call: "bind", code: ENAMETOOLONG)))
    }
    let end = ContinuousClock.now + Self.patience
    do throws(SystemError) {
      while ContinuousClock.now < end {
        if let leader = try lead(address) { return .leader(leader) }
        if let role = try follow(address) { return role }
        try? await Task.sleep(for: .milliseconds(10))
      }
    } catch {
      return .alone(.system(error))
    }
    return .alone(.noAnswer)
  }

  /// - Returns: nil when another process has the place.
  private func lead(_ address: SocketAddress) throws(SystemError) -> Leader? {
    let socket = try Self.socket()
    guard address.bind(socket) == 0, listen(socket, 4096) == 0 else {
      let error = SystemError(call: "bind")
      close(socket)
      if error.code == EADDRINUSE { return nil }
      throw error
    }
    return Leader(listening: socket)
  }

  /// - Returns: nil when nobody has the place any more, or takes anybody in for now.
  private func follow(_ address: SocketAddress) throws(SystemError) -> Role? {
    let socket = try Self.socket()
    guard address.connect(socket) == 0 else {
      let error = SystemError(call: "connect")
      close(socket)
      if error.code == ECONNREFUSED || error.code == EAGAIN { return nil }
      throw error
    }
    guard linux_peer_is(socket, geteuid()) != 0 else {
      close(socket)
      return .alone(.anotherUser)
    }
    return .follower(Follower(link: socket))
  }

  private static func socket() throws(SystemError) -> CInt {
    let socket = linux_packet_socket()
    guard socket >= 0 else { throw SystemError(call: "socket") }
    return socket
  }
}
