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

  /// - Parameters:
  ///   - clock: measures the limits and waits before another attempt.
  ///   - now: the wall clock, for the end of an access token.
  ///   - observe: called once for each call, by the task that made it; must not block.
  public init(
    app: DropboxApp, origins: DropboxOrigins, http: HTTPClient,
    clock: any Clock<Duration> = ContinuousClock(),
    now: @escaping @Sendable () -> UnixTime = UnixTime.now,
    observe: @escaping @Sendable (Observation) -> Void = { _ in }
  ) {
    self.app = app
    self.origins = origins
    self.http = http
    self.clock = clock
    self.now = now
    self.observe = observe
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
    defer { observe(observation) }
    let policy = RetryPolicy(repetition: call.repetition)
    let end = clock.now.advanced(by: call.limit)
    var random = SystemRandomNumberGenerator()
    var number = 1
    while true {
      let left = clock.now.duration(to: end)
      guard left > .zero else { throw observation.end(.timedOut) }
      let error: DropboxError
      switch await attempt(left) {
      case .success(let value): return value
      case .failure(let failure): error = observation.end(failure)
      }
      guard
        let wait = policy.wait(
          after: error, attempt: number, remaining: clock.now.duration(to: end), using: &random)
      else { throw error }
      observation.repetitions += 1
      do {
        try await clock.sleep(until: clock.now.advanced(by: wait), tolerance: nil)
      } catch {
        throw observation.end(.cancelled)
      }
      observation.error = nil
      number += 1
    }
  }

  private func attemptOnce(_ call: Call, limit: Duration) async -> Result<Answer, DropboxError> {
    do throws(HTTPClientError) {
      let answer = try await http.send(
        OutgoingRequest(
          method: .post, url: call.url, fields: call.fields, body: call.body, limit: limit,
          answerLimit: call.answerLimit))
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
