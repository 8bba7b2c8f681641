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
struct RequestLog<Next: RoutedResponder<Never>>: RoutedResponder {
  let logger: Logger
  let telemetry: Telemetry
  let accounts: AccountTags
  /// From how long on a request is slow.
  let slowLimit: Duration
  let next: Next

  func respond(to routed: RoutedRequest) async -> Response {
    let begun = ContinuousClock.now
    let trace = RequestTrace()
    var response = await RequestTrace.$current.withValue(trace) {
      await next.respond(to: routed)
    }
    response.fields[.requestID] = routed.request.id
    let answered = Answered(routed, status: response.status.code, begun: begun, trace: trace)
    switch response.body {
    case .bytes(let bytes):
      let count = routed.request.method == .head ? 0 : bytes.count
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
    let total = end - answered.request.arrived
    telemetry.requests.increment([answered.route, String(answered.status)])
    telemetry.requestTimes.observe(total, [answered.route])
    let cut = answered.cut(ending)
    if cut != nil { telemetry.cutAnswers.increment() }

    let level = record.level ?? (answered.isProbe ? .debug : .info)
    if logger.logLevel <= level {
      var metadata = answered.metadata(record, bytes: bytes, total, cut)
      if let account = record.account { metadata["account"] = .string(accounts.tag(of: account)) }
      logger.log(level: level, "request", metadata: metadata)
    }

    let stages = answered.stages(record, end)
    // The reader of a stream sets its pace, be it a phone that saves a film.
    if (isStream ? total - stages.writing : total) >= slowLimit {
      tell(
        answered, total, stages, among: Stages.Name.allCases.filter { !isStream || $0 != .writing })
    }
  }

  private func tell(
    _ slow: Answered, _ total: Duration, _ stages: Stages, among names: [Stages.Name]
  ) {
    let stage = stages.longest(of: names).rawValue
    telemetry.slowRequests.increment([stage])
    var metadata: Logger.Metadata = [
      "id": .string(slow.request.id), "route": .string(slow.route), "stage": .string(stage),
      "ms": .stringConvertible(total.logged),
    ]
    for name in Stages.Name.allCases {
      metadata["\(name.rawValue)_ms"] = .stringConvertible(stages[name].logged)
    }
    logger.warning("slow request", metadata: metadata)
  }
}
