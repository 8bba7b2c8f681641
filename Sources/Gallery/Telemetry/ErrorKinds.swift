// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import Redis

/// Errors in the few words that metrics have for them.

extension RedisError {
  var kind: String {
    switch self {
    case .timedOut: "timed_out"
    case .refused: "refused"
    case .unexpectedReply: "unexpected"
    case .overloaded: "overloaded"
    case .cancelled: "cancelled"
    default: "unavailable"
    }
  }
}

extension DropboxError {
  var kind: String {
    switch self {
    case .expired: "expired"
    case .unlinked, .invalidGrant: "unlinked"
    case .invalidClient, .missingScope, .forbidden: "forbidden"
    case .notFound: "not_found"
    case .endpoint, .noPicture, .tooLarge: "endpoint"
    case .throttled: "throttled"
    case .refusedRequest: "refused"
    case .unavailable: "unavailable"
    case .timedOut: "timed_out"
    case .unauthorized, .unexpectedAnswer: "unexpected"
    case .cancelled: "cancelled"
    }
  }
}
