// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// `auth/token/revoke`.
enum RevokeToken {
  static let endpoint = Endpoint<NoArguments, NoReply>(
    route: "auth/token/revoke", limit: .seconds(3), answerLimit: 64 << 10, repetition: .never)
}

extension Dropbox {
  /// Ends an access token, its refresh token and all other access tokens of that one. Tried once, 3 s at
  /// most, and also while the account is throttled.
  public func revoke(_ token: AccessToken) async throws(DropboxError) {
    _ = try await answer(
      to: try RevokeToken.endpoint.call(NoArguments(), at: origins, with: token))
  }
}
