// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import HTTPClient
import Testing

@testable import Dropbox

/// A client that replaces its token.
@Suite(.serialized) struct AccountClientTests {
  private static let list = "files/list_folder"

  private func client(
    _ connection: Connection, _ tokens: ScriptedTokens
  ) -> AccountClient<ScriptedTokens> {
    connection.dropbox.client(for: Connection.account, tokens)
  }

  private func token(_ connection: Connection, for seconds: Int64) throws -> AccessToken {
    try #require(
      AccessToken(
        connection.standIn.grant().accessToken, expires: Connection.now.advanced(bySeconds: seconds)
      ))
  }

  @Test(arguments: [(300, 0), (299, 1), (0, 1), (-9, 1)] as [(Int64, Int)])
  func `a token is refreshed before the call when less than five minutes are left`(
    seconds: Int64, refreshes: Int
  ) async throws {
    try await withDropbox { connection in
      let tokens = ScriptedTokens(
        try token(connection, for: seconds), then: try token(connection, for: 14_400))
      _ = try await client(connection, tokens).listFolder(.root)
      #expect(await tokens.refreshes == refreshes)
      #expect(connection.standIn.count(of: Self.list) == 1)
    }
  }

  @Test(
    arguments: [
      .expiredAccessToken,
      .status(401, body: #"{"error":{".tag":"invalid_access_token"}}"#, type: "application/json"),
      .status(401, body: #"{"error":{".tag":"user_suspended"}}"#, type: "application/json"),
      .status(401, body: #"{"error":{".tag":"brand_new"}}"#, type: "application/json"),
      .status(401, body: "<html>"),
    ] as [Fault])
  func `a first 401 refreshes the token, and the call is sent once more`(
    fault: Fault
  ) async throws {
    try await withDropbox { connection in
      connection.standIn.inject(fault, into: Self.list)
      let tokens = ScriptedTokens(
        try token(connection, for: 14_400), then: try token(connection, for: 14_400))
      _ = try await client(connection, tokens).listFolder(.root)
      #expect(await tokens.refreshes == 1)
      #expect(connection.standIn.count(of: Self.list) == 2)
    }
  }

  @Test func `a second 401 is the answer`() async throws {
    try await withDropbox { connection in
      connection.standIn.inject(.expiredAccessToken, into: Self.list, times: nil)
      let tokens = ScriptedTokens(
        try token(connection, for: 14_400), then: try token(connection, for: 14_400))
      let client = client(connection, tokens)
      let error = await failure { () throws(DropboxError) in _ = try await client.listFolder(.root)
      }
      #expect(error == .expired)
      #expect(await tokens.refreshes == 1)
      #expect(connection.standIn.count(of: Self.list) == 2)
    }
  }

  @Test(
    arguments: [
      .missingScope("files.metadata.read"), .status(403),
      .status(401, body: #"{"error":{".tag":"route_access_denied"}}"#, type: "application/json"),
    ] as [Fault])
  func `what another token of the same grant may not do either refreshes none`(
    fault: Fault
  ) async throws {
    try await withDropbox { connection in
      connection.standIn.inject(fault, into: Self.list, times: nil)
      let tokens = ScriptedTokens(try token(connection, for: 14_400), then: nil)
      let client = client(connection, tokens)
      let error = await failure { () throws(DropboxError) in _ = try await client.listFolder(.root)
      }
      #expect(error != nil)
      #expect(await tokens.refreshes == 0)
      #expect(connection.standIn.count(of: Self.list) == 1)
    }
  }

  @Test func `a stream whose token has expired is begun again with a fresh one`() async throws {
    var options = StandIn.Options.synthetic(count: 1)
    options.variesPages = false
    try await withDropbox(options) { connection in
      let page = try await connection.client.listFolder(.root)
      let file = try #require(
        page.entries.compactMap { if case .file(let file) = $0 { file } else { nil } }.first)
      let fresh = try token(connection, for: 14_400)
      connection.standIn.inject(.expiredAccessToken, into: "files/download")
      let tokens = ScriptedTokens(connection.token, then: fresh)
      guard
        case .content(let content) = try await client(connection, tokens).download(
          file.id, range: nil)
      else {
        Issue.record("no file")
        return
      }
      #expect(content.file == file)
      #expect(Int64(try await content.body.whole().count) == file.size)
    }
  }

  @Test func `a token source that fails is the answer, without a call`() async throws {
    try await withDropbox { connection in
      let tokens = ScriptedTokens(try token(connection, for: 0), then: nil, failure: .invalidGrant)
      let client = client(connection, tokens)
      let error = await failure { () throws(DropboxError) in _ = try await client.listFolder(.root)
      }
      #expect(error == .invalidGrant)
      #expect(connection.standIn.calls.isEmpty)
    }
  }
}

/// Gives one token, and another one after a refresh.
private actor ScriptedTokens: TokenSource {
  private var token: AccessToken
  private let next: AccessToken?
  private let failure: DropboxError?
  private(set) var refreshes = 0

  init(_ token: AccessToken, then next: AccessToken?, failure: DropboxError? = nil) {
    self.token = token
    self.next = next
    self.failure = failure
  }

  func current() async throws(DropboxError) -> AccessToken { token }

  func refreshed(insteadOf stale: AccessToken) async throws(DropboxError) -> AccessToken? {
    refreshes += 1
    if let failure { throw failure }
    if let next { token = next }
    return next
  }

  func failure(_ error: DropboxError) async -> DropboxError { error }
}
