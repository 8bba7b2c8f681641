// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials
public import HTTPClient
internal import HTTPTypes

/// The client of Dropbox's HTTP API, version 2: OAuth and what a gallery reads.
///
/// Limits: 10 s for JSON, 30 s for a batch of pictures and for the first bytes of anything else, 3 s for revoking, all
/// attempts and waits included; 8 MiB of JSON, 16 MiB of a picture or a batch of them, 50 MB of an animation, 64 KiB of a
/// token. Bytes that are given on while they come may take five minutes, a whole file six hours, but 20 s without
/// one end them. Redirects are not followed. Nothing is kept between calls.
///
/// - Source: dropbox-api-spec; "Error Handling Guide".
public struct Dropbox: Sendable {
  let app: DropboxApp
  let origins: DropboxOrigins
  let http: HTTPClient
  let clock: any Clock<Duration>
  let now: @Sendable () -> UnixTime
  let observe: @Sendable (Observation) -> Void
  let throttles: AccountThrottles

  /// - Parameters:
  ///   - clock: measures the limits and waits before another attempt.
  ///   - now: the wall clock, for the end of an access token.
  ///   - observe: called once for each call that was sent, by the task that made it; must not block.
  ///   - throttles: shared with a client that takes the place of another one, as after a reload; measured
  ///     by the same clock.
  public init(
    app: DropboxApp, origins: DropboxOrigins, http: HTTPClient,
    clock: any Clock<Duration> = ContinuousClock(),
    now: @escaping @Sendable () -> UnixTime = UnixTime.now,
    observe: @escaping @Sendable (Observation) -> Void = { _ in },
    throttles: AccountThrottles? = nil
  ) {
    self.app = app
    self.origins = origins
    self.http = http
    self.clock = clock
    self.now = now
    self.observe = observe
    self.throttles = throttles ?? AccountThrottles(clock: clock)
  }

  /// Sends a request until it is answered with 200 or its error is final.
  func answer(to call: Call) async throws(DropboxError) -> Answer {
    try await repeated(call, on: clock) { limit in await attemptOnce(call, limit: limit) }
  }

  /// Makes attempts until one succeeds or its error is final.
  ///
  /// - Parameter attempt: gets what is left of the call's limit.
  func repeated<Value, Time: Clock<Duration>>(
    _ call: Call, on clock: Time, _ attempt: (Duration) async -> Result<Value, DropboxError>
  ) async throws(DropboxError) -> Value {
    var observation = Observation(route: call.route, began: .now)
    var isSent = false
    defer { if isSent { observe(observation) } }
    let policy = RetryPolicy(repetition: call.repetition)
    let end = clock.now.advanced(by: call.limit)
    var random = SystemRandomNumberGenerator()
    var number = 1
    while true {
      try await waitForThrottle(of: call, until: end, on: clock, using: &random)
      let left = clock.now.duration(to: end)
      guard left > .zero else { throw observation.end(.timedOut) }
      let error: DropboxError
      isSent = true
      if number > 1 { observation.repetitions += 1 }
      observation.error = nil
      switch await attempt(left) {
      case .success(let value): return value
      case .failure(let failure): error = observation.end(failure)
      }
      if case .throttled(let told) = error { call.throttle?.begin(told) }
      guard
        let wait = policy.wait(
          after: error, attempt: number, remaining: clock.now.duration(to: end), using: &random)
      else { throw error }
      do {
        try await clock.sleep(until: clock.now.advanced(by: wait), tolerance: nil)
      } catch {
        throw observation.end(.cancelled)
      }
      number += 1
    }
  }

  /// Waits until the account of a call may be called again.
  ///
  /// - Throws: `.throttled` when that is too long.
  private func waitForThrottle<Time: Clock<Duration>>(
    of call: Call, until end: Time.Instant, on clock: Time,
    using random: inout some RandomNumberGenerator
  ) async throws(DropboxError) {
    while let wait = call.throttle?.remaining, wait > .zero {
      guard wait <= RetryPolicy.longestWait, wait < clock.now.duration(to: end) else {
        throw .throttled(retryAfter: wait)
      }
      // Calls that wait for the same moment do not all come at once.
      let jitter = Duration.milliseconds(Int.random(in: 0...100, using: &random))
      do {
        try await clock.sleep(until: clock.now.advanced(by: wait + jitter), tolerance: nil)
      } catch {
        throw .cancelled
      }
    }
  }

  private func attemptOnce(_ call: Call, limit: Duration) async -> Result<Answer, DropboxError> {
    do throws(HTTPClientError) {
      let answer = try await http.send(call.request(limit: limit))
      return answer.status == .ok ? .success(answer) : .failure(call.error(of: answer))
    } catch {
      return .failure(DropboxError(error))
    }
  }

  /// Sends a request and reads the JSON it is answered with.
  func value<Value: Decodable>(of call: Call) async throws(DropboxError) -> Value {
    let answer = try await answer(to: call)
    do {
      return try answer.decoded()
    } catch {
      throw .unexpectedAnswer("\(Value.self) cannot be read from \(answer.summary)")
    }
  }
}

extension Answer {
  /// Size and media type, for the log: the body itself may hold secrets.
  var summary: String {
    let type = (fields[.contentType] ?? "no type").prefix(64)
    return "\(body.count) bytes of \(type)"
  }
}
