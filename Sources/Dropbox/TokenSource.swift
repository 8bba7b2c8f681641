// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Supplies an `AccountClient` with the access tokens of its account.
public protocol TokenSource<Failure>: Sendable {
  /// What a call of the client throws.
  associatedtype Failure: Error

  /// The access token, which may have expired.
  func current() async throws(Failure) -> AccessToken

  /// Another access token in the place of one that expires within five minutes or that Dropbox
  /// rejected. Parallel callers share one refresh.
  ///
  /// - Returns: nil when there is no refresh token: the call goes on with what it has.
  func refreshed(insteadOf stale: AccessToken) async throws(Failure) -> AccessToken?

  /// What the caller gets to know of a call that failed for good.
  func failure(_ error: DropboxError) async -> Failure
}

/// One access token that is never refreshed, such as that of a grant whose session has not begun.
public struct FixedToken: TokenSource {
  private let token: AccessToken

  public init(_ token: AccessToken) {
    self.token = token
  }

  public func current() async throws(DropboxError) -> AccessToken { token }
  public func refreshed(insteadOf stale: AccessToken) async throws(DropboxError) -> AccessToken? {
    nil
  }
  public func failure(_ error: DropboxError) async -> DropboxError { error }
}
