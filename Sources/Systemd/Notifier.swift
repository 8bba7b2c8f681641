// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
public import EventLoop
import Glibc

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
    socket = linux_datagram_socket()
    guard socket >= 0 else { throw .system(SystemError(call: "socket")) }
    // Short: the loop may be the one that waits, and the reader is the first process of the machine.
    var patience = timeval(tv_sec: 0, tv_usec: 500_000)
    let size = socklen_t(MemoryLayout<timeval>.size)
    _ = unsafe setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
    guard try connect(to: name) else {
      // All properties are there, so leaving runs `deinit`, which closes it.
      throw .system(SystemError(call: "connect"))
    }
  }

  deinit {
    close(socket)
  }

  /// Sends messages as one.
  ///
  /// - Parameter descriptors: 253 at most; copies go along.
  /// - Returns: whether the message was taken.
  @discardableResult
  public func send(_ notices: Notice..., descriptors: [CInt] = []) -> Bool {
    let bytes = Array(notices.map(\.text).joined(separator: "\n").utf8)
    let count = unsafe linux_send_with_descriptors(
      socket, bytes, bytes.count, descriptors, CInt(descriptors.count), CInt(MSG_NOSIGNAL))
    return count == bytes.count
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

  private func connect(to name: String) throws(Failure) -> Bool {
    var bytes = Array(name.utf8)
    guard bytes.count <= 107, !bytes.contains(0),
      bytes.first != UInt8(ascii: "@") || bytes.count > 1
    else { throw .malformedAddress }
    switch bytes[0] {
    case UInt8(ascii: "/"): bytes.append(0)
    case UInt8(ascii: "@"): bytes[0] = 0
    default: throw .malformedAddress
    }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    // An abstract name is as long as the address says; padding would be a part of it.
    let size = socklen_t((MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2) + bytes.count)
    return unsafe withUnsafePointer(to: address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe Glibc.connect(socket, $0, size) == 0
      }
    }
  }
}
