// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTP
import HTTPTypes

/// Answers by path: `/healthz` at once, `/bytes/N` with N bytes, `/echo` with the body, anything else with what arrived.
struct Echo: Responder {
  func respond(to request: Request) async -> Response {
    if let defect = request.defect {
      let status: HTTPResponse.Status =
        if case .bodyTooLarge = defect { .contentTooLarge } else { .badRequest }
      return Response(status: status, text: "\(defect)\n")
    }
    if request.target == "/healthz" { return Response(text: "ok\n") }
    if request.target == "/echo" { return Response(status: .ok, body: request.body) }
    if request.target.hasPrefix("/bytes/"), let count = Int(request.target.dropFirst(7)) {
      return Response(status: .ok, body: [UInt8](repeating: 120, count: min(count, 16_777_216)))
    }
    return Response(
      text: """
        \(request.method) \(request.target) \(request.body.count) \(request.remoteAddress)
        \(request.fields.map { "\($0.name): \($0.value)" }.joined(separator: "\n"))

        """)
  }
}
