// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import GalleryTestSupport

/// The header fields about security and caching, for each route and status of the service.
///
/// The contract tests check that web servers pass them on, and what they add for static files.
@Suite struct SecurityHeadersTests {
  private static let fields = [
    "Content-Security-Policy": """
    default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; \
    form-action 'self'; frame-ancestors 'none'
    """,
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
  ]
  private static let absent = [
    "Access-Control-Allow-Origin", "Content-Security-Policy-Report-Only", "X-Powered-By",
  ]
  private static let page = "private, no-store"
  private static let kept = "private, max-age=31536000, immutable"

  private func check(_ name: String, _ answer: Answer, _ status: Int, _ cache: String = page) {
    var found: [String: [String]] = [:]
    for name in Array(Self.fields.keys) + Self.absent {
      guard let field = HTTPField.Name(name) else { continue }
      let values = answer.fields[values: field]
      if !values.isEmpty { found[name] = values }
    }
    #expect(found == Self.fields.mapValues { [$0] }, "\(name)")
    #expect(answer.status.code == status, "\(name)")
    #expect(answer.fields[values: .cacheControl] == [cache], "\(name)")
    for cookie in answer.fields[values: .setCookie] {
      let isStrict =
        cookie.wholeMatch(
          of:
            /__Host-(session|login|sort)=[^;]*; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure/
        ) != nil
      #expect(isStrict, "\(name)")
    }
    let scan = Observatory(answer: answer, cookies: answer.fields[values: .setCookie])
    #expect(scan.grade == "A+" && scan.score >= 150, "\(name): \(scan.score) \(scan.points)")
  }

  @Test func `a signed-out client gets every field on every route`() async throws {
    let service = try await TestService.start()
    let client = service.client()
    for path in [
      "/", "/login", "/albums/AAAA", "/pictures/AAAA", "/originals/AAAA", "/downloads/AAAA",
    ] {
      check(path, try await client.send(path), 302)
    }
    for path in [
      "/albums/AAAA/cover", "/details/AAAA/0123456789abc", "/renditions/AAAA/0123456789abc/256",
    ] {
      check(path, try await client.send(path), 401)
    }
    for path in ["/welcome", "/healthz", "/readyz"] {
      check(path, try await client.send(path), 200)
    }
    check("callback", try await client.send("/oauthredirect?state=x&code=x"), 400)
    check("logout", try await client.send("/logout"), 303)
    check("404", try await client.send("/nowhere"), 404)
    check("405", try await client.send("/welcome", method: .put), 405)
    service.redis.pause()
    check("no Redis", try await client.send("/login/pictures/AAAA"), 503)
    service.redis.resume()
    try await service.stop()
  }

  @Test func `a signed-in client gets every field on every route`() async throws {
    let service = try await TestService.start(pictures: ["Harbour.jpg", "Oslo/Lake.jpg"])
    let client = service.client()
    check("callback", try await client.signIn(), 303)
    for path in ["/", "/?sort=oldest", "/welcome"] {
      check(path, try await client.send(path), 200)
    }
    let page = try await client.json("/")
    let picture = try #require(page["pictures"]?.array.first)
    let album = try #require(page["albums"]?.array.first)
    for (key, status, cache) in [
      ("image256", 200, Self.kept), ("image2048", 200, Self.kept), ("path", 200, Self.page),
      ("original", 302, Self.page), ("download", 200, "private, no-cache"),
      ("details", 200, Self.kept),
    ] {
      check(key, try await client.send(try #require(picture[key]?.string)), status, cache)
    }
    check("album", try await client.send(try #require(album["path"]?.string)), 200)
    let cover = try #require(album["cover"]?.string)
    check("cover", try await client.send(cover), 302, "private, max-age=60")
    check("question", try await client.send("/logout", fields: .crossSite), 200)
    let signedOut = try await client.send("/logout", method: .post)
    check("sign-out", signedOut, 303)
    let clearSiteData = try #require(HTTPField.Name("Clear-Site-Data"))
    #expect(signedOut.fields[values: clearSiteData] == ["\"cache\""])
    #expect(client.cookie("session") == nil)
    try await service.stop()
  }
}
