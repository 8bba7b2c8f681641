// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import FlyingFox
import FlyingSocks
import Foundation

/// One host on its own port of 127.0.0.1.
struct HostServer: Sendable {
  /// Bytes of a request body beyond which it is refused.
  static let bodyLimitBytes = 1 << 20
  /// Seconds before FlyingFox gives up on an answer; a fault that hangs lasts so long.
  private static let answerSeconds = 60.0

  let origin: String
  private let server: HTTPServer
  private let running: Task<Void, Never>

  init(
    host: Host, port: UInt16, answer: @escaping @Sendable (Call) async throws -> Answer
  ) async throws(StandInError) {
    do {
      let address = try sockaddr_in.inet(ip4: "127.0.0.1", port: port)
      let configuration = HTTPServer.Configuration(
        address: address, timeout: HostServer.answerSeconds, pool: PromptPool(),
        logger: .disabled)
      let handler = ClosureHTTPHandler { request in
        try await HostServer.respond(to: request, host: host, answer)
      }
      let server = HTTPServer(config: configuration, handler: handler)
      running = Task {
        // Ends with an error in any case: the one of the stop. A failed start shows below.
        try? await server.run()
      }
      self.server = server
      try await server.waitUntilListening(timeout: 5)
      guard case .ip4(_, let port)? = await server.listeningAddress else {
        throw StandInError.cannotListen(host: host.rawValue, port: port)
      }
      origin = "http://127.0.0.1:\(port)"
    } catch {
      throw .cannotListen(host: host.rawValue, port: port)
    }
  }

  func stop() async {
    await server.stop()
    await running.value
  }

  private static func respond(
    to request: HTTPRequest, host: Host, _ answer: (Call) async throws -> Answer
  ) async throws -> HTTPResponse {
    var body = Data()
    for try await piece in request.bodySequence {
      body.append(piece)
      guard body.count <= bodyLimitBytes else {
        return try Answer.text(413, "Request body too large").response(to: "POST")
      }
    }
    let call = Call(
      host: host, method: request.method.rawValue, path: request.target.path(),
      query: FormPairs(parsing: request.target.query()), fields: request.headers, body: body)
    return try await answer(call).response(to: call.method)
  }
}
