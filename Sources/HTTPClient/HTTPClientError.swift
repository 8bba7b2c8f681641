// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Why a request has no answer. No case holds a secret.
public enum HTTPClientError: Error, Equatable, Sendable {
  /// The request itself is wrong and was not tried; the reason is for the log.
  case invalidRequest(String)
  /// No connection came about: name, TCP, TLS, or the connect limit. No byte of the request left.
  case unreachable(CurlCode)
  /// The connection broke; nobody knows whether the request was carried out.
  case interrupted(CurlCode)
  /// The total limit is over; nobody knows whether the request was carried out.
  case timedOut
  /// The answer is longer than so many bytes: its body, or its header fields.
  case tooLarge(limit: Int)
  /// The task that waited was cancelled, or the client was closed.
  case cancelled
}
