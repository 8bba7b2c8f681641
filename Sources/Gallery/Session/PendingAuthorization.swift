// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// What is kept between `/login` and `/oauthredirect`.
struct PendingAuthorization: Codable, Sendable {
  /// How long a person may take at Dropbox.
  static let limit: Duration = .seconds(600)

  /// The PKCE code verifier (RFC 7636).
  let verifier: String
  /// The path on this site that the person wanted to see. Printed from a `Route`, never taken from a parameter.
  let returnPath: String
}
