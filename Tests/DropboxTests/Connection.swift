// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Glibc
import HTTPClient
import HTTPTypes
import TestSupport

@testable import Dropbox

/// A stand-in for Dropbox of a test's own, and a client that talks to it.
///
/// Each stand-in keeps five threads of libdispatch, which has no more than some 250, so suites that open many
/// are serialized.
struct Connection: Sendable {
  static let redirectURL = "http://localhost:3000/oauthredirect"
  static let account = AccountID("dbid:Ana")!
  static let now = UnixTime(seconds: 1_000_000)

  let standIn: StandIn
  let dropbox: Dropbox
  let http: HTTPClient
  /// The client's: waits between attempts take no time.
  let clock: SkippingClock
  /// Somebody's who has signed in and allowed everything.
  let token: AccessToken

  /// Opens one of three pictures that nobody drew, unless the options say something else.
  static func open(_ options: StandIn.Options = .synthetic(count: 3)) async throws -> Connection {
    // As the executable does it at its start; a broken pipe may raise it.
    _ = signal(SIGPIPE, SIG_IGN)
    var options = options
    options.redirectURIs = [redirectURL]
    let standIn = try await StandIn.start(options)
    var configuration = HTTPClient.Configuration()
    configuration.allowsPlainHTTP = true
    let http = try HTTPClient(loop: TestLoop.shared, configuration: configuration)
    let clock = SkippingClock()
    return Connection(
      standIn: standIn, dropbox: client(of: standIn.origins, http: http, clock: clock), http: http,
      clock: clock, token: try token(standIn.grant().accessToken))
  }

  func close() async {
    await http.close()
    await standIn.stop()
  }

  /// Another client of the same Dropbox.
  static func client(
    of origins: Origins, http: HTTPClient, clock: any Clock<Duration>, key: String? = nil,
    secret: String? = nil, redirectURL: String = Self.redirectURL
  ) -> Dropbox {
    let options = StandIn.Options()
    let app = DropboxApp(
      key: key ?? options.appKey, secret: Secret(secret ?? options.appSecret),
      redirectURL: redirectURL)
    return Dropbox(
      app: app,
      origins: DropboxOrigins(
        authorize: origins.www, api: origins.api, content: origins.content), http: http,
      clock: clock, now: { now })
  }

  /// The API as somebody's account may use it, with a token that is not refreshed.
  var client: AccountClient<FixedToken> { client(token) }

  func client(
    _ token: AccessToken, account: AccountID = Self.account
  ) -> AccountClient<FixedToken> {
    dropbox.client(for: account, FixedToken(token))
  }

  static func token(_ text: String) throws -> AccessToken {
    guard let token = AccessToken(text, expires: now) else {
      throw TestFailure("no token: \(text)")
    }
    return token
  }

  /// A link opened as a browser does it, without a token.
  func get(_ url: String) async throws -> Answer {
    try await http.send(
      OutgoingRequest(method: .get, url: url, limit: .seconds(10), answerLimit: 64 << 20))
  }
}

/// Runs a test against a Dropbox that ends with it.
func withDropbox(
  _ options: StandIn.Options = .synthetic(count: 3), _ test: (Connection) async throws -> Void
) async throws {
  let connection = try await Connection.open(options)
  do {
    try await test(connection)
  } catch {
    await connection.close()
    throw error
  }
  await connection.close()
}

/// The error of a call that has to fail.
func failure(_ call: () async throws(DropboxError) -> Void) async -> DropboxError? {
  do throws(DropboxError) {
    try await call()
    return nil
  } catch {
    return error
  }
}

extension AccountClient<FixedToken> {
  /// The next page of a listing that does not start over.
  func next(_ cursor: Cursor) async throws -> ListFolderPage {
    switch try await continueListing(cursor) {
    case .page(let page): page
    case .reset: throw TestFailure("the listing starts over")
    }
  }
}
