// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPClient

/// Why a call to Dropbox gave nothing. No case holds a secret.
public enum DropboxError: Error, Sendable, Equatable {
  /// 401 `expired_access_token`: refresh, then repeat once.
  case expired
  /// 401 `invalid_access_token` or `user_suspended`: the person took the permission back.
  case unlinked
  /// 401 for another reason. The text says which, for the log only.
  case unauthorized(String)
  /// OAuth `invalid_grant`: the code or the refresh token is used up, revoked or wrong.
  case invalidGrant
  /// OAuth `invalid_client`: app key and secret do not belong together.
  case invalidClient
  /// 401 `missing_scope`: the scope the token lacks, as in `files.metadata.read`; authorize anew.
  case missingScope(String)
  /// 403, or 401 `route_access_denied`.
  case forbidden
  /// 409 `path/not_found`.
  case notFound
  /// Any other 409: the endpoint's own error.
  case endpoint(EndpointError)
  /// 429, and the wait it asks for is longer than a request may take, or it came again and again; or an
  /// earlier 429 asked to wait, and the rest of that time is too long.
  case throttled(retryAfter: Duration)
  /// 400: the request was wrong. The text is Dropbox's, for the log only, at most 500 bytes.
  case refusedRequest(String)
  /// Dropbox cannot be reached or is out of order.
  case unavailable(Outage)
  /// The total limit of the call is over.
  case timedOut
  /// The answer is longer than so many bytes.
  case tooLarge(limit: Int)
  /// Where a picture should be is something else: HTML, SVG, nothing. The text says what, for the log only.
  case noPicture(String)
  /// An answer that the API does not give, such as a page of HTML. The text says what, for the log only.
  case unexpectedAnswer(String)
  /// The task that waited was cancelled.
  case cancelled

  /// What kept Dropbox from answering.
  public enum Outage: Sendable, Equatable {
    /// 500, 502, 503, 504.
    case status(Int)
    /// No connection came about; no byte of the request left.
    case unreachable(CurlCode)
    /// The connection broke; nobody knows whether the request was carried out.
    case interrupted(CurlCode)
  }
}

extension DropboxError {
  /// What came says of itself that it is not what was asked for.
  static var otherFile: DropboxError { .unexpectedAnswer("a picture of another file") }

  init(_ error: HTTPClientError) {
    switch error {
    case .invalidRequest(let reason): self = .refusedRequest(reason)
    case .unreachable(let code): self = .unavailable(.unreachable(code))
    case .interrupted(let code): self = .unavailable(.interrupted(code))
    case .timedOut: self = .timedOut
    case .tooLarge(let limit): self = .tooLarge(limit: limit)
    case .cancelled: self = .cancelled
    }
  }
}
