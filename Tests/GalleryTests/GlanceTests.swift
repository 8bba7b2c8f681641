// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import HTTP
import HTTPClient
import HTTPTypes
import Redis
import TestSupport
import Testing

@testable import Gallery

/// Who is signed in, for pages that everybody gets.
struct GlanceTests {
  private let cookies = SessionCookies(secrets: .made("a"), isSecure: false)

  @Test func `a Redis that does not answer is not waited for`() async throws {
    let silent = try FakeRedis { _ in .afterHandshake() }
    let sessions = try sessions(silent.url)
    let start = ContinuousClock.now
    #expect(await sessions.glance(at: request(with: cookies.newTicket().text)) == nil)
    // The commands themselves may take a minute here.
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  private func request(with cookie: String) -> Request {
    let name = cookies.name(of: .session)
    return Request(target: "/", fields: [.cookie: "\(name)=\(cookie)"], id: "1")
  }

  private func sessions(_ redis: String) throws -> Sessions {
    var limits = RedisClient.Limits()
    limits.connect = .seconds(60)
    limits.command = .seconds(60)
    limits.silence = .seconds(60)
    let app = DropboxApp(key: "k", secret: Secret("s"), redirectURL: "http://localhost/")
    return Sessions(
      redis: RedisClient(
        loop: TestLoop.shared, address: try RedisAddress(parsing: redis), limits: limits),
      cookies: cookies,
      dropbox: Dropbox(
        app: app, origins: DropboxOrigins(), http: try HTTPClient(loop: TestLoop.shared)))
  }
}
