// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// The API as one account may use it: each call carries the account's access token.
///
/// - The token is refreshed when it expires within five minutes, and after a first 401 that another
///   token may answer; then the call is sent once more.
/// - After a 429 no file call is sent for the account before the time that Dropbox named. A call that
///   would have to wait longer than 3 s throws `.throttled` at once, with the rest of that time.
/// - Retries of outages: `RetryPolicy`.
///
/// Each call throws what the token source makes of a `DropboxError`.
public struct AccountClient<Tokens: TokenSource>: Sendable {
  /// A token with less than this left is refreshed first, in seconds.
  private static var leastLife: Int64 { 300 }

  let dropbox: Dropbox
  let account: AccountID
  let tokens: Tokens

  /// Sends a call whose answer is JSON.
  func send<Arguments, Reply: Decodable>(
    _ endpoint: Endpoint<Arguments, Reply>, _ arguments: Arguments
  ) async throws(Tokens.Failure) -> Reply {
    try await withToken { token throws(DropboxError) in
      try await dropbox.value(of: try call(endpoint, arguments, token))
    }
  }

  func call<Arguments, Reply>(
    _ endpoint: Endpoint<Arguments, Reply>, _ arguments: Arguments, _ token: AccessToken
  ) throws(DropboxError) -> Call {
    var call = try endpoint.call(arguments, at: dropbox.origins, with: token)
    call.throttle = AccountThrottle(
      account: account, throttles: dropbox.throttles, isObeyed: endpoint.isFileCall)
    return call
  }

  /// Runs a call with a token, and once more with another one when Dropbox rejects the first.
  func withToken<Value>(
    _ call: (AccessToken) async throws(DropboxError) -> Value
  ) async throws(Tokens.Failure) -> Value {
    var token = try await tokens.current()
    if token.expires(within: Self.leastLife, of: dropbox.now()) {
      token = try await tokens.refreshed(insteadOf: token) ?? token
    }
    do throws(DropboxError) {
      return try await call(token)
    } catch {
      guard error.callsForAnotherToken, let fresh = try await tokens.refreshed(insteadOf: token)
      else { throw await tokens.failure(error) }
      do throws(DropboxError) {
        return try await call(fresh)
      } catch {
        throw await tokens.failure(error)
      }
    }
  }
}

extension Dropbox {
  /// The API as an account may use it.
  public func client<Tokens: TokenSource>(
    for account: AccountID, _ tokens: Tokens
  ) -> AccountClient<Tokens> {
    AccountClient(dropbox: self, account: account, tokens: tokens)
  }
}

extension DropboxError {
  /// Whether it is a 401 that another token of the same grant may answer. The scopes and the routes of
  /// a grant are the same for all its tokens.
  var callsForAnotherToken: Bool {
    switch self {
    case .expired, .unlinked, .unauthorized: true
    default: false
    }
  }
}
