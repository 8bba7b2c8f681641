// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTP
internal import HTTPClient
internal import HTTPTypes

extension Dropbox {
  /// What the app asks a person for.
  static let scopes = "account_info.read files.content.read files.metadata.read"

  /// Where the browser goes for the person's permission.
  ///
  /// - Parameter state: comes back unchanged; at most 500 bytes.
  /// - Source: RFC 6749, section 4.1.1; RFC 7636, section 4.3; "Using OAuth 2.0 with offline access".
  public func authorizationURL(state: String, challenge: CodeChallenge) -> String {
    let query = FormFields([
      ("client_id", app.key), ("response_type", "code"), ("redirect_uri", app.redirectURL),
      ("state", state), ("token_access_type", "offline"), ("scope", Self.scopes),
      ("code_challenge", challenge.value), ("code_challenge_method", "S256"),
    ])
    return "\(origins.authorize)/oauth2/authorize?\(query.encoded)"
  }

  /// Changes the code that the browser brought back for tokens. The code works once.
  ///
  /// - Throws: `.invalidGrant` for a code that is wrong, old or used, and for another's verifier.
  public func exchange(
    code: Secret, verifier: CodeVerifier
  ) async throws(DropboxError) -> Grant {
    var call = tokenCall(
      [
        ("grant_type", "authorization_code"), ("code", code.revealed),
        ("redirect_uri", app.redirectURL),
        ("code_verifier", verifier.secret.revealed),
      ], secrets: [code, verifier.secret])
    call.repetition = .ifUnsent
    return try await tokenAnswer(to: call).grant(at: now())
  }

  /// Gets a new access token. Dropbox keeps the refresh token as it is.
  ///
  /// - Throws: `.invalidGrant` when the person took the permission back: authorize anew.
  public func refresh(_ refreshToken: Secret) async throws(DropboxError) -> AccessToken {
    let call = tokenCall(
      [("grant_type", "refresh_token"), ("refresh_token", refreshToken.revealed)],
      secrets: [refreshToken])
    return try await tokenAnswer(to: call).accessToken(at: now())
  }

  private func tokenCall(_ form: [(name: String, value: String)], secrets: [Secret]) -> Call {
    let client = [("client_id", app.key), ("client_secret", app.secret.revealed)]
    return Call(
      route: "oauth2/token", url: "\(origins.api)/oauth2/token",
      fields: [.contentType: "application/x-www-form-urlencoded"],
      body: Array(FormFields(form + client).encoded.utf8), limit: .seconds(10),
      answerLimit: 64 << 10, errors: .token, secrets: secrets + [app.secret])
  }

  private func tokenAnswer(to call: Call) async throws(DropboxError) -> TokenAnswer {
    let answer = try await answer(to: call)
    do {
      return try answer.decoded()
    } catch {
      // An OAuth server may answer 200 with an error in it; anything else is no token either.
      guard answer.hasOAuthError else {
        throw .unexpectedAnswer("no token in \(answer.summary)")
      }
      throw call.error(of: answer)
    }
  }
}
