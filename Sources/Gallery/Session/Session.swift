// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// A person who is signed in, as Redis keeps it, closed.
struct Session: Sendable {
  /// How long a session lives without a request.
  static let idleLimit: Duration = .seconds(24 * 3600)
  /// How long a session lives at most.
  static let absoluteLimit: Duration = .seconds(30 * 24 * 3600)
  /// How often its idle limit is extended at most.
  static let extensionInterval: Int64 = 60

  private(set) var accessToken: Secret
  /// When the access token ends, in seconds since 1970.
  private(set) var accessTokenExpires: UnixTime
  let refreshToken: Secret
  let account: AccountID
  /// The person's name as Dropbox shows it; empty when Dropbox did not tell.
  let accountName: String
  /// When the person signed in, in seconds since 1970.
  let began: Int64
  /// When the idle limit was last extended, in seconds since 1970.
  var extended: Int64

  init(grant: Grant, accountName: String, now: UnixTime) {
    accessToken = grant.accessToken.value
    accessTokenExpires = grant.accessToken.expires
    refreshToken = grant.refreshToken
    account = grant.accountID
    self.accountName = accountName
    began = now.seconds
    extended = now.seconds
  }

  /// Nil for a record that holds no token.
  var token: AccessToken? {
    AccessToken(accessToken.revealed, expires: accessTokenExpires)
  }

  var accountID: String { account.value }

  mutating func replace(_ token: AccessToken) {
    accessToken = token.value
    accessTokenExpires = token.expires
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

extension Session: Codable {
  private enum Key: String, CodingKey {
    case accessToken, accessTokenExpires, refreshToken, accountID, accountName, began, extended
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    guard let account = AccountID(try fields.decode(String.self, forKey: .accountID)) else {
      throw DecodingError.dataCorruptedError(
        forKey: .accountID, in: fields, debugDescription: "no account id")
    }
    self.account = account
    accessToken = Secret(try fields.decode(String.self, forKey: .accessToken))
    accessTokenExpires = UnixTime(
      seconds: try fields.decode(Int64.self, forKey: .accessTokenExpires))
    refreshToken = Secret(try fields.decode(String.self, forKey: .refreshToken))
    accountName = try fields.decode(String.self, forKey: .accountName)
    began = try fields.decode(Int64.self, forKey: .began)
    extended = try fields.decode(Int64.self, forKey: .extended)
  }

  /// With its tokens in clear: for a record that is encrypted.
  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(accessToken.revealed, forKey: .accessToken)
    try fields.encode(accessTokenExpires.seconds, forKey: .accessTokenExpires)
    try fields.encode(refreshToken.revealed, forKey: .refreshToken)
    try fields.encode(account.value, forKey: .accountID)
    try fields.encode(accountName, forKey: .accountName)
    try fields.encode(began, forKey: .began)
    try fields.encode(extended, forKey: .extended)
  }
}
