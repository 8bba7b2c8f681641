// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTP
internal import HTTPTypes
internal import Logging
internal import Metrics

/// One line per request, with the route's pattern and never what stands in a URL, a field or a cookie; a second one
/// for a request that took too long, with where its time went. The same goes into the metrics.
///
/// It is written when the answer was, or when it is sure that no more of it will be: `ms` and `bytes` are those of
/// the whole.
struct RequestLog<Next: Responder<Never>>: Responder {
  let logger: Logger
  let telemetry: Telemetry
  let accounts: AccountTags
  /// From how long on a request is slow.
  let slowLimit: Duration
  let next: Next

  func respond(to request: Request) async -> Response {
    let begun = ContinuousClock.now
    let trace = RequestTrace()
    var response = await RequestTrace.$current.withValue(trace) {
      await next.respond(to: request)
    }
    response.fields[.requestID] = request.id
    let answered = Answered(
      request, status: response.status.code, begun: begun, trace: trace)
    switch response.body {
    case .bytes(let bytes):
      let count = request.method == .head ? 0 : bytes.count
      response.delivery = Delivery { finish(answered, bytes: count, $0) }
    case .stream(let stream):
      response.body = .stream(follow(stream, answered))
    }
    return response
  }

  /// The same stream, with the time that its source takes.
  private func follow(_ stream: BodyStream, _ answered: Answered) -> BodyStream {
    BodyStream(length: stream.length) { () async throws(BodyStream.Broken) in
      let start = ContinuousClock.now
      defer { answered.trace.wait(.dropbox, since: start) }
      return try await stream.next()
    } whenEnded: { ending, bytes in
      stream.end(ending)
      finish(answered, bytes: bytes, isStream: true, ending)
    }
  }

  private func finish(
    _ answered: Answered, bytes: Int, isStream: Bool = false, _ ending: BodyStream.Ending
  ) {
    let end = ContinuousClock.now
    let record = answered.trace.record
    let route = answered.route
    let total = end - answered.request.arrived
    telemetry.requests.increment([route, String(answered.status)])
    telemetry.requestTimes.observe(total, [route])
    let cut = answered.cut(ending)
    if cut != nil { telemetry.cutAnswers.increment() }

    let level = record.level ?? (answered.isProbe ? .debug : .info)
    let stages = answered.stages(record, end)
    // The reader of a stream sets its pace, be it a phone that saves a film.
    let isSlow = (isStream ? total - stages.writing : total) >= slowLimit
    let stage = stages.longest(of: Stages.Name.allCases.filter { !isStream || $0 != .writing })
    if isSlow { telemetry.slowRequests.increment([stage.rawValue]) }
    guard logger.logLevel <= level || isSlow else { return }

    var metadata = answered.metadata(record, bytes: bytes, total, cut)
    metadata["account"] = record.account.map { "\(accounts.tag(of: $0))" }
    logger.log(level: level, "request", metadata: metadata)
    guard isSlow else { return }
    metadata = ["id": "\(answered.request.id)", "route": "\(route)"]
    metadata["stage"] = "\(stage.rawValue)"
    metadata["ms"] = .stringConvertible(total.logged)
    for name in Stages.Name.allCases {
      metadata["\(name)_ms"] = .stringConvertible(stages[name].logged)
    }
    logger.warning("slow request", metadata: metadata)
  }
}
