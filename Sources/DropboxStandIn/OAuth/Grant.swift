// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// What a person allowed an app to do, and the tokens that stand for it.
public struct Grant: Sendable, Equatable, CustomStringConvertible {
  public let person: Person
  /// Starts with `sl.`; good for four hours of the stand-in's clock.
  public let accessToken: String
  /// Absent for `token_access_type=online`.
  public let refreshToken: String?
  /// Sorted names such as `files.metadata.read`.
  public let scopes: [String]

  public var description: String { "Grant(<redacted>, \(scopes.joined(separator: " ")))" }
}

/// The error answer of the token endpoint (RFC 6749, 5.2).
struct TokenError: Error, Equatable {
  let error: String
  let description: String?

  static let invalidClient = TokenError(
    error: "invalid_client: Invalid client_id or client_secret", description: nil)
  static func invalidRequest(_ text: String) -> Self {
    TokenError(error: "invalid_request", description: text)
  }
  static func invalidGrant(_ text: String) -> Self {
    TokenError(error: "invalid_grant", description: text)
  }

  static let deadCode = invalidGrant("code doesn't exist or has expired")
}

/// An authorization request that was checked (RFC 6749, 4.1.1).
struct AuthorizationRequest: Sendable, Equatable {
  let redirectURI: String
  let state: String?
  /// base64url(SHA-256(verifier)); RFC 7636.
  let challenge: String?
  let isOffline: Bool
  let scopes: [String]
}
