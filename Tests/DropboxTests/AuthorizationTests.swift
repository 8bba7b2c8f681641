// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import HTTPClient
import TestSupport
import Testing

@testable import Dropbox

@Suite(.serialized) struct AuthorizationTests {
  /// What the browser brings back, by name.
  private func callback(
    _ connection: Connection, state: String = "s", _ verifier: CodeVerifier, allow: Bool = true
  ) throws -> [String: String] {
    let url = connection.dropbox.authorizationURL(state: state, challenge: verifier.challenge)
    guard let callback = connection.standIn.decide(url, allow: allow),
      callback.hasPrefix(Connection.redirectURL + "?"),
      let items = URLComponents(string: callback)?.queryItems
    else { throw TestFailure("no way back from \(url)") }
    return Dictionary(items.map { ($0.name, $0.value ?? "") }) { $1 }
  }

  private func code(_ connection: Connection, _ verifier: CodeVerifier) throws -> Secret {
    Secret(try #require(try callback(connection, verifier)["code"]))
  }

  @Test func `a code and its verifier are changed for a grant that works`() async throws {
    try await withDropbox { connection in
      let verifier = CodeVerifier()
      let back = try callback(connection, state: "a b&c=ü+%", verifier)
      #expect(back["state"] == "a b&c=ü+%")
      let grant = try await connection.dropbox.exchange(
        code: Secret(try #require(back["code"])), verifier: verifier)
      #expect(grant.accessToken.expires == Connection.now.advanced(bySeconds: 14_400))
      #expect(grant.scopes == StandIn.Options().scopes)
      let account = try await connection.client(grant.accessToken).currentAccount()
      #expect(account.id == grant.accountID)
      #expect(account.displayName == "Ana Li")
      #expect(connection.standIn.count(of: "oauth2/token") == 1)
      #expect(connection.standIn.count(of: "users/get_current_account") == 1)
    }
  }

  @Test func `who presses Deny brings back no code`() async throws {
    try await withDropbox { connection in
      let back = try callback(connection, CodeVerifier(), allow: false)
      #expect(back["error"] == "access_denied")
      #expect(back["state"] == "s")
      #expect(back["code"] == nil)
    }
  }

  @Test func `a redirect URL that is not registered leads nowhere`() async throws {
    try await withDropbox { connection in
      let other = Connection.client(
        of: connection.standIn.origins, http: connection.http, clock: connection.clock,
        redirectURL: Connection.redirectURL + "/")
      let url = other.authorizationURL(state: "s", challenge: CodeVerifier().challenge)
      #expect(connection.standIn.decide(url) == nil)
    }
  }

  @Test func `a wrong, used, old or unknown code is an invalid grant after one call`() async throws
  {
    try await withDropbox { connection in
      let dropbox = connection.dropbox
      let verifier = CodeVerifier()
      let used = try code(connection, verifier)
      _ = try await dropbox.exchange(code: used, verifier: verifier)
      let old = try code(connection, verifier)
      connection.standIn.advanceClock(by: .seconds(601))
      let othersVerifier = try code(connection, CodeVerifier())
      connection.standIn.reset()
      for code in [used, othersVerifier] + ["unknown", "", "a\r\n\0ü&=+%"].map(Secret.init) {
        let error = await failure { () throws(DropboxError) in
          _ = try await dropbox.exchange(code: code, verifier: verifier)
        }
        #expect(error == .invalidGrant)
      }
      connection.standIn.advanceClock(by: .seconds(601))
      let error = await failure { () throws(DropboxError) in
        _ = try await dropbox.exchange(code: old, verifier: verifier)
      }
      #expect(error == .invalidGrant)
      #expect(connection.standIn.count(of: "oauth2/token") == 6)
    }
  }

  @Test(
    arguments: [
      (nil, nil, Connection.redirectURL + "/", DropboxError.invalidGrant),
      (nil, "wrong", Connection.redirectURL, .invalidClient),
      ("wrong", nil, Connection.redirectURL, .invalidClient),
    ] as [(String?, String?, String, DropboxError)])
  func `a code is good only for its redirect URL and the app's own key and secret`(
    key: String?, secret: String?, redirectURL: String, expected: DropboxError
  ) async throws {
    try await withDropbox { connection in
      let verifier = CodeVerifier()
      let code = try code(connection, verifier)
      let other = Connection.client(
        of: connection.standIn.origins, http: connection.http, clock: connection.clock, key: key,
        secret: secret, redirectURL: redirectURL)
      let error = await failure { () throws(DropboxError) in
        _ = try await other.exchange(code: code, verifier: verifier)
      }
      #expect(error == expected)
      #expect(connection.standIn.count(of: "oauth2/token") == 1)
    }
  }

  @Test(
    arguments: [
      (.internalServerError, DropboxError.unavailable(.status(500))),
      (.unavailable, .unavailable(.status(503))),
      (.cut(afterBytes: 10), .unavailable(.interrupted(.partialFile))),
      (.html, .unexpectedAnswer("no token in 65 bytes of text/html; charset=utf-8")),
      (.invalidGrant, .invalidGrant),
      (.tooManyRequests(retryAfter: 60), .throttled(retryAfter: .seconds(60))),
      (.huge(), .tooLarge(limit: 64 << 10)),
      (
        .status(200, body: #"{"token_type":"bearer"}"#, type: "text/javascript"),
        .unexpectedAnswer("no token in 23 bytes of text/javascript")
      ),
    ] as [(Fault, DropboxError)])
  func `a code that may have been used is not sent again`(
    fault: Fault, expected: DropboxError
  ) async throws {
    try await withDropbox { connection in
      let verifier = CodeVerifier()
      let code = try code(connection, verifier)
      connection.standIn.inject(fault, into: "oauth2/token", times: nil)
      let error = await failure { () throws(DropboxError) in
        _ = try await connection.dropbox.exchange(code: code, verifier: verifier)
      }
      #expect(error == expected)
      #expect(connection.standIn.count(of: "oauth2/token") == 1)
      #expect(connection.clock.sleeps.isEmpty)
    }
  }

  @Test func `a code that was throttled away is sent again after the wait`() async throws {
    try await withDropbox { connection in
      let verifier = CodeVerifier()
      let code = try code(connection, verifier)
      connection.standIn.inject(.tooManyRequests(retryAfter: 2), into: "oauth2/token")
      _ = try await connection.dropbox.exchange(code: code, verifier: verifier)
      #expect(connection.standIn.count(of: "oauth2/token") == 2)
      #expect(connection.clock.sleeps == [.seconds(2)])
    }
  }
}
