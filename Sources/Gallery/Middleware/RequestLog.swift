// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTP
internal import HTTPTypes
internal import Logging

/// One line per request, with the route's pattern and never what stands in a URL or a cookie.
struct RequestLog<Next: Responder<Never>>: Responder {
  let logger: Logger
  let next: Next

  func respond(to request: Request) async -> Response {
    let start = ContinuousClock.now
    let response = await next.respond(to: request)
    let level: Logger.Level = isHealthCheck(request) ? .debug : .info
    guard level >= logger.logLevel else { return response }
    let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
    logger.log(
      level: level, "request",
      metadata: [
        "id": "\(request.id)", "method": "\(request.method.rawValue)",
        "route": "\(pattern(of: request))", "status": "\(response.status.code)",
        "ms": "\((milliseconds * 10).rounded() / 10)", "bytes": "\(response.body.count)",
      ])
    return response
  }

  private func isHealthCheck(_ request: Request) -> Bool {
    request.target == Route.healthy.path || request.target == Route.ready.path
  }

  private func pattern(of request: Request) -> String {
    guard let target = RequestTarget(parsing: request.target),
      let route = try? Route(parsing: target)
    else { return "unknown" }
    return route.pattern
  }
}
