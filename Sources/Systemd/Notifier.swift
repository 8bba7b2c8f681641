// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
public import EventLoop
import Glibc
internal import Sockets

/// The way to systemd, or to whoever else set `NOTIFY_SOCKET`: a datagram for each message.
///
/// Losing a message never stops the service: systemd's own time limits notice what is missing.
///
/// - Source: sd_notify(3), unix(7).
public final class Notifier: Sendable {
  /// `NOTIFY_SOCKET` cannot be used.
  public enum Failure: Error, Equatable, CustomStringConvertible {
    case malformedAddress
    case system(SystemError)

    public var description: String {
      switch self {
      case .malformedAddress:
        "NOTIFY_SOCKET is neither an absolute path nor @ and an abstract name, of 107 bytes at most"
      case .system(let error): "NOTIFY_SOCKET: \(error)"
      }
    }
  }

  private let socket: CInt
  private let storesDescriptors: Bool

  /// - Returns: nil when nobody wants to be told.
  public init?(_ environment: [String: String]) throws(Failure) {
    guard let name = environment["NOTIFY_SOCKET"], !name.isEmpty else { return nil }
    // Set by systemd from 254 on, and by our unit for those before.
    storesDescriptors = (environment["FDSTORE"].flatMap { Int($0) } ?? 0) > 0
    guard let address = Self.address(name) else { throw .malformedAddress }
    do throws(SystemError) {
      socket = try address.connectedSocket(.datagram)
    } catch {
      throw .system(error)
    }
    // Short, because the event loop may be the thread that waits.
    SocketOptions(of: socket).setSendTimeout(.milliseconds(500))
  }

  deinit {
    close(socket)
  }

  /// Sends messages as one.
  ///
  /// - Parameter descriptors: at most `DescriptorMessage.descriptorLimit`; copies go along.
  /// - Returns: whether the message was taken.
  @discardableResult
  public func send(_ notices: Notice..., descriptors: [CInt] = []) -> Bool {
    let bytes = Array(notices.map(\.text).joined(separator: "\n").utf8)
    do throws(SystemError) {
      try DescriptorMessage(bytes, descriptors: descriptors).send(over: socket, waits: true)
      return true
    } catch {
      return false
    }
  }

  /// Whether descriptors can be left to the process that comes next.
  public var canStore: Bool { storesDescriptors }

  /// Waits until everything that was sent is read; a message of a process that is gone may belong to nobody. Blocks.
  ///
  /// - Returns: false when that took longer than the limit.
  @discardableResult
  public func flush(limit: Duration = .seconds(5)) -> Bool {
    var ends: [CInt] = [-1, -1]
    guard unsafe linux_pipe_create(&ends) == 0 else { return false }
    defer { close(ends[0]) }
    let isSent = send(.barrier, descriptors: [ends[1]])
    close(ends[1])
    guard isSent else { return false }
    var poll = pollfd(fd: ends[0], events: 0, revents: 0)
    let milliseconds = CInt(clamping: Int(limit / .milliseconds(1)))
    return unsafe Glibc.poll(&poll, 1, milliseconds) == 1
  }

  /// - Parameter name: a path, or `@` and an abstract name.
  private static func address(_ name: String) -> SocketAddress? {
    guard name.utf8.count <= SocketAddress.pathLimit else { return nil }
    if name.hasPrefix("/") { return SocketAddress(path: name) }
    return name.hasPrefix("@") ? SocketAddress(abstract: String(name.dropFirst())) : nil
  }
}
