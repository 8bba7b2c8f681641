// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Testing

@testable import Dropbox

@Suite(.serialized) struct TokenTests {
  private func account(_ connection: Connection, _ token: AccessToken) async -> DropboxError? {
    await failure { () throws(DropboxError) in
      _ = try await connection.client(token).currentAccount()
    }
  }

  private func refresh(_ connection: Connection, _ token: String) async -> DropboxError? {
    await failure { () throws(DropboxError) in
      _ = try await connection.dropbox.refresh(Secret(token))
    }
  }

  @Test func `an expired token is said to be, once, and a refresh gives one that works`()
    async throws
  {
    try await withDropbox { connection in
      let grant = connection.standIn.grant()
      let old = try Connection.token(grant.accessToken)
      connection.standIn.expireAccessTokens()
      #expect(await account(connection, old) == .expired)
      #expect(connection.standIn.count(of: "users/get_current_account") == 1)
      let refreshToken = try #require(grant.refreshToken)
      let new = try await connection.dropbox.refresh(Secret(refreshToken))
      #expect(new.value != old.value)
      #expect(new.expires == Connection.now.advanced(bySeconds: 14_400))
      #expect(await account(connection, new) == nil)
      #expect(connection.standIn.count(of: "oauth2/token") == 1)
    }
  }

  @Test func `a token ends after four hours`() async throws {
    try await withDropbox { connection in
      connection.standIn.advanceClock(by: .seconds(14_390))
      #expect(await account(connection, connection.token) == nil)
      connection.standIn.advanceClock(by: .seconds(20))
      #expect(await account(connection, connection.token) == .expired)
    }
  }

  @Test func `a refresh token of nobody, or taken back, is an invalid grant after one call`()
    async throws
  {
    try await withDropbox { connection in
      let token = try #require(connection.standIn.grant().refreshToken)
      #expect(await refresh(connection, token) == nil)
      connection.standIn.revokeGrants()
      connection.standIn.reset()
      for token in [token, "rubbish", "", String(repeating: "A", count: 64)] {
        #expect(await refresh(connection, token) == .invalidGrant)
      }
      #expect(connection.standIn.count(of: "oauth2/token") == 4)
    }
  }

  @Test func `a refresh is sent again after an outage`() async throws {
    try await withDropbox { connection in
      let token = try #require(connection.standIn.grant().refreshToken)
      connection.standIn.inject(.unavailable, into: "oauth2/token")
      connection.standIn.inject(.cut(afterBytes: 9), into: "oauth2/token")
      #expect(await refresh(connection, token) == nil)
      #expect(connection.standIn.count(of: "oauth2/token") == 3)
      connection.standIn.inject(.unavailable, into: "oauth2/token", times: nil)
      #expect(await refresh(connection, token) == .unavailable(.status(503)))
      #expect(connection.standIn.count(of: "oauth2/token") == 6)
    }
  }

  @Test func `revoking ends a token and its refresh token`() async throws {
    try await withDropbox { connection in
      let grant = connection.standIn.grant()
      let token = try Connection.token(grant.accessToken)
      try await connection.dropbox.revoke(token)
      #expect(connection.standIn.count(of: "auth/token/revoke") == 1)
      #expect(await account(connection, token) == .unlinked)
      #expect(await refresh(connection, try #require(grant.refreshToken)) == .invalidGrant)
      #expect(await account(connection, connection.token) == nil)
    }
  }

  @Test(arguments: [Fault.unavailable, .tooManyRequests(retryAfter: 0), .cut(afterBytes: 1)])
  func `revoking is tried once`(fault: Fault) async throws {
    try await withDropbox { connection in
      connection.standIn.inject(fault, into: "auth/token/revoke", times: nil)
      let error = await failure { () throws(DropboxError) in
        try await connection.dropbox.revoke(connection.token)
      }
      #expect(error != nil)
      #expect(connection.standIn.count(of: "auth/token/revoke") == 1)
    }
  }

  @Test func `a scope that is missing is named`() async throws {
    try await withDropbox { connection in
      let grant = connection.standIn.grant(scopes: ["account_info.read"])
      let token = try Connection.token(grant.accessToken)
      #expect(await account(connection, token) == nil)
      let error = await failure { () throws(DropboxError) in
        _ = try await connection.client(token).listFolder(.root)
      }
      #expect(error == .missingScope("files.metadata.read"))
      #expect(connection.standIn.count(of: "files/list_folder") == 1)
    }
  }
}
