// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import HTTP
import HTTPTypes
import Sockets
import Synchronization
import TestSupport

@testable import FastCGI

/// A server in this process, on a Unix socket of its own.
final class Site: Sendable {
  struct Closure: Responder {
    let body: @Sendable (Request) async -> Response

    func respond(to request: Request) async -> Response {
      await body(request)
    }
  }

  let path: String
  let loop: EventLoop
  let server: FastCGIServer<Closure>
  private let folder: TemporaryFolder
  private let ended = Event()
  private let deserted = Event()

  init(
    limits: Limits = Limits(), adopting kept: [CInt] = [],
    _ body: @escaping @Sendable (Request) async -> Response = Site.echo,
    isStoppedBefore successor: (@Sendable ([CInt]) -> Bool)? = nil
  ) throws {
    folder = try TemporaryFolder()
    path = folder.path(of: "s")
    loop = try EventLoop(name: "site")
    let seen = Seen()
    server = try FastCGIServer(
      listening: try ListeningSocket.open(.path(path)), adopting: kept, loop: loop,
      application: Closure(body: body), limits: limits, log: { seen.add($0) })
    self.seen = seen
    if let successor { server.stop(deadline: .seconds(30), handingOver: successor) }
    run()
  }

  /// One that answers what relays bring to a listening socket of packets, and stops when the last has gone.
  init(
    relaysAt descriptor: CInt, _ body: @escaping @Sendable (Request) async -> Response = Site.echo
  ) throws {
    folder = try TemporaryFolder()
    path = ""
    loop = try EventLoop(name: "site")
    let seen = Seen()
    let deserted = deserted
    server = try FastCGIServer(
      relays: RelayListener(
        listening: try ListeningSocket.open(.inherited(descriptor: descriptor))
      ) { deserted.fire() },
      loop: loop,
      application: Closure(body: body), log: { seen.add($0) })
    self.seen = seen
    Task { [server, deserted] in
      await deserted.wait()
      server.stop(deadline: .seconds(30))
    }
    run()
  }

  private func run() {
    Task { [server, ended, seen] in
      do throws(SystemError) { try await server.run() } catch { seen.add(.system(error)) }
      ended.fire()
    }
  }

  deinit {
    server.stop(deadline: .zero)
    let loop = loop
    Task { [ended] in
      await ended.wait()
      loop.stop()
    }
  }

  private let seen: Seen

  final class Seen: Sendable {
    private let list = Mutex<[Diagnostic]>([])

    func add(_ diagnostic: Diagnostic) {
      list.withLock { $0.append(diagnostic) }
    }

    var all: [Diagnostic] { list.withLock { $0 } }
  }

  var log: [Diagnostic] { seen.all }

  /// Whether the last relay has gone.
  var isDeserted: Bool { deserted.hasHappened }

  /// Until every connection waits for its next request: an answer is there a moment before the server is done with it.
  func isIdle() async {
    while server.state.withLock({ Array($0.connections.values) })
      .contains(where: { $0.control.withLock { $0.phase != .resting } })
    {
      await TestLoop.pause(.milliseconds(1))
    }
  }

  /// Until the server has ended.
  func end() async {
    await ended.wait()
  }

  /// Answers with method, target and body; with a status for a defect.
  static func echo(_ request: Request) async -> Response {
    switch request.defect {
    case .bodyTooLarge: Response(status: .contentTooLarge, text: "too large")
    case .tooManyRequests: Response(status: .tooManyRequests, text: "too many")
    case .withheld: Response(status: .notFound, text: "withheld")
    case .malformed(let reason): Response(status: .badRequest, text: reason)
    case nil:
      Response(
        text: "\(request.method) \(request.target) "
          + String(decoding: request.body.prefix(100), as: UTF8.self))
    }
  }
}
