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
  func ready() async -> Response {
    do {
      try await redis.ping()
      return Response(text: "ready\n")
    } catch {
      var response = Response(status: .serviceUnavailable, text: "Redis does not answer\n")
      response.fields[.retryAfter] = "2"
      return response
    }
  }
}
