// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// What `/oauth2/token` gives, checked field by field.
///
/// Shape: `{"access_token":"sl.…","expires_in":14400,"token_type":"bearer","scope":"…","refresh_token":"…",
/// "account_id":"dbid:…"}`; after a refresh only the first three.
///
/// - Source: RFC 6749, section 5.1; "Using OAuth 2.0 with offline access".
struct TokenAnswer {
  private let accessToken: Secret
  /// Seconds.
  private let lifetime: Int64
  private let refreshToken: Secret?
  private let accountID: AccountID?
  private let scopes: [String]

  /// Dropbox's own; taken when an answer does not say. A shorter life shows itself as `.expired`.
  private static let usualLifetime: Int64 = 14_400
  private static let longestLifetime: Int64 = 30 * 86_400

  func accessToken(at now: UnixTime) throws(DropboxError) -> AccessToken {
    guard let token = AccessToken(accessToken.revealed, expires: now.advanced(bySeconds: lifetime))
    else {
      throw .unexpectedAnswer("an access token that may not stand in a header")
    }
    return token
  }

  func grant(at now: UnixTime) throws(DropboxError) -> Grant {
    guard let refreshToken else { throw .unexpectedAnswer("no refresh token") }
    guard let accountID else { throw .unexpectedAnswer("no account id") }
    return Grant(
      accessToken: try accessToken(at: now), refreshToken: refreshToken, accountID: accountID,
      scopes: scopes)
  }
}

extension TokenAnswer: Decodable {
  private enum Key: String, CodingKey {
    case accessToken = "access_token"
    case tokenType = "token_type"
    case expiresIn = "expires_in"
    case refreshToken = "refresh_token"
    case accountID = "account_id"
    case scope
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    accessToken = Secret(try fields.decode(String.self, forKey: .accessToken))
    let type = try fields.decodeIfPresent(String.self, forKey: .tokenType) ?? "bearer"
    guard type.lowercased() == "bearer" else {
      throw DecodingError.dataCorruptedError(
        forKey: .tokenType, in: fields, debugDescription: "no bearer token")
    }
    lifetime = try Self.lifetime(in: fields)
    refreshToken = try fields.decodeIfPresent(String.self, forKey: .refreshToken)
      .flatMap { Secret(token: $0) }
    accountID = try fields.decodeIfPresent(String.self, forKey: .accountID).flatMap {
      AccountID($0)
    }
    scopes =
      try fields.decodeIfPresent(String.self, forKey: .scope)?
      .split(separator: " ").map(String.init) ?? []
  }

  /// A number, or a number in a string; one too large counts as 30 days.
  private static func lifetime(in fields: KeyedDecodingContainer<Key>) throws -> Int64 {
    guard try fields.contains(.expiresIn) && !fields.decodeNil(forKey: .expiresIn) else {
      return usualLifetime
    }
    let seconds: Double?
    do {
      seconds = try fields.decode(Double.self, forKey: .expiresIn)
    } catch {
      seconds = Double(try fields.decode(String.self, forKey: .expiresIn))
    }
    guard let seconds, seconds >= 1 else {
      throw DecodingError.dataCorruptedError(
        forKey: .expiresIn, in: fields, debugDescription: "no lifetime")
    }
    return Int64(min(seconds, Double(longestLifetime)))
  }
}
