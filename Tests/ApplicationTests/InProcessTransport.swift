// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Gallery
import HTTP
import HTTPClient
import HTTPTypes
import TestSupport

/// Hands requests to the application as the FastCGI layer does, and collects the responses.
/// Requests to other sites go over the network.
struct InProcessTransport: Sendable {
  let application: Application
  let site: String
  let http: HTTPClient

  /// - Throws: `BodyStream.Broken` for a body that ends before its length.
  func send(_ outgoing: OutgoingRequest) async throws -> Answer {
    guard outgoing.url.hasPrefix(site) else { return try await http.send(outgoing) }
    let target = outgoing.url.dropFirst(site.count)
    let request = Request(
      method: outgoing.method, target: target.isEmpty ? "/" : String(target),
      fields: outgoing.fields, body: outgoing.body, remoteAddress: "127.0.0.1", isSecure: true,
      id: UUID().uuidString)
    let response = await application.respond(to: request)
    let code = response.status.code
    let hasBody = outgoing.method != .head && code != 204 && code != 304
    var fields = response.fields
    if code != 204, code != 304, let length = response.body.length {
      fields[.contentLength] = "\(length)"
    }
    return Answer(
      status: response.status, fields: fields, body: try await body(of: response, hasBody))
  }

  private func body(of response: Response, _ hasBody: Bool) async throws -> [UInt8] {
    switch response.body {
    case .bytes(let bytes):
      response.delivery?.end(.complete)
      return hasBody ? bytes : []
    case .stream(let stream):
      guard hasBody else {
        stream.end(.abandoned)
        return []
      }
      var body: [UInt8] = []
      do {
        while let piece = try await stream.next() { body += piece }
      } catch {
        stream.end(.broken(error))
        throw error
      }
      stream.end(.complete)
      return body
    }
  }
}
