// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import Glibc

/// A server on a free port of 127.0.0.1 that answers whatever it was told, for what a real Redis never does.
public final class FakeRedis: Sendable {
  /// What is sent to a connection: the first entry when it is accepted, and one more for each piece
  /// that arrives. Behind the last entry nothing more is sent.
  public struct Script: Sendable {
    public var answers: [[UInt8]]
    /// Whether the connection is closed after the last answer.
    public var hangsUp: Bool
    /// Sent after the last answer a byte each millisecond, over and over, until the client hangs up.
    public var trickle: [UInt8] = []

    public init(_ answers: [[UInt8]], hangsUp: Bool = false, trickle: [UInt8] = []) {
      self.answers = answers
      self.hangsUp = hangsUp
      self.trickle = trickle
    }

    /// Lets the client sign in, which is one command without a password, and then answers each piece.
    public static func afterHandshake(_ answers: String..., hangsUp: Bool = false) -> Script {
      Script(
        ["", "+OK\r\n"].map { Array($0.utf8) } + answers.map { Array($0.utf8) }, hangsUp: hangsUp)
    }
  }

  public enum Event: Equatable, Sendable {
    /// The number of the connection, from 0.
    case connected(Int)
    case received(Int, String)
    case disconnected(Int)
  }

  public let port: UInt16
  /// Everything that happened, in order; for one reader.
  public let events: AsyncStream<Event>

  private let listener: CInt

  /// - Parameter script: for the connection of that number; called on a thread of its own.
  public init(_ script: @escaping @Sendable (Int) -> Script) throws(TestFailure) {
    let (listener, port) = try LoopbackSocket.listen(isNonblocking: false)
    let (events, report) = AsyncStream<Event>.makeStream()
    self.listener = listener
    self.port = port
    self.events = events
    let serve: @Sendable () -> Void = {
      for number in 0... {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { break }
        report.yield(.connected(number))
        // One after the other: a client has one connection, and a test that fails to close it hangs here.
        Self.serve(connection, script(number)) { report.yield(.received(number, $0)) }
        close(connection)
        report.yield(.disconnected(number))
      }
      close(listener)
    }
    do {
      try BlockingThread.start(named: "fake redis", serve)
    } catch {
      throw TestFailure("\(error)")
    }
  }

  deinit {
    shutdown(listener, CInt(SHUT_RDWR))
  }

  public var url: String { "redis://127.0.0.1:\(port)" }

  /// Waits until an event has come, and drops those before it.
  public func wait(for event: Event) async {
    for await next in events where next == event { break }
  }

  private static func serve(
    _ connection: CInt, _ script: Script, received: (String) -> Void
  ) {
    var answers = script.answers[...]
    while true {
      if let answer = answers.popFirst(), !write(answer, to: connection) { return }
      if answers.isEmpty, script.hangsUp { return }
      if answers.isEmpty, !script.trickle.isEmpty {
        return trickle(script.trickle, to: connection)
      }
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = unsafe read(connection, &buffer, buffer.count)
      guard count > 0 else { return }
      received(String(decoding: buffer.prefix(count), as: UTF8.self))
    }
  }

  private static func trickle(_ bytes: [UInt8], to connection: CInt) {
    while true {
      for byte in bytes {
        guard write([byte], to: connection) else { return }
        usleep(1_000)
      }
    }
  }

  private static func write(_ bytes: [UInt8], to connection: CInt) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { bytes in
        unsafe send(connection, bytes.baseAddress, bytes.count, CInt(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
