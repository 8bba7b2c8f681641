// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import Glibc
import HTTP
import Sockets
import TestSupport

@testable import HTTPServer

/// A server on a loopback port, and how to talk to it byte by byte.
final class Site: Sendable {
  struct Fixed: Responder {
    let answer: @Sendable (Request) async -> Response

    func respond(to request: Request) async -> Response { await answer(request) }
  }

  let port: UInt16
  private let listener: ListeningSocket
  private let server: HTTPServer

  init(
    limits: HTTPServer.Limits = .init(),
    _ answer: @escaping @Sendable (Request) async -> Response = { request in
      Response(text: "\(request.method) \(request.target)\n")
    }
  ) async throws {
    listener = try ListeningSocket.open(.tcp(host: "127.0.0.1", port: 0))
    port = listener.port ?? 0
    server = HTTPServer(
      listening: listener, loop: TestLoop.shared, application: Fixed(answer: answer),
      limits: limits)
    try await server.start()
  }

  func stop() async {
    await server.stop()
    listener.close()
  }

  var connectionCount: Int {
    get async { await server.connections.count }
  }

  /// Sends bytes on a connection of its own and reads until its end.
  func ask(_ text: String) async throws -> String {
    let client = try await connect()
    client.send(text)
    return try await client.rest()
  }

  func connect() async throws -> Client {
    try Client(port: port)
  }
}

/// One connection, blocking, so used away from Swift's pool.
final class Client: Sendable {
  private let descriptor: CInt

  init(port: UInt16) throws {
    descriptor = try LoopbackSocket.connect(to: port)
  }

  deinit {
    close(descriptor)
  }

  func send(_ text: String) {
    let bytes = Array(text.utf8)
    _ = unsafe Glibc.send(descriptor, bytes, bytes.count, CInt(MSG_NOSIGNAL))
  }

  /// Everything up to the end of the connection, or until nothing came for 10 s, which is an answer no test wants.
  func rest() async throws -> String {
    try await BlockingThread.value { [self] in
      var bytes: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while true {
        let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else {
          let text = String(decoding: bytes, as: UTF8.self)
          return count == 0 ? text : text + "(errno \(errno))"
        }
        bytes += buffer.prefix(count)
      }
    }
  }
}
