// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// The app as Dropbox knows it.
public struct DropboxApp: Sendable {
  /// The app key: `client_id` in OAuth.
  public let key: String
  /// The app secret: `client_secret` in OAuth.
  public let secret: Secret
  /// The absolute URL that the person comes back to, letter by letter as registered with Dropbox.
  public let redirectURL: String

  public init(key: String, secret: Secret, redirectURL: String) {
    self.key = key
    self.secret = secret
    self.redirectURL = redirectURL
  }
}

/// Where Dropbox is: origins (scheme, host, port), without a slash at the end.
public struct DropboxOrigins: Sendable, Equatable {
  /// The page on which a person allows the app to read.
  public let authorize: String
  /// OAuth tokens, accounts, lists and links.
  public let api: String
  /// Bytes: thumbnails.
  public let content: String

  public init(
    authorize: String = "https://www.dropbox.com",
    api: String = "https://api.dropboxapi.com",
    content: String = "https://content.dropboxapi.com"
  ) {
    self.authorize = authorize
    self.api = api
    self.content = content
  }
}
