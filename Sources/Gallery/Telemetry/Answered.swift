// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTP
internal import HTTPTypes
internal import Logging

/// A request whose answer is made, and perhaps not written yet.
struct Answered: Sendable {
  let request: Request
  let status: Int
  /// When the handlers began.
  let begun: ContinuousClock.Instant
  /// When the answer was there, or its beginning.
  let made: ContinuousClock.Instant
  let trace: RequestTrace
  /// The pattern of the route, or `unknown`.
  let route: String
  /// Whether the route is for monitoring.
  let isProbe: Bool
  /// How much of the time until then others were waited for.
  private let outside: Duration

  init(
    _ routed: RoutedRequest, status: Int, begun: ContinuousClock.Instant, trace: RequestTrace
  ) {
    request = routed.request
    self.status = status
    self.begun = begun
    self.trace = trace
    made = .now
    outside = trace.record.outside.total
    route = routed.route?.pattern ?? "unknown"
    isProbe = routed.route?.definition.access == .private
  }

  /// Methods that everybody knows; another one may be any text of a client's.
  private var method: String {
    switch request.method {
    case .get, .head, .post, .put, .delete, .options, .patch, .trace, .connect:
      request.method.rawValue
    default: "other"
    }
  }

  /// Why the answer is not whole; nil when it is.
  func cut(_ ending: BodyStream.Ending) -> String? {
    switch ending {
    case .complete: nil
    case .broken(let broken): broken.reason
    case .abandoned: request.method == .head ? nil : "nobody read on"
    }
  }

  func metadata(
    _ record: RequestTrace.Record, bytes: Int, _ total: Duration, _ cut: String?
  ) -> Logger.Metadata {
    var metadata: Logger.Metadata = [
      "id": .string(request.id), "method": .string(method), "route": .string(route),
      "status": .stringConvertible(status), "ms": .stringConvertible(total.logged),
      "bytes": .stringConvertible(bytes),
    ]
    if record.redis.count > 0 {
      metadata["redis"] = .stringConvertible(record.redis.count)
      metadata["redis_ms"] = .stringConvertible(record.redis.time.logged)
    }
    if record.dropbox.count > 0 {
      metadata["dropbox"] = .stringConvertible(record.dropbox.count)
      metadata["dropbox_ms"] = .stringConvertible(record.dropbox.time.logged)
    }
    if let cut { metadata["cut"] = .string(cut) }
    if let cause = record.cause { metadata["cause"] = .string(cause) }
    return metadata
  }

  func stages(_ record: RequestTrace.Record, _ end: ContinuousClock.Instant) -> Stages {
    var stages = Stages()
    stages.waiting = begun - request.arrived
    stages.redis = record.redis.spans.total
    stages.dropbox = record.dropbox.spans.total
    stages.rendering = max(.zero, made - begun - outside)
    stages.writing = max(.zero, end - made - (record.outside.total - outside))
    return stages
  }
}
