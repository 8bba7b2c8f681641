// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport
@testable import GalleryTestSupport

/// What every answer says about security, word by word, through nginx as it is in production.
@Suite(.serialized)
struct SecurityHeadersTests {
  /// Who set the fields: the service, or the web server for its files.
  private enum Source {
    case service
    case webServer

    var fields: [String: [String]] {
      let both = [
        "Cross-Origin-Embedder-Policy": ["require-corp"],
        "Cross-Origin-Opener-Policy": ["same-origin"],
        "Cross-Origin-Resource-Policy": ["same-origin"], "Referrer-Policy": ["no-referrer"],
        "X-Content-Type-Options": ["nosniff"],
        "Strict-Transport-Security": ["max-age=63072000; includeSubDomains"],
      ]
      let own =
        switch self {
        case .service:
          [
            "Content-Security-Policy": [
              """
              default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
              connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; \
              form-action 'self'; frame-ancestors 'none'
              """
            ],
            "Origin-Agent-Cluster": ["?1"],
            "Permissions-Policy": [
              "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
            ], "X-Frame-Options": ["DENY"],
          ]
        case .webServer:
          [
            "Content-Security-Policy": [
              """
              default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; \
              form-action 'none'; frame-ancestors 'none'
              """
            ]
          ]
        }
      return both.merging(own) { $1 }
    }
  }

  private static let names = Set(
    Source.service.fields.keys.map { String($0) }
      + ["Access-Control-Allow-Origin", "Content-Security-Policy-Report-Only", "X-Powered-By"])
  private static let page = "private, no-store"
  private static let kept = "public, max-age=31536000, immutable"
  private static let mine = "private, max-age=31536000, immutable"

  private func check(
    _ name: String, _ answer: Answer, _ status: Int, _ cache: String?, by source: Source = .service
  ) {
    var found: [String: [String]] = [:]
    for name in Self.names {
      guard let field = HTTPField.Name(name) else { continue }
      let values = answer.fields[values: field]
      if !values.isEmpty { found[name] = values }
    }
    #expect(found == source.fields, "\(name)")
    #expect(answer.status.code == status, "\(name)")
    #expect(answer.fields[values: .cacheControl] == (cache.map { [$0] } ?? []), "\(name)")
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

  @Test(arguments: [Front.nginxSite])
  func `every answer of every route says all of it once`(front: Front) async throws {
    let installation = try await Installation.start(
      front, pictures: ["Harbour.jpg", "Oslo/Lake.jpg"])
    let stranger = installation.visitor()
    for path in [
      "/", "/login", "/albums/AAAA", "/pictures/AAAA", "/originals/AAAA", "/downloads/AAAA",
    ] {
      check(path, try await stranger.send(path), 302, Self.page)
    }
    for path in [
      "/albums/AAAA/cover", "/details/AAAA/0123456789abc", "/renditions/AAAA/0123456789abc/256",
    ] {
      check(path, try await stranger.send(path), 401, Self.page)
    }
    for path in ["/welcome", "/healthz", "/readyz"] {
      check(path, try await stranger.send(path), 200, Self.page)
    }
    check("callback", try await stranger.send("/oauthredirect?state=x&code=x"), 400, Self.page)
    check("logout", try await stranger.send("/logout"), 303, Self.page)
    try await checkSignedIn(installation)
    try await checkFiles(stranger)
    installation.redis.pause()
    check("no Redis", try await stranger.send("/login/pictures/AAAA"), 503, Self.page)
    installation.redis.resume()
    try await checkRefusals(stranger)
    if let service = installation.service {
      try await service.terminate()
      let status = front == .nginxSite ? 502 : 503
      check("no service", try await stranger.send("/"), status, "no-store", by: .webServer)
    }
    try await installation.stop()
  }

  private func checkRefusals(_ stranger: Visitor) async throws {
    check("404", try await stranger.send("/nowhere"), 404, Self.page)
    check("404 of a file", try await stranger.send("/assets/none.css"), 404, Self.page)
    check("405", try await stranger.send("/welcome", method: .put), 405, Self.page)
    var answer = try await stranger.send("/login")
    for _ in 0..<60 where answer.status == .found { answer = try await stranger.send("/login") }
    check("429", answer, 429, Self.page)
  }

  private func checkSignedIn(_ installation: Installation) async throws {
    let person = installation.visitor()
    check("back", try await person.signIn(), 303, Self.page)
    for path in ["/", "/?sort=oldest", "/welcome"] {
      check(path, try await person.send(path), 200, Self.page)
    }
    let page = try await person.json("/")
    let picture = try #require(page["pictures"]?.array.first)
    let album = try #require(page["albums"]?.array.first)
    for (name, key, status, cache) in [
      ("strip", "image256", 200, Self.mine), ("stage", "image2048", 200, Self.mine),
      ("picture", "path", 200, Self.page), ("original", "original", 302, Self.page),
      ("download", "download", 200, "private, no-cache"), ("details", "details", 200, Self.mine),
    ] {
      let path = try #require(picture[key]?.string)
      check(name, try await person.send(path), status, cache)
    }
    check("album", try await person.send(try #require(album["path"]?.string)), 200, Self.page)
    check(
      "cover", try await person.send(try #require(album["cover"]?.string)), 302,
      "private, max-age=60")
    let foreign = try await person.send("/logout", fields: .crossSite)
    check("question", foreign, 200, Self.page)
    let farewell = try await person.send("/logout", method: .post)
    check("sign-out", farewell, 303, Self.page)
    #expect(HTTPField.Name("Clear-Site-Data").map { farewell.fields[values: $0] } == ["\"cache\""])
    #expect(person.cookie("session") == nil)
  }

  private func checkFiles(_ stranger: Visitor) async throws {
    let page = try await stranger.send("/welcome").text
    let versioned = try #require(page.firstMatch(of: /\/assets\/v-[0-9a-f]{12}/)).output
    for (path, cache) in [
      ("/assets/page.css", "no-cache"), ("/assets/gallery/list.js", "no-cache"),
      ("/assets/icons/icon-64.png", "no-cache"), ("\(versioned)/page.css", Self.kept),
      ("\(versioned)/gallery/list.js", Self.kept), ("\(versioned)/icons/icon-64.png", Self.kept),
      ("/assets/jquery/3.6.1/jquery.min.js", Self.kept),
    ] {
      check(path, try await stranger.send(path), 200, cache, by: .webServer)
      let packed = try await stranger.send(path, fields: [.acceptEncoding: "gzip"])
      check("\(path), packed", packed, 200, cache, by: .webServer)
    }
    // What is not there now may be there after an upgrade.
    for path in ["\(versioned)/none.css", "/assets/jquery/3.6.1/none.js"] {
      check(path, try await stranger.send(path), 404, Self.page)
    }
  }

  @Test(arguments: [Front.nginxSite])
  func `the Observatory gives 150 to the first page and 160 to the gallery`(
    front: Front
  ) async throws {
    let installation = try await Installation.start(front)
    let visitor = installation.visitor()
    let plain = "http://localhost:\(installation.web.plainPort)/welcome"
    let first = try await Curl.get(plain, trusting: nil)
    let elsewhere = try await visitor.send(
      "/welcome", method: .options, fields: [.origin: Observatory.origin])
    var scan = Observatory(
      answer: try await visitor.send("/welcome"),
      plainRoute: [plain] + (first.fields["location"] ?? []), elsewhere: elsewhere)
    #expect(scan.score == 150, "\(scan.points)")
    #expect(scan.grade == "A+")

    let login = try await visitor.send("/login")
    let back = try await visitor.send(visitor.decide(try login.location))
    scan.cookies = login.fields[values: .setCookie] + back.fields[values: .setCookie]
    scan.answer = try await visitor.send("/")
    #expect(scan.cookies.count == 3)
    #expect(scan.score == 160, "\(scan.points)")
    #expect(scan.grade == "A+")
    try await installation.stop()
  }
}
