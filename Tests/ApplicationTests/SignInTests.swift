// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import GalleryTestSupport
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@Suite
struct SignInTests {
  @Test func `a person signs in, sees the pictures and signs out`() async throws {
    let service = try await TestService.start()
    let client = service.client()
    #expect(try await client.send("/").location == service.site + "/login")
    #expect(try await client.send("/welcome").text.contains("Sign in with Dropbox"))
    let back = try await client.signIn()
    #expect(back.status == .seeOther)
    let page = try await client.send("/")
    #expect(page.status == .ok)
    #expect(page.text.contains("Harbour.jpg"))
    let path = try #require(page.text.firstMatch(of: /\/renditions\/[^"]+\/256/)).output
    let strip = try await client.send(String(path))
    #expect(strip.fields[.contentType] == "image/jpeg")
    #expect(strip.body.starts(with: [0xFF, 0xD8, 0xFF]))
    let original = try #require(page.text.firstMatch(of: /\/originals\/[^"]+/)).output
    let link = try await client.send(String(original))
    #expect(try link.location.hasPrefix(service.dropbox.origins.links))
    #expect(try await client.send("/logout", method: .post).status == .seeOther)
    #expect(service.dropbox.count(of: "auth/token/revoke") == 1)
    #expect(try await client.send("/").location == service.site + "/login")
    try await service.stop()
  }

  @Test(arguments: ["", "?code=c", "?state=&code=c", "?state=x&code=c", "?state=a&state=b&code=c"])
  func `a callback nobody began is a page and no call to Dropbox`(query: String) async throws {
    let service = try await TestService.start()
    let answer = try await service.client().send("/oauthredirect" + query)
    #expect(answer.status == .badRequest)
    #expect(answer.fields[.contentType] == "text/html; charset=utf-8")
    #expect(service.dropbox.calls.isEmpty)
    try await service.stop()
  }

  @Test func `a state works once, and in the browser that began`() async throws {
    let service = try await TestService.start()
    let client = service.client()
    let callback = try client.decide(try await client.send("/login").location)
    #expect(try await service.client().send(callback).status == .badRequest)
    let cookies = client.cookies
    #expect(try await client.send(callback).status == .seeOther)
    // The same browser, with the cookie that sign-in has taken away.
    #expect(try await client.send(callback, cookies: cookies).status == .badRequest)
    #expect(service.dropbox.count(of: "oauth2/token") == 1)
    try await service.stop()
  }

  @Test func `a picture opened while signed out is where sign-in ends, and nothing else is`()
    async throws
  {
    let service = try await TestService.start()
    let owner = service.client()
    try await owner.signIn()
    let path = try await owner.original()
    let elsewhere = "https://elsewhere.example/"
    for (target, end) in [
      ("/login" + path, path), ("/login" + path + "?return=" + elsewhere, path),
      ("/login?return=" + elsewhere, "/"),
      ("/login?next=//elsewhere.example&state=x&redirect_uri=" + elsewhere, "/"),
    ] {
      let client = service.client()
      let fields: HTTPFields = [.referer: elsewhere, .origin: elsewhere]
      let begun = try await client.send(target, fields: fields)
      let back = try await client.send(try client.decide(try begun.location))
      #expect(try back.location == service.site + end)
    }
    let fields: HTTPFields = [.referer: elsewhere]
    for query in ["", "?return=" + elsewhere] {
      let begun = try await service.client().send(path + query, fields: fields)
      #expect(try begun.location == service.site + "/login" + path)
    }
    for target in [
      "//elsewhere.example/originals/x", "/originals/https%3A%2F%2Felsewhere.example",
      "/login//elsewhere.example", "/login/originals/https%3A%2F%2Felsewhere.example",
    ] {
      #expect(try await service.client().send(target).status == .notFound)
    }
    try await service.stop()
  }

  @Test func `an outage of Redis is a page, and keeps the person signed in`() async throws {
    let service = try await TestService.start()
    let client = service.client()
    try await client.signIn()
    service.redis.pause()
    let answer = try await client.send("/")
    #expect(answer.status == .serviceUnavailable)
    #expect(answer.fields[.retryAfter] == "2")
    #expect(answer.fields[.setCookie] == nil)
    #expect(try await client.send("/healthz").status == .ok)
    service.redis.resume()
    try await service.stop()
  }
}
