// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

@Suite(.serialized)
struct SignInTests {
  @Test func `a person signs in, sees the pictures and signs out`() async throws {
    let installation = try await Installation.start()
    let visitor = installation.visitor()
    #expect(try await visitor.send("/").location == installation.site + "/login")
    #expect(try await visitor.send("/welcome").text.contains("Sign in with Dropbox"))
    let back = try await visitor.signIn()
    #expect(back.status == .seeOther)
    let page = try await visitor.send("/")
    #expect(page.status == .ok)
    #expect(page.text.contains("Harbour.jpg"))
    let path = try #require(page.text.firstMatch(of: /\/renditions\/[^"]+\/strip/)).output
    let strip = try await visitor.send(String(path))
    #expect(strip.fields[.contentType] == "image/jpeg")
    #expect(strip.body.starts(with: [0xFF, 0xD8, 0xFF]))
    let original = try #require(page.text.firstMatch(of: /\/originals\/[^"]+/)).output
    let link = try await visitor.send(String(original))
    #expect(try link.location.hasPrefix(installation.dropbox.origins.links))
    #expect(try await visitor.send("/logout", method: .post).status == .seeOther)
    #expect(installation.dropbox.count(of: "auth/token/revoke") == 1)
    #expect(try await visitor.send("/").location == installation.site + "/login")
    try await installation.stop()
  }

  @Test(arguments: ["", "?code=c", "?state=&code=c", "?state=x&code=c", "?state=a&state=b&code=c"])
  func `a callback nobody began is a page and no call to Dropbox`(query: String) async throws {
    let installation = try await Installation.start()
    let answer = try await installation.visitor().send("/oauthredirect" + query)
    #expect(answer.status == .badRequest)
    #expect(answer.fields[.contentType] == "text/html; charset=utf-8")
    #expect(installation.dropbox.calls.isEmpty)
    try await installation.stop()
  }

  @Test func `a state works once, and in the browser that began`() async throws {
    let installation = try await Installation.start()
    let visitor = installation.visitor()
    let callback = try visitor.decide(try await visitor.send("/login").location)
    #expect(try await installation.visitor().send(callback).status == .badRequest)
    let cookies = visitor.cookies
    #expect(try await visitor.send(callback).status == .seeOther)
    // The same browser, with the cookie that sign-in has taken away.
    #expect(try await visitor.send(callback, cookies: cookies).status == .badRequest)
    #expect(installation.dropbox.count(of: "oauth2/token") == 1)
    try await installation.stop()
  }

  @Test func `a picture opened while signed out is where sign-in ends, and nothing else is`()
    async throws
  {
    let installation = try await Installation.start()
    let owner = installation.visitor()
    try await owner.signIn()
    let path = try await owner.original()
    let elsewhere = "https://elsewhere.example/"
    for (target, end) in [
      ("/login" + path, path), ("/login" + path + "?return=" + elsewhere, path),
      ("/login?return=" + elsewhere, "/"),
      ("/login?next=//elsewhere.example&state=x&redirect_uri=" + elsewhere, "/"),
    ] {
      let visitor = installation.visitor()
      let fields: HTTPFields = [.referer: elsewhere, .origin: elsewhere]
      let begun = try await visitor.send(target, fields: fields)
      let back = try await visitor.send(try visitor.decide(try begun.location))
      #expect(try back.location == installation.site + end)
    }
    let fields: HTTPFields = [.referer: elsewhere]
    for query in ["", "?return=" + elsewhere] {
      let begun = try await installation.visitor().send(path + query, fields: fields)
      #expect(try begun.location == installation.site + "/login" + path)
    }
    for target in [
      "//elsewhere.example/originals/x", "/originals/https%3A%2F%2Felsewhere.example",
      "/login//elsewhere.example", "/login/originals/https%3A%2F%2Felsewhere.example",
    ] {
      #expect(try await installation.visitor().send(target).status == .notFound)
    }
    try await installation.stop()
  }

  @Test func `an outage of Redis is a page, and keeps the person signed in`() async throws {
    let installation = try await Installation.start()
    let visitor = installation.visitor()
    try await visitor.signIn()
    installation.redis.pause()
    let answer = try await visitor.send("/")
    #expect(answer.status == .serviceUnavailable)
    #expect(answer.fields[.retryAfter] == "2")
    #expect(answer.fields[.setCookie] == nil)
    #expect(try await visitor.send("/healthz").status == .ok)
    installation.redis.resume()
    try await installation.stop()
  }
}
