// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import EventLoop
import Glibc
public import HTTP
internal import HTTPTypes
public import Sockets

/// A small HTTP server for those who watch the service, such as Prometheus: GET and HEAD, one request for each
/// connection, nothing that a client sends but the first line of its request.
///
/// Everything is bounded: a client that is slow is dropped, and when there are too many, the one that has been
/// silent for longest makes room. It knows no TLS and no passwords; who can connect may read.
///
/// - Source: RFC 9112.
public actor HTTPServer {
  /// What a client may send, and how long it may take.
  public struct Limits: Sendable {
    /// Bytes of the first line and the fields.
    public var headBytes = 8_192
    public var connections = 32
    /// From accepting to the end of the head.
    public var headTime: Duration = .seconds(5)
    /// From the end of the head to the last byte of the answer.
    public var answerTime: Duration = .seconds(10)

    public init() {}
  }

  struct Connection {
    enum Phase {
      case reading
      case answering(Task<Void, Never>)
      case writing(ArraySlice<UInt8>)
      /// Everything is written; what still comes is thrown away, or the answer would be lost with it.
      case lingering
    }

    /// Tells it from a later one with the same descriptor.
    let id: UInt64
    var phase = Phase.reading
    var received: [UInt8] = []
    var deadline: DeadlineID
  }

  private let listener: ListeningSocket
  private let loop: EventLoop
  let limits: Limits
  private let respond: @concurrent @Sendable (Request) async -> Response
  var connections: [CInt: Connection] = [:]
  private var lastID: UInt64 = 0

  /// - Parameter listener: stays open until `stop()`; the caller closes it.
  public init<Application: Responder>(
    listening listener: ListeningSocket, loop: EventLoop, application: Application,
    limits: Limits = Limits()
  ) where Application.Failure == Never {
    self.listener = listener
    self.loop = loop
    self.limits = limits
    // Away from the loop: it answers others meanwhile.
    respond = { @concurrent request in await application.respond(to: request) }
  }

  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe loop.asUnownedSerialExecutor()
  }

  /// Begins to accept.
  public func start() throws(SystemError) {
    try loop.watch(listener.descriptor, for: .readable) { [weak self] _ in
      self?.assumeIsolated { $0.accept() }
    }
  }

  /// Accepts no more, and drops what is under way.
  public func stop() {
    loop.unwatch(listener.descriptor)
    for descriptor in connections.keys { close(descriptor) }
  }

  // MARK: Coming and going

  private func accept() {
    // Those that come meanwhile have their turn after others on the loop.
    for _ in 0..<limits.connections {
      switch listener.accept() {
      case .connection(let descriptor):
        if connections.count >= limits.connections { makeRoom() }
        adopt(descriptor)
      case .empty: return
      case .failed: return pause()
      }
    }
  }

  /// Out of descriptors or memory. The queue stays readable, so going on would spin.
  private func pause() {
    loop.unwatch(listener.descriptor)
    loop.after(.seconds(1)) { [weak self] in
      self?.assumeIsolated { try? $0.start() }
    }
  }

  private func makeRoom() {
    let oldest = connections.min { left, right in
      (left.value.isWanted ? 1 : 0, left.value.id) < (right.value.isWanted ? 1 : 0, right.value.id)
    }
    if let oldest { close(oldest.key) }
  }

  private func adopt(_ descriptor: CInt) {
    lastID += 1
    let id = lastID
    connections[descriptor] = Connection(
      id: id, deadline: closeLater(descriptor, id, after: limits.headTime))
    watch(descriptor, for: .readable) { $0.read(descriptor) }
  }

  private func closeLater(_ descriptor: CInt, _ id: UInt64, after limit: Duration) -> DeadlineID {
    loop.after(limit) { [weak self] in
      self?.assumeIsolated { server in
        if server.connections[descriptor]?.id == id { server.close(descriptor) }
      }
    }
  }

  func postpone(_ descriptor: CInt, by limit: Duration) {
    guard let connection = connections[descriptor] else { return }
    loop.cancel(connection.deadline)
    connections[descriptor]?.deadline = closeLater(descriptor, connection.id, after: limit)
  }

  func watch(
    _ descriptor: CInt, for readiness: Readiness,
    _ handler: @escaping @Sendable (isolated HTTPServer) -> Void
  ) {
    do throws(SystemError) {
      try loop.watch(descriptor, for: readiness) { [weak self] _ in
        self?.assumeIsolated { handler($0) }
      }
    } catch {
      close(descriptor)
    }
  }

  func rest(_ descriptor: CInt) {
    loop.unwatch(descriptor)
  }

  func close(_ descriptor: CInt) {
    guard let connection = connections.removeValue(forKey: descriptor) else { return }
    loop.cancel(connection.deadline)
    loop.unwatch(descriptor)
    if case .answering(let task) = connection.phase { task.cancel() }
    Glibc.close(descriptor)
  }

  // MARK: Answering

  func answer(_ head: RequestHead, _ descriptor: CInt) {
    guard let id = connections[descriptor]?.id else { return }
    let request = Request(method: head.method, target: head.target, id: RequestID.random())
    let task = Task { [respond] in
      let response = await respond(request)
      guard connections[descriptor]?.id == id else { return }
      send(response, toHead: head.method == .head, descriptor)
    }
    connections[descriptor]?.phase = .answering(task)
  }
}

extension HTTPServer.Connection {
  /// Whether a request has come on it.
  fileprivate var isWanted: Bool {
    switch phase {
    case .answering, .writing: true
    case .reading, .lingering: false
    }
  }
}
