// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import Glibc
import TestSupport

/// A server that reads HTTP/1.1 and answers each request with the steps its script gives, right or wrong.
actor ScriptedServer {
  /// What is done for one request, in order. After the last step the connection stays open.
  enum Step: Sendable {
    case send(String)
    case sendEndlessly(String)
    case wait(Duration)
    case close
    case reset
  }

  struct Request: Sendable {
    /// Everything before the empty line.
    let head: String
    let body: [UInt8]
    /// Counted from 1.
    let connection: Int
    /// The number of the request on its connection, counted from 1.
    let number: Int

    var path: Substring { head.split(separator: " ").dropFirst().first ?? "" }
  }

  typealias Script = @Sendable (Request) -> [Step]

  nonisolated let port: UInt16
  private nonisolated let loop: EventLoop
  private let listener: CInt
  private let script: Script
  private var connections: [CInt: Connection] = [:]
  private var waiters: [Int: Waiter] = [:]
  private var lastWaiter = 0

  private(set) var requests: [Request] = []
  private(set) var accepted = 0
  private(set) var sentBytes = 0
  var openConnections: Int { connections.count }

  private struct Connection {
    let number: Int
    var received: [UInt8] = []
    var requests = 0
    var steps: ArraySlice<Step> = []
    var unsent: ArraySlice<UInt8> = []
  }

  private struct Waiter {
    let condition: @Sendable (isolated ScriptedServer) -> Bool
    let continuation: CheckedContinuation<Bool, Never>
  }

  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe loop.asUnownedSerialExecutor() }

  /// - Parameter script: what to do for a request; called on the server's own thread.
  init(_ script: @escaping Script) async throws {
    loop = try EventLoop(name: "scripted server")
    (listener, port) = try LoopbackSocket.listen()
    self.script = script
    try loop.watch(listener, for: .readable) { [weak self] _ in
      self?.assumeIsolated { $0.accept() }
    }
  }

  deinit {
    loop.unwatch(listener)
    close(listener)
    for descriptor in connections.keys {
      loop.unwatch(descriptor)
      close(descriptor)
    }
    loop.stop()
  }

  nonisolated func url(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }

  /// Waits until a condition on the server's state holds.
  func wait(
    within limit: Duration = .seconds(10),
    until condition: @escaping @Sendable (isolated ScriptedServer) -> Bool
  ) async throws {
    guard !condition(self) else { return }
    lastWaiter += 1
    let number = lastWaiter
    let deadline = loop.after(limit) { [weak self] in
      self?.assumeIsolated {
        _ = $0.waiters.removeValue(forKey: number)?.continuation.resume(returning: false)
      }
    }
    let isMet = await withCheckedContinuation { continuation in
      waiters[number] = Waiter(condition: condition, continuation: continuation)
    }
    loop.cancel(deadline)
    if !isMet { throw TestFailure("the scripted server did not see it in \(limit)") }
  }

  /// Closes all connections that are open, as a server does that restarts.
  func closeConnections() {
    for descriptor in connections.keys { end(descriptor) { close($0) } }
  }

  private func notify() {
    for (number, waiter) in waiters where waiter.condition(self) {
      waiters[number] = nil
      waiter.continuation.resume(returning: true)
    }
  }

  private func accept() {
    while let descriptor = LoopbackSocket.accept(listener) {
      accepted += 1
      connections[descriptor] = Connection(number: accepted)
      watch(descriptor, for: .readable)
    }
    notify()
  }

  private func watch(_ descriptor: CInt, for readiness: Readiness) {
    do {
      try loop.watch(descriptor, for: readiness) { [weak self] readiness in
        self?.assumeIsolated { $0.advance(descriptor, readiness) }
      }
    } catch {
      fatalError("\(error)")
    }
  }

  private func end(_ descriptor: CInt, _ close: (CInt) -> Void) {
    guard connections.removeValue(forKey: descriptor) != nil else { return }
    loop.unwatch(descriptor)
    close(descriptor)
    notify()
  }

  private func advance(_ descriptor: CInt, _ readiness: Readiness) {
    if readiness.contains(.writable) { work(descriptor) }
    guard !readiness.isDisjoint(with: [.readable, .hangUp]) else { return }
    guard let bytes = LoopbackSocket.read(descriptor) else { return }
    guard !bytes.isEmpty else { return end(descriptor) { close($0) } }
    connections[descriptor]?.received += bytes
    while let request = takeRequest(descriptor) {
      requests.append(request)
      connections[descriptor]?.steps += script(request)
      work(descriptor)
    }
    notify()
  }

  private func takeRequest(_ descriptor: CInt) -> Request? {
    guard var connection = connections[descriptor] else { return nil }
    let text = String(decoding: connection.received, as: UTF8.self)
    guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
    let head = String(text[..<end.lowerBound])
    let announced =
      head.lowercased().split(separator: "\r\n")
      .first { $0.hasPrefix("content-length: ") }.flatMap { Int($0.dropFirst(16)) } ?? 0
    let headCount = head.utf8.count + 4
    guard connection.received.count >= headCount + announced else { return nil }
    let body = Array(connection.received[headCount..<headCount + announced])
    connection.received.removeFirst(headCount + announced)
    connection.requests += 1
    connections[descriptor] = connection
    return Request(
      head: head, body: body, connection: connection.number, number: connection.requests)
  }

  /// Does steps until one has to wait.
  private func work(_ descriptor: CInt) {
    while var connection = connections[descriptor] {
      if !connection.unsent.isEmpty {
        guard let count = LoopbackSocket.write(descriptor, connection.unsent) else {
          return end(descriptor) { close($0) }
        }
        sentBytes += count
        connection.unsent = connection.unsent.dropFirst(count)
        connections[descriptor] = connection
        if !connection.unsent.isEmpty { return watch(descriptor, for: [.readable, .writable]) }
        watch(descriptor, for: .readable)
        continue
      }
      guard let step = connection.steps.popFirst() else { return }
      switch step {
      case .send(let text): connection.unsent = Array(text.utf8)[...]
      case .sendEndlessly(let text):
        connection.unsent = Array(text.utf8)[...]
        connection.steps = [step]
      case .wait(let duration):
        connections[descriptor] = connection
        return wait(duration, descriptor, number: connection.number)
      case .close: return end(descriptor) { close($0) }
      case .reset: return end(descriptor) { LoopbackSocket.reset($0) }
      }
      connections[descriptor] = connection
    }
  }

  private func wait(_ duration: Duration, _ descriptor: CInt, number: Int) {
    loop.after(duration) { [weak self] in
      self?.assumeIsolated { server in
        guard server.connections[descriptor]?.number == number else { return }
        server.work(descriptor)
      }
    }
  }
}

extension ScriptedServer.Step {
  /// A complete answer with its length.
  static func answer(
    _ status: String = "200 OK", fields: String = "", _ body: String = ""
  ) -> ScriptedServer.Step {
    .send("HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(fields)\r\n\(body)")
  }
}
