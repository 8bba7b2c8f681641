// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CSpawn
import EventLoop
import Glibc
import Sockets
import Synchronization

/// Where a service sends its notices, as systemd listens to it: `NOTIFY_SOCKET`.
///
/// Descriptors that are to be stored are kept until somebody takes them; a barrier is let go at once.
public final class NotifySocket: Sendable {
  private struct State {
    var texts: [String] = []
    var stored: [CInt] = []
    var arrival = Event()
  }

  /// For the variable.
  public let address: String
  private let descriptor: CInt
  private let state = Mutex(State())

  /// - Parameter address: a path, or `@` and an abstract name.
  public init(address: String) throws(TestFailure) {
    self.address = address
    let name =
      address.hasPrefix("@")
      ? SocketAddress(abstract: String(address.dropFirst())) : SocketAddress(path: address)
    guard let name else { throw TestFailure("no address: \(address)") }
    do {
      descriptor = try name.openSocket(.datagram)
      try name.bind(descriptor)
      try BlockingThread.start(named: "notify") { [weak self, descriptor] in
        while let (text, descriptors) = Self.receive(descriptor) {
          guard let self else { break }
          self.take(text, descriptors)
        }
        close(descriptor)
      }
    } catch {
      throw TestFailure("\(error)")
    }
  }

  deinit {
    shutdown(descriptor, CInt(SHUT_RDWR))
    for stored in state.withLock({ $0.stored }) { close(stored) }
  }

  /// Every message so far.
  public var texts: [String] { state.withLock { $0.texts } }

  /// Waits until a message with this in it has come, from the message of that number on.
  ///
  /// - Returns: the number of the message behind it.
  @discardableResult
  public func wait(
    for text: String, from start: Int = 0, within limit: Duration = .seconds(10)
  ) async throws(TestFailure) -> Int {
    let isLate = Event()
    let deadline = TestLoop.shared.after(limit) { [self] in
      isLate.fire()
      state.withLock { $0.arrival }.fire()
    }
    defer { TestLoop.shared.cancel(deadline) }
    while true {
      let (texts, arrival) = state.withLock { ($0.texts, $0.arrival) }
      if let found = texts.indices.dropFirst(start).first(where: { texts[$0].contains(text) }) {
        return found + 1
      }
      if isLate.hasHappened { throw TestFailure("no notice “\(text)” in \(texts)") }
      await arrival.wait()
    }
  }

  /// What was stored, once; belongs to the caller.
  public func takeStored() -> [CInt] {
    state.withLock { state in
      defer { state.stored = [] }
      return state.stored
    }
  }

  private func take(_ text: String, _ descriptors: [CInt]) {
    let isStored = text.contains("FDSTORE=1")
    let arrival = state.withLock { state in
      state.texts.append(text)
      if isStored { state.stored += descriptors }
      defer { state.arrival = Event() }
      return state.arrival
    }
    // Only now: closing a barrier's tells its sender that everything before was read.
    if !isStored { for descriptor in descriptors { close(descriptor) } }
    arrival.fire()
  }

  private static func receive(_ descriptor: CInt) -> (String, [CInt])? {
    var bytes = [UInt8](repeating: 0, count: 4096)
    var descriptors = [CInt](repeating: -1, count: 253)
    var count: CInt = 0
    let length = unsafe spawn_receive(descriptor, &bytes, bytes.count, &descriptors, &count)
    guard length > 0 else { return nil }
    return (
      String(decoding: bytes.prefix(length), as: UTF8.self), Array(descriptors.prefix(Int(count)))
    )
  }
}
