// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation
import Testing

@testable import DropboxStandIn

struct AuthorizePageTests {
  private static let redirectURI = "http://localhost:3000/oauthredirect"
  private static let verifier = String(repeating: "v", count: 43)
  private static let challenge = RandomText.base64URL(SHA256.hash(data: Data(verifier.utf8)))

  private let bench: Bench

  init() {
    var options = StandIn.Options(redirectURIs: [Self.redirectURI])
    options.appName = #"A <b>"&'"#
    bench = Bench(options)
  }

  /// A good request with some parameters changed; an empty value takes one away.
  private func query(_ changes: [String: String] = [:]) -> String {
    var query = [
      "client_id": "standin-app-key", "response_type": "code", "redirect_uri": Self.redirectURI,
      "state": "s&t", "token_access_type": "offline", "scope": "files.metadata.read",
      "code_challenge": Self.challenge, "code_challenge_method": "S256",
    ]
    for (name, value) in changes { query[name] = value.isEmpty ? nil : value }
    return query.map { "\($0.key)=\(FormPairs.encoded($0.value))" }.joined(separator: "&")
  }

  private func code(_ changes: [String: String] = [:]) throws -> String {
    let location = try #require(bench.authorize(query(changes)).field("Location"))
    return try #require(FormPairs(parsing: String(location.split(separator: "?")[1]))["code"])
  }

  @Test func `Allow leads back with a code and the state`() throws {
    let answer = bench.authorize(query())
    #expect(answer.status == 302)
    let location = try #require(answer.field("Location"))
    #expect(location.hasPrefix(Self.redirectURI + "?code="))
    #expect(location.hasSuffix("&state=s%26t"))
    #expect(answer.field("Cache-Control") == "no-store")
  }

  @Test(arguments: [(nil, Person.ana), ("ana", .ana), ("ben", .ben)])
  func `where there are two people, the tokens are of the one who allowed it`(
    name: String?, person: Person
  ) throws {
    var options = StandIn.Options(redirectURIs: [Self.redirectURI])
    options.photosOfBen = "/nowhere"
    let bench = Bench(options)
    let page = bench.authorize(query(), method: "GET", form: "").text
    #expect(page.contains(#"<option value="ben">Ben Oduya</option>"#))
    let answer = bench.authorize(
      query(), form: "decision=allow" + (name.map { "&person=" + $0 } ?? ""))
    let location = try #require(answer.field("Location"))
    let code = try #require(FormPairs(parsing: String(location.split(separator: "?")[1]))["code"])
    let token = bench.exchange(
      "grant_type=authorization_code&client_id=standin-app-key&code=\(FormPairs.encoded(code))"
        + "&code_verifier=\(Self.verifier)&redirect_uri=\(FormPairs.encoded(Self.redirectURI))")
    #expect(token.text.contains(person.accountID))
    #expect(bench.authorize(query(), form: "decision=allow&person=eve").status == 400)
  }

  @Test func `who has no folder is not asked about`() {
    #expect(!bench.authorize(query(), method: "GET", form: "").text.contains("Ben"))
    #expect(bench.authorize(query(), form: "decision=allow&person=ben").status == 400)
  }

  @Test func `looking at the page decides nothing, and its texts are escaped`() {
    for method in ["GET", "HEAD"] {
      let answer = bench.authorize(query(), method: method, form: "")
      #expect(answer.status == 200)
      #expect(answer.field("Location") == nil)
      #expect(answer.text.contains("A &lt;b&gt;&quot;&amp;&#39;"))
      #expect(!answer.text.contains("<b>"))
    }
  }

  @Test(arguments: [
    ["redirect_uri": ""], ["redirect_uri": redirectURI + "/"], ["redirect_uri": redirectURI + "?"],
    ["redirect_uri": "HTTP://localhost:3000/oauthredirect"],
    ["redirect_uri": "http://localhost:3000/OAuthRedirect"],
    ["redirect_uri": "http://localhost:3001/oauthredirect"],
    ["redirect_uri": "http://localhost:3000/oauthredirect@evil.example"],
    ["redirect_uri": "javascript:alert(1)"], ["client_id": ""], ["client_id": "other"],
    ["state": String(repeating: "s", count: 501)],
  ])
  func `who cannot be trusted gets a page, and no way on`(changes: [String: String]) {
    for method in ["GET", "POST"] {
      let answer = bench.authorize(query(changes), method: method)
      #expect(answer.status == 400)
      #expect(answer.field("Location") == nil)
      #expect(answer.field("Content-Type") == "text/html; charset=utf-8")
    }
  }

  @Test func `a parameter that stands there twice is refused`() {
    let answer = bench.authorize(query() + "&redirect_uri=http%3A%2F%2Fevil.example")
    #expect(answer.status == 400)
    #expect(answer.field("Location") == nil)
  }

  @Test(arguments: [
    (["response_type": ""], "unsupported_response_type"),
    (["response_type": "token"], "unsupported_response_type"),
    (["code_challenge": ""], "invalid_request"), (["code_challenge_method": ""], "invalid_request"),
    (["code_challenge_method": "plain"], "invalid_request"),
    (["code_challenge": "short"], "invalid_request"),
    (["code_challenge": String(repeating: "*", count: 43)], "invalid_request"),
    (["code_challenge": challenge + "A"], "invalid_request"),
    (["token_access_type": "legacy"], "invalid_request"),
    (["scope": "files.content.write"], "invalid_scope"),
  ])
  func `a request that is wrong leads back with an error`(
    changes: [String: String], error: String
  ) throws {
    for method in ["GET", "POST"] {
      let location = try #require(
        bench.authorize(query(changes), method: method).field("Location"))
      #expect(location.hasPrefix("\(Self.redirectURI)?error=\(error)&error_description="))
      #expect(location.hasSuffix("&state=s%26t"))
    }
  }

  @Test func `a form that says neither, and another method, decide nothing`() {
    for form in ["", "decision=", "decision=maybe", "decision=allow&decision=allow"] {
      #expect(bench.authorize(query(), form: form).status == 400)
    }
    #expect(bench.authorize(query(), method: "DELETE").status == 405)
  }

  @Test func `without PKCE a code is good only with the secret`() throws {
    let none = ["code_challenge": "", "code_challenge_method": ""]
    let form =
      "grant_type=authorization_code&client_id=standin-app-key"
      + "&redirect_uri=\(Self.redirectURI)"
    for (code, rest, status, error) in [
      (try code(none), "", 400, "invalid_client: Invalid client_id or client_secret"),
      (try code(none), "&code_verifier=\(Self.verifier)", 400, "invalid_grant"),
      (try code(none), "&client_secret=standin-app-secret", 200, nil),
      (try code(), "&client_secret=standin-app-secret", 400, "invalid_grant"),
      (try code(), "&code_verifier=\(Self.verifier)x", 400, "invalid_grant"),
      (try code(), "&code_verifier=v", 400, "invalid_grant"),
      (try code(), "&code_verifier=\(Self.verifier)", 200, nil),
    ] {
      let answer = bench.exchange("\(form)&code=\(code)\(rest)")
      #expect(answer.status == status, "\(rest)")
      #expect(try answer.json["error"]?.string == error, "\(rest)")
    }
  }

  @Test func `a code works once, whatever came of it`() throws {
    let code = try code()
    let form =
      "grant_type=authorization_code&client_id=standin-app-key&redirect_uri=\(Self.redirectURI)"
      + "&code=\(code)&code_verifier="
    #expect(bench.exchange(form + "wrong").status == 400)
    #expect(bench.exchange(form + Self.verifier).status == 400)
  }
}
