// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import Dropbox
internal import Metrics
public import Redis

/// What the service counts. One for a process, given to who has something to count.
///
/// Names and labels are a contract with who watches: `Operating/Seeing`.
public final class Telemetry: Sendable {
  let requests = Counter(
    "gallery_http_requests_total", help: "Requests that were answered.",
    labels: ["route", "status"])
  let requestTimes = Histogram(
    "gallery_http_request_duration_seconds",
    help: "From the first byte of a request to the last one of its answer.", labels: ["route"],
    bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60])
  let slowRequests = Counter(
    "gallery_slow_requests_total", help: "Requests that took too long, by where their time went.",
    labels: ["stage"], initial: Stages.Name.allCases.map { [$0.rawValue] })
  let cutAnswers = Counter(
    "gallery_cut_answers_total", help: "Answers that were not read or not made to their end.")

  let redisCalls = Histogram(
    "gallery_redis_command_duration_seconds", help: "Redis commands, also those that failed.",
    labels: ["command"], bounds: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1])
  let redisErrors = Counter(
    "gallery_redis_errors_total", help: "Redis commands that failed.", labels: ["kind"],
    initial: ["unavailable", "timed_out", "refused"].map { [$0] })

  let dropboxCalls = Histogram(
    "gallery_dropbox_call_duration_seconds",
    help: "Calls to Dropbox with all their attempts, also those that failed.", labels: ["route"],
    bounds: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30])
  let dropboxErrors = Counter(
    "gallery_dropbox_errors_total", help: "Calls to Dropbox that gave nothing, by reason.",
    labels: ["kind"],
    initial: ["unavailable", "timed_out", "throttled", "unexpected"].map { [$0] })
  let dropboxRetries = Counter(
    "gallery_dropbox_retries_total", help: "Attempts of calls to Dropbox after their first.")
  let dropboxThrottled = Counter(
    "gallery_dropbox_throttled_total", help: "Answers of Dropbox that asked to slow down (429).")

  public init() {}

  /// For `RedisClient`.
  public func observe(_ observation: RedisClient.Observation) {
    redisCalls.observe(ContinuousClock.now - observation.began, [observation.command])
    if let error = observation.error { redisErrors.increment([error.kind]) }
    RequestTrace.current?.count(.redis, since: observation.began)
  }

  /// For `Dropbox`.
  public func observe(_ observation: Dropbox.Observation) {
    dropboxCalls.observe(ContinuousClock.now - observation.began, [observation.route])
    if let error = observation.error { dropboxErrors.increment([error.kind]) }
    if observation.repetitions > 0 { dropboxRetries.increment(by: observation.repetitions) }
    if observation.throttled > 0 { dropboxThrottled.increment(by: observation.throttled) }
    RequestTrace.current?.count(.dropbox, since: observation.began)
  }

  func add(to exposition: inout Exposition) {
    exposition.add(requests)
    exposition.add(requestTimes)
    exposition.add(slowRequests)
    exposition.add(cutAnswers)
    exposition.add(redisCalls)
    exposition.add(redisErrors)
    exposition.add(dropboxCalls)
    exposition.add(dropboxErrors)
    exposition.add(dropboxRetries)
    exposition.add(dropboxThrottled)
  }
}
