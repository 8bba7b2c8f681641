// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// What a call to the API shows: lives about four hours.
public struct AccessToken: Sendable, Hashable {
  /// 1…16384 printable ASCII characters, opaque.
  public let value: Secret
  /// When it ends, as far as is known; Dropbox may end it before.
  public let expires: UnixTime

  /// - Returns: nil for a text that may not stand in a header.
  public init?(_ text: String, expires: UnixTime) {
    guard let value = Secret(token: text) else { return nil }
    self.value = value
    self.expires = expires
  }

  /// Whether fewer than so many seconds are left.
  public func expires(within seconds: Int64, of now: UnixTime) -> Bool {
    expires < now.advanced(bySeconds: seconds)
  }
}

/// What a person's authorization gave.
public struct Grant: Sendable, Hashable {
  public let accessToken: AccessToken
  /// Gives new access tokens for as long as the person allows it.
  public let refreshToken: Secret
  public let accountID: AccountID
  /// What the token may do, as in `files.content.read`; empty when the answer did not say.
  public let scopes: [String]

  public init(
    accessToken: AccessToken, refreshToken: Secret, accountID: AccountID, scopes: [String]
  ) {
    self.accessToken = accessToken
    self.refreshToken = refreshToken
    self.accountID = accountID
    self.scopes = scopes
  }
}

extension Secret {
  /// Takes 1…16384 printable ASCII characters (RFC 6749, appendix A.12 and A.17).
  init?(token text: String) {
    guard 1...16_384 ~= text.utf8.count, text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
      return nil
    }
    self.init(text)
  }
}
