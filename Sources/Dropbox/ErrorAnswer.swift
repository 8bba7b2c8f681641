// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials
internal import HTTPClient
internal import HTTPTypes

/// Reads an answer that is not 200. Decides on the status and `.tag`, never on `error_summary`.
///
/// - Source: "Error Handling Guide"; `auth.stone`.
struct ErrorAnswer {
  /// The most bytes of a text that is logged.
  private static let textLimit = 500

  let answer: Answer
  /// Texts that Dropbox may repeat in its own and that must not be logged.
  let secrets: [Secret]

  /// The error of an endpoint.
  ///
  /// - Parameter own: the endpoint's own errors, by their tags.
  func ofEndpoint(_ own: ([String]) -> EndpointError?) -> DropboxError {
    switch answer.status.code {
    case 400: .refusedRequest(text)
    case 401: ofAuthorization
    case 403: .forbidden
    case 404, 409: ofUnion(own)
    case 429: .throttled(retryAfter: RetryAfter(answer).duration)
    case 500, 502, 503, 504: .unavailable(.status(answer.status.code))
    default: .unexpectedAnswer("status \(answer.status.code)")
    }
  }

  /// The error of `/oauth2/token`, which has a form of its own (RFC 6749, section 5.2).
  var ofToken: DropboxError {
    switch answer.status.code {
    case 429: return .throttled(retryAfter: RetryAfter(answer).duration)
    case 500, 502, 503, 504: return .unavailable(.status(answer.status.code))
    case 200, 400, 401, 403: break
    default: return .unexpectedAnswer("status \(answer.status.code)")
    }
    guard let body: OAuthError = try? answer.decoded() else {
      return answer.status == .badRequest
        ? .refusedRequest(text) : .unexpectedAnswer("status \(answer.status.code)")
    }
    // Dropbox puts the message into the code: `invalid_client: Invalid client_id or client_secret`.
    switch body.error.prefix(while: { $0 != ":" }) {
    case "invalid_grant": return .invalidGrant
    case "invalid_client": return .invalidClient
    default: return .refusedRequest(text)
    }
  }

  private var ofAuthorization: DropboxError {
    guard let error: RouteError = try? answer.decoded(), let tag = error.union.tags.first else {
      return .unauthorized("status 401")
    }
    switch tag {
    case "expired_access_token": return .expired
    case "invalid_access_token", "user_suspended": return .unlinked
    case "missing_scope": return .missingScope(error.requiredScope ?? "")
    case "route_access_denied": return .forbidden
    default: return .unauthorized("status 401, \(tag)")
    }
  }

  private func ofUnion(_ own: ([String]) -> EndpointError?) -> DropboxError {
    let error: RouteError? = try? answer.decoded()
    return error.flatMap { DropboxError($0.union, own) }
      ?? .unexpectedAnswer("status \(answer.status.code)")
  }

  /// The body as one line of at most 500 bytes, without the secrets that Dropbox repeats in it.
  private var text: String {
    // Of a secret at the end only the beginning may be read, which is not redacted. So much is read
    // that this end lies behind the limit, even if everything before it is redacted.
    let mark = Secret("").description.utf8.count
    let longest = secrets.map(\.revealed.utf8.count).max() ?? 0
    let count = (Self.textLimit / mark + 1) * longest + 2 * Self.textLimit
    var text = String(decoding: answer.body.prefix(count), as: UTF8.self)
    for secret in secrets where !secret.revealed.isEmpty {
      text = text.replacing(secret.revealed, with: secret.description)
    }
    let line = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    return String(decoding: line.utf8.prefix(Self.textLimit), as: UTF8.self)
  }
}

private struct OAuthError: Decodable {
  let error: String
}

/// `{"error":{".tag":"path","path":{".tag":"not_found"}}}` as `["path", "not_found"]`.
private struct RouteError: Decodable {
  let union: UnionTags
  let requiredScope: String?

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: AnyKey.self)
    union = try fields.decode(UnionTags.self, forKey: AnyKey("error"))
    let error = try fields.nestedContainer(keyedBy: AnyKey.self, forKey: AnyKey("error"))
    requiredScope = (try? error.decode(String.self, forKey: AnyKey("required_scope"))).flatMap(
      UnionTags.word)
  }
}

extension Answer {
  /// Whether the body is an error of OAuth, whatever the status says.
  var hasOAuthError: Bool {
    (try? decoded() as OAuthError) != nil
  }
}
