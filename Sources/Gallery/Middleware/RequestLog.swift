// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTP
internal import HTTPTypes
internal import Logging

/// One line per request, with the route's pattern and never what stands in a URL or a cookie.
///
/// It is written when the answer is there, or, of one that comes in pieces, when the last one was taken or no more
/// will be: `ms` and `bytes` are those of the whole.
struct RequestLog<Next: Responder<Never>>: Responder {
  let logger: Logger
  let next: Next

  func respond(to request: Request) async -> Response {
    let start = ContinuousClock.now
    var response = await next.respond(to: request)
    let level: Logger.Level = isHealthCheck(request) ? .debug : .info
    guard level >= logger.logLevel else { return response }
    let entry = Entry(
      level: level, start: start, request: request, route: pattern(of: request),
      status: response.status.code)
    switch response.body {
    case .bytes(let bytes): write(entry, bytes: request.method == .head ? 0 : bytes.count)
    case .stream(let stream):
      response.body = .stream(
        stream.noticing { ending, bytes in write(entry, bytes: bytes, ending) })
    }
    return response
  }

  private struct Entry {
    let level: Logger.Level
    let start: ContinuousClock.Instant
    let request: Request
    let route: String
    let status: Int
  }

  private func write(_ entry: Entry, bytes: Int, _ ending: BodyStream.Ending = .complete) {
    let milliseconds = (ContinuousClock.now - entry.start) / .milliseconds(1)
    var metadata: Logger.Metadata = [
      "id": "\(entry.request.id)", "method": "\(entry.request.method.rawValue)",
      "route": "\(entry.route)", "status": "\(entry.status)",
      "ms": "\((milliseconds * 10).rounded() / 10)", "bytes": "\(bytes)",
    ]
    switch ending {
    case .complete: break
    case .broken(let broken): metadata["cut"] = "\(broken.reason)"
    case .abandoned: if entry.request.method != .head { metadata["cut"] = "nobody read on" }
    }
    logger.log(level: entry.level, "request", metadata: metadata)
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
