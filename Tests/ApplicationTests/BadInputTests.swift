// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import GalleryTestSupport
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

/// Requests that no page of the service leads to.
@Suite
struct BadInputTests {
  @Test func `an invalid session cookie means signed out, without a Redis lookup`() async throws {
    let service = try await TestService.start()
    let client = try await service.signedIn()
    let name = client.cookieName("session")
    let good = try #require(client.cookie("session"))
    let forged = good.dropLast(4) + (good.hasSuffix("AAAA") ? "BBBB" : "AAAA")
    let calls = try await service.sessionLookups()
    for cookies in [
      "\(name)=\(forged)", "\(name)=\(good.dropLast())", "\(name)=\(good)A", "\(name)=",
      "\(name)=\(good); \(name)=\(forged)", "\(name)=\(good); \(name)=\(good)",
      "\(name)=\(String(repeating: "A", count: 7_900))", "\(name)=%00%ff", "\(name)=\"\(good)\"",
    ] {
      let answer = try await client.send("/", cookies: cookies)
      #expect(try answer.location == service.site + "/login", "\(cookies.prefix(40))")
    }
    #expect(try await service.sessionLookups() == calls)
    #expect(try await client.send("/").status == .ok)
    #expect(try await service.sessionLookups() > calls)
    try await service.stop()
  }

  private static let invalidPaths = [
    "/../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/../../etc/passwd",
    "/assets/%2e%2e/Package.swift",
    "/assets/v-00/../../Package.swift", "/assets/v-00/..%2f..%2fPackage.swift", "/%00",
    "/renditions/%00/256", "/renditions/id:%ff%fe/256",
    "/%zz", "/%", "/renditions/../../256", "/originals/%2e%2e%2f", "/\u{FF}", "//", "/index.php",
    "/renditions/id:AAAAAAAAAAAAAAAAAAAAAA/nonsense",
    "/originals/" + String(repeating: "a", count: 7_000),
  ]

  @Test func `an invalid path is an error page, without a call to Dropbox`() async throws {
    let service = try await TestService.start()
    let client = service.client()
    for path in Self.invalidPaths {
      let answer = try await client.send(path)
      #expect([400, 404].contains(answer.status.code), "\(path)")
      #expect(answer.text.contains("<h1>"), "\(path)")
    }
    #expect(service.dropbox.calls.isEmpty)
    #expect(try await client.send("/healthz").status == .ok)
    try await service.stop()
  }

  @Test func `a method that a path does not allow is rejected with the allowed methods`()
    async throws
  {
    let service = try await TestService.start()
    for path in ["/", "/welcome", "/login", "/oauthredirect", "/healthz"] {
      let answer = try await service.client().send(path, method: .put)
      #expect(answer.status == .methodNotAllowed, "\(path)")
      #expect(answer.fields[.allow]?.contains("GET") == true, "\(path)")
    }
    try await service.stop()
  }

  @Test func `the state of a sign-in expires`() async throws {
    let service = try await TestService.start()
    let client = service.client()
    let callback = try client.decide(try await client.send("/login").location)
    // Redis removes the pending authorization after 600 s.
    _ = try await service.redis.command("FLUSHALL")
    let answer = try await client.send(callback)
    #expect(answer.status == .badRequest)
    #expect(answer.text.contains("href=\"/login\""))
    #expect(service.dropbox.count(of: "oauth2/token") == 0)
    try await service.stop()
  }
}
