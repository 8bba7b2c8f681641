// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import DropboxStandIn
import HTTP
import HTTPClient
import HTTPTypes
import Redis
import TestSupport
import Testing

@testable import Gallery

/// Sessions in a real Redis whose clients call a stand-in for Dropbox.
@Suite(.serialized) struct SessionTokensTests {
  private static let list = "files/list_folder"

  private let cookies = SessionCookies(secrets: .made("a"), isSecure: false)

  private func withSessions(
    _ test: (StandIn, Sessions, Request) async throws -> Void
  ) async throws {
    let options = StandIn.Options.synthetic(count: 3)
    let standIn = try await StandIn.start(options)
    let server = try await RedisServer()
    var configuration = HTTPClient.Configuration()
    configuration.allowsPlainHTTP = true
    let http = try HTTPClient(loop: TestLoop.shared, configuration: configuration)
    let dropbox = Dropbox(
      app: DropboxApp(
        key: options.appKey, secret: Secret(options.appSecret),
        redirectURL: "http://localhost/oauthredirect"),
      origins: DropboxOrigins(
        authorize: standIn.origins.www, api: standIn.origins.api, content: standIn.origins.content),
      http: http)
    var limits = RedisClient.Limits()
    limits.command = .seconds(10)
    let redis = RedisClient(
      loop: TestLoop.shared, address: try RedisAddress(parsing: server.url), limits: limits)
    let sessions = Sessions(redis: redis, cookies: cookies, dropbox: dropbox)
    let result: Result<Void, any Error>
    do {
      let request = try await signedIn(standIn, sessions)
      result = .success(try await test(standIn, sessions, request))
    } catch {
      result = .failure(error)
    }
    await http.close()
    try await server.stop()
    await standIn.stop()
    try result.get()
  }

  /// A request of somebody whose session has just begun.
  private func signedIn(_ standIn: StandIn, _ sessions: Sessions) async throws -> Request {
    let made = standIn.grant()
    let grant = Grant(
      accessToken: try #require(
        AccessToken(made.accessToken, expires: UnixTime.now().advanced(bySeconds: 14_400))),
      refreshToken: Secret(try #require(made.refreshToken)),
      accountID: try #require(AccountID("dbid:Ana")), scopes: [])
    let cookie = try await sessions.begin(
      grant, accountName: "", replacing: Request(target: "/", fields: [:], id: "1"))
    let name = cookies.name(of: .session)
    return Request(target: "/", fields: [.cookie: "\(name)=\(cookie.value)"], id: "1")
  }

  @Test func `parallel calls of several requests refresh an expired token once, for good`()
    async throws
  {
    try await withSessions { standIn, sessions, request in
      standIn.expireAccessTokens()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<20 {
          let open = try #require(try await sessions.current(of: request))
          group.addTask { _ = try await sessions.client(for: open).listFolder(.root) }
        }
        try await group.waitForAll()
      }
      #expect(standIn.count(of: "oauth2/token") == 1)
      let later = try #require(try await sessions.current(of: request))
      _ = try await sessions.client(for: later).listFolder(.root)
      #expect(standIn.count(of: "oauth2/token") == 1)
    }
  }

  @Test func `an approval that was taken back ends the session`() async throws {
    try await withSessions { standIn, sessions, request in
      standIn.revokeGrants()
      let open = try #require(try await sessions.current(of: request))
      let error = await #expect(throws: GalleryError.self) {
        try await sessions.client(for: open).listFolder(.root)
      }
      guard case .sessionEnded = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(try await sessions.current(of: request) == nil)
    }
  }

  @Test func `a rejected token that can be replaced does not end the session`() async throws {
    try await withSessions { standIn, sessions, request in
      standIn.inject(
        .status(
          401, body: #"{"error":{".tag":"invalid_access_token"}}"#, type: "application/json"),
        into: Self.list)
      let open = try #require(try await sessions.current(of: request))
      _ = try await sessions.client(for: open).listFolder(.root)
      #expect(standIn.count(of: "oauth2/token") == 1)
      #expect(try await sessions.current(of: request) != nil)
    }
  }

  @Test func `a throttle of an account keeps back its other sessions, and says for how long`()
    async throws
  {
    try await withSessions { standIn, sessions, request in
      let other = try await signedIn(standIn, sessions)
      standIn.inject(.tooManyRequests(retryAfter: 600), into: Self.list)
      for request in [request, other] {
        let open = try #require(try await sessions.current(of: request))
        let error = await #expect(throws: GalleryError.self) {
          try await sessions.client(for: open).listFolder(.root)
        }
        guard case .unavailable(.dropbox, let seconds, _) = error else {
          Issue.record("\(String(describing: error))")
          return
        }
        #expect((500...600).contains(seconds))
      }
      #expect(standIn.count(of: Self.list) == 1)
    }
  }
}
