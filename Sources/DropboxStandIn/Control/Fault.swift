// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// What goes wrong on demand: a delay, and then one thing.
public struct Fault: Sendable, Equatable {
  /// Waited before anything is answered; more than 50 s count as 50 s.
  public var delay: Duration
  public var action: Action

  public enum Action: Sendable, Equatable {
    /// The true answer.
    case none
    /// This status, fields and body instead of the true answer.
    case answer(status: Int, fields: [String: String], body: String)
    /// The true answer, so many bytes of its body at a time, at least one, with a pause of at most 60 s before each.
    case drip(bytes: Int, pause: Duration)
    /// The true answer, cut off after so many bytes of its body and a pause of at most 60 s.
    case cut(afterBytes: Int, pause: Duration = .zero)
    /// JSON of so many bytes that is made while it is sent.
    case huge(bytes: Int)
    /// No answer for 60 s, or until `reset` or `stop`; not even a client that goes ends it.
    case hang
  }

  public init(delay: Duration = .zero, action: Action = .none) {
    self.delay = delay
    self.action = action
  }

  public static func delay(_ delay: Duration) -> Fault { Fault(delay: delay) }
  public static let hang = Fault(action: .hang)
  public static func cut(afterBytes bytes: Int, pause: Duration = .zero) -> Fault {
    Fault(action: .cut(afterBytes: bytes, pause: pause))
  }
  public static func drip(bytes: Int = 1, pause: Duration) -> Fault {
    Fault(action: .drip(bytes: bytes, pause: pause))
  }
  public static func huge(bytes: Int = 500_000_000) -> Fault { Fault(action: .huge(bytes: bytes)) }

  /// A status with a text, and further fields.
  public static func status(
    _ status: Int, body: String = "", type: String = "text/plain; charset=utf-8",
    fields: [String: String] = [:]
  ) -> Fault {
    var all = fields
    all["Content-Type"] = type
    return Fault(action: .answer(status: status, fields: all, body: body))
  }

  private static func json(_ status: Int, _ json: JSON, fields: [String: String] = [:]) -> Fault {
    .status(
      status, body: String(decoding: json.printed(), as: UTF8.self), type: "application/json",
      fields: fields)
  }

  /// 429 as JSON with `Retry-After` in seconds.
  public static func tooManyRequests(retryAfter seconds: Int) -> Fault {
    json(
      429,
      [
        "error_summary": "too_many_requests/..",
        "error": [
          "reason": [".tag": "too_many_requests"], "retry_after": .integer(Int64(seconds)),
        ],
      ], fields: ["Retry-After": String(seconds)])
  }

  /// 429 as a text with `Retry-After` in seconds.
  public static func tooManyRequestsText(retryAfter seconds: Int) -> Fault {
    .status(429, body: "Too many requests", fields: ["Retry-After": String(seconds)])
  }

  public static let internalServerError = Fault.status(500, body: "Internal Server Error")
  /// 503 without `Retry-After`.
  public static let unavailable = Fault.status(503, body: "Service Unavailable")
  /// A page of HTML where JSON is due, with status 200.
  public static let html = Fault.status(
    200, body: "<!DOCTYPE html><title>Dropbox</title><p>Something went wrong.</p>",
    type: "text/html; charset=utf-8")
  public static let expiredAccessToken = Fault.json(
    401, ["error_summary": "expired_access_token/.", "error": [".tag": "expired_access_token"]])
  public static func missingScope(_ scope: String) -> Fault {
    json(
      401,
      [
        "error_summary": "missing_scope/..",
        "error": [".tag": "missing_scope", "required_scope": .string(scope)],
      ])
  }
  /// 409 `reset` of a dead cursor.
  public static let cursorReset = Fault.json(
    409, ["error_summary": "reset/...", "error": [".tag": "reset"]])
  /// 400 `invalid_grant` of the token endpoint.
  public static let invalidGrant = Fault.status(
    400,
    body:
      #"{"error": "invalid_grant", "error_description": "refresh token is invalid or revoked"}"#,
    type: "text/javascript")
}
