// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTP
internal import HTTPTypes
internal import Redis

/// Whether the process runs, and whether it can serve.
struct Health: Sendable {
  let redis: RedisClient

  /// 200 without any I/O.
  func alive() -> Response {
    Response(text: "ok\n")
  }

  /// 200 once Redis has answered a PING, else 503.
  ///
  /// - Parameter tellsCause: whether to say why not, which is for those who run the service.
  func ready(tellsCause: Bool = false) async -> Response {
    do {
      try await redis.ping()
      return Response(text: "ready\n")
    } catch {
      let cause = tellsCause ? ": \(error)" : ""
      var response = Response(
        status: .serviceUnavailable, text: "Redis does not answer\(cause)\n")
      response.fields[.retryAfter] = "2"
      return response
    }
  }
}
