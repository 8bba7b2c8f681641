// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// A person who is signed in, as Redis keeps it, closed.
struct Session: Codable, Sendable {
  /// How long a session lives without a request.
  static let idleLimit: Duration = .seconds(24 * 3600)
  /// How long a session lives at most.
  static let absoluteLimit: Duration = .seconds(30 * 24 * 3600)
  /// How often its idle limit is extended at most.
  static let extensionInterval: Int64 = 60

  var accessToken: String
  /// When the access token ends, in seconds since 1970.
  var accessTokenExpires: Int64
  var refreshToken: String
  let accountID: String
  /// The person's name as Dropbox shows it; empty when Dropbox did not tell.
  let accountName: String
  /// When the person signed in, in seconds since 1970.
  let began: Int64
  /// When the idle limit was last extended, in seconds since 1970.
  var extended: Int64

  init(grant: Grant, accountName: String, now: UnixTime) {
    accessToken = grant.accessToken.value.revealed
    accessTokenExpires = grant.accessToken.expires.seconds
    refreshToken = grant.refreshToken.revealed
    accountID = grant.accountID.value
    self.accountName = accountName
    began = now.seconds
    extended = now.seconds
  }

  /// Nil for a record that holds no token.
  var token: AccessToken? {
    AccessToken(accessToken, expires: UnixTime(seconds: accessTokenExpires))
  }

  mutating func replace(_ token: AccessToken) {
    accessToken = token.value.revealed
    accessTokenExpires = token.expires.seconds
  }

  /// A stamp that lies ahead was made by a clock that has been put back since: it must not hold an extension off.
  func needsExtension(at now: UnixTime) -> Bool {
    !(0..<Self.extensionInterval).contains(now.seconds - extended)
  }

  /// How long the record may live from now on: the idle limit, or what is left of the absolute limit.
  /// Nil when nothing is left.
  func remainingLife(at now: UnixTime) -> Duration? {
    let left = Self.absoluteLimit - .seconds(now.seconds - began)
    guard left >= .seconds(1) else { return nil }
    return min(left, Self.idleLimit)
  }
}
