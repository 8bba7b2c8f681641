// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation
import Synchronization

/// All codes and tokens given out: which are good, which expired, which were revoked.
final class Authorizations: Sendable {
  /// Seconds an access token lives.
  static let accessTokenSeconds = 14_400.0
  /// Seconds a code lives.
  static let codeSeconds = 600.0

  private struct Family {
    let person: Person
    let scopes: [String]
    /// Whether the code was exchanged with a verifier and no secret.
    let isPublic: Bool
    var isRevoked = false
  }

  private struct AccessToken {
    let family: Int
    let scopes: [String]
    var expiry: Double
  }

  private struct State {
    var codes: [String: (request: AuthorizationRequest, person: Person, expiry: Double)] = [:]
    var families: [Family] = []
    var refreshTokens: [String: Int] = [:]
    var accessTokens: [String: AccessToken] = [:]
  }

  private let clock: SettableClock
  private let state = Mutex(State())

  init(clock: SettableClock) {
    self.clock = clock
  }

  // MARK: Codes

  func issueCode(for request: AuthorizationRequest, of person: Person = .ana) -> String {
    let code = RandomText.base64URL(bytes: 24)
    let expiry = clock.now + Authorizations.codeSeconds
    state.withLock { $0.codes[code] = (request, person, expiry) }
    return code
  }

  /// Takes a code: it works once, whatever comes of it.
  func redeem(
    code: String, redirectURI: String?, verifier: String?, withSecret: Bool
  ) throws(TokenError) -> Grant {
    let now = clock.now
    guard let (request, person, expiry) = state.withLock({ $0.codes.removeValue(forKey: code) }),
      expiry > now
    else { throw .deadCode }
    guard redirectURI == request.redirectURI else {
      throw .invalidGrant("redirect_uri mismatch")
    }
    if let challenge = request.challenge {
      guard let verifier, (43...128).contains(verifier.utf8.count),
        RandomText.base64URL(SHA256.hash(data: Data(verifier.utf8))) == challenge
      else { throw .invalidGrant("invalid code verifier") }
    } else if verifier != nil {
      throw .invalidGrant("code_verifier was given but the code has no challenge")
    } else if !withSecret {
      throw .invalidClient
    }
    return issue(
      scopes: request.scopes, isOffline: request.isOffline, isPublic: !withSecret, of: person)
  }

  // MARK: Tokens

  func issue(
    scopes: [String], isOffline: Bool, isPublic: Bool = false,
    of person: Person = .ana, seconds: Double = accessTokenSeconds
  ) -> Grant {
    let accessToken = "sl.u." + RandomText.base64URL(bytes: 96)
    let refreshToken = isOffline ? RandomText.base64URL(bytes: 48) : nil
    let expiry = clock.now + seconds
    state.withLock { state in
      let family = state.families.count
      state.families.append(Family(person: person, scopes: scopes, isPublic: isPublic))
      state.accessTokens[accessToken] = AccessToken(family: family, scopes: scopes, expiry: expiry)
      if let refreshToken { state.refreshTokens[refreshToken] = family }
    }
    return Grant(
      person: person, accessToken: accessToken, refreshToken: refreshToken, scopes: scopes)
  }

  /// A new access token for a refresh token, with all of its scopes or some.
  func refresh(
    _ refreshToken: String, scopes wanted: [String]?, withSecret: Bool
  ) throws(TokenError) -> String {
    guard refreshToken.utf8.count == 64 else {
      throw .invalidGrant("refresh token is malformed")
    }
    let accessToken = "sl.u." + RandomText.base64URL(bytes: 96)
    let expiry = clock.now + Authorizations.accessTokenSeconds
    let result = state.withLock { state -> Result<Void, TokenError> in
      guard let index = state.refreshTokens[refreshToken], !state.families[index].isRevoked else {
        return .failure(.invalidGrant("refresh token is invalid or revoked"))
      }
      let family = state.families[index]
      guard withSecret || family.isPublic else { return .failure(.invalidClient) }
      let scopes = wanted ?? family.scopes
      guard scopes.allSatisfy(family.scopes.contains) else {
        return .failure(TokenError(error: "invalid_scope", description: "scope was not granted"))
      }
      state.accessTokens[accessToken] = AccessToken(family: index, scopes: scopes, expiry: expiry)
      return .success(())
    }
    try result.get()
    return accessToken
  }

  /// Whose token this is, good or not; nothing for one that was never given out.
  func person(of accessToken: String) -> Person? {
    state.withLock { state in
      state.accessTokens[accessToken].map { state.families[$0.family].person }
    }
  }

  /// Whose code or refresh token this is; `nil` for one that is not known.
  func person(ofCode code: String?, orRefreshToken token: String?) -> Person? {
    state.withLock { state in
      if let code { return state.codes[code]?.person }
      return token.flatMap { state.refreshTokens[$0] }.map { state.families[$0].person }
    }
  }

  /// Checks a token from `Authorization: Bearer`, and that it carries the scope.
  func check(_ accessToken: String, scope: String?) throws(Refusal) {
    guard accessToken.hasPrefix("sl."), accessToken.utf8.count > 20 else {
      throw .badRequest("The given OAuth 2 access token is malformed.")
    }
    let now = clock.now
    let found = state.withLock { state -> AccessToken? in
      guard let token = state.accessTokens[accessToken], !state.families[token.family].isRevoked
      else { return nil }
      return token
    }
    guard let found else { throw .unauthorized(tag: "invalid_access_token") }
    guard found.expiry > now else { throw .unauthorized(tag: "expired_access_token") }
    if let scope, !found.scopes.contains(scope) {
      throw .unauthorized(tag: "missing_scope", requiredScope: scope)
    }
  }

  /// Ends the token, its refresh token and all other tokens of that refresh token.
  func revokeFamily(of accessToken: String) {
    state.withLock { state in
      guard let token = state.accessTokens[accessToken] else { return }
      state.families[token.family].isRevoked = true
    }
  }

  /// Ends the grants of one person, as when they disconnect the app in their settings; of everybody unless one is named.
  func revokeAll(of person: Person? = nil) {
    state.withLock { state in
      for index in state.families.indices
      where person == nil || person == state.families[index].person {
        state.families[index].isRevoked = true
      }
    }
  }

  /// Makes every access token given out so far an expired one.
  func expireAccessTokens() {
    state.withLock { state in
      for token in state.accessTokens.keys { state.accessTokens[token]?.expiry = 0 }
    }
  }
}
