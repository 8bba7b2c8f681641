// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTPClient
import HTTPTypes
import Testing

@testable import GalleryTestSupport

/// The Observatory's own examples, that a score of ours means what it means there.
@Suite
struct ObservatoryTests {
  private static let good =
    "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

  private func points(_ name: String, _ fields: [(String, String)], body: String = "") -> Int? {
    var all = HTTPFields()
    for (name, value) in fields {
      if let name = HTTPField.Name(name) { all.append(HTTPField(name: name, value: value)) }
    }
    return Observatory(answer: Answer(status: .ok, fields: all, body: Array(body.utf8))).points[
      name]
  }

  @Test(
    arguments: [
      (good, 10), ("default-src 'self'", 5), ("default-src 'none'; style-src 'unsafe-inline'", 0),
      ("default-src 'none'; script-src 'unsafe-inline'", -20), ("script-src 'self'", -20),
      ("default-src 'none'; script-src https:", -20), ("default-src 'none'; script-src data:", -20),
      ("default-src 'none'; connect-src http://a.example", -20),
      ("default-src 'none'; img-src http://a.example", -10),
      ("default-src 'none'; script-src 'unsafe-eval'", -10),
      ("default-src 'none'; default-src 'self'", -25), ("x", -25), ("", -25),
    ] as [(String, Int)])
  func `a policy has its points`(policy: String, points expected: Int) {
    let fields = policy.isEmpty ? [] : [("Content-Security-Policy", policy)]
    #expect(points("content-security-policy", fields) == expected)
  }

  @Test(
    arguments: [
      ("Strict-Transport-Security", "max-age=63072000", 0),
      ("Strict-Transport-Security", "max-age=1", -10),
      ("Strict-Transport-Security", "preload", -20),
      ("Strict-Transport-Security", "max-age=9,max-age=9", -20),
      ("Referrer-Policy", "no-referrer", 5), ("Referrer-Policy", "unsafe-url", -5),
      ("Referrer-Policy", "nonsense", -5), ("X-Content-Type-Options", "nosniff", 0),
      ("X-Content-Type-Options", "no", -5), ("X-Frame-Options", "DENY", 5),
      ("X-Frame-Options", "x", -20),
      ("Cross-Origin-Opener-Policy", "same-origin", 10), ("Cross-Origin-Opener-Policy", "x", -5),
      ("Cross-Origin-Embedder-Policy", "require-corp", 10),
      ("Cross-Origin-Embedder-Policy", "unsafe-none", 0),
      ("Cross-Origin-Resource-Policy", "same-origin", 10),
      ("Cross-Origin-Resource-Policy", "same-origin, same-origin", -5),
    ] as [(String, String, Int)])
  func `a field has its points`(field: String, value: String, points expected: Int) {
    #expect(points(field.lowercased(), [(field, value)]) == expected)
  }

  @Test(
    arguments: [
      ("a=1; Secure; SameSite=Lax", 5), ("a=1; Secure", 0), ("a=1; SameSite=Lax", -20),
      ("session=1; Secure; SameSite=Lax", -30), ("session=1; HttpOnly; SameSite=Lax", -40),
      ("__Host-login=1; Secure; HttpOnly; SameSite=Lax", 5), ("a=1; Secure; SameSite=Never", -20),
    ] as [(String, Int)])
  func `a cookie has its points`(cookie: String, points expected: Int) {
    let scan = Observatory(
      answer: Answer(status: .ok), cookies: ["b=1; Secure; SameSite=Strict", cookie])
    #expect(scan.points["cookies"] == expected)
  }

  @Test(
    arguments: [
      ([], 0), (["http://a.example/", "https://a.example/"], 0), (["http://a.example/"], -20),
      (["http://a.example/", "https://b.example/"], -5),
      (["http://a.example/", "http://b.example/", "https://b.example/"], -10),
    ] as [([String], Int)])
  func `a way from plain http has its points`(route: [String], points expected: Int) {
    #expect(
      Observatory(answer: Answer(status: .ok), plainRoute: route).points["redirection"] == expected)
  }

  @Test(
    arguments: [
      ("", 0), (#"<script src="/a.js"></script>"#, 0),
      (#"<script src="/a.js" integrity="sha256-x"></script>"#, 5),
      (#"<script src="https://b.example/a.js"></script>"#, -5),
    ] as [(String, Int)])
  func `scripts have their points`(page: String, points expected: Int) {
    let fields = [("Content-Type", "text/html; charset=utf-8")]
    #expect(points("subresource-integrity", fields, body: page) == expected)
  }

  @Test func `without anything it is a D, and what is added does not make up for what is missing`()
  {
    let nothing = Observatory(answer: Answer(status: .ok))
    #expect(nothing.score == 30)
    #expect(nothing.grade == "D")
    var some = Answer(status: .ok, fields: [.contentSecurityPolicy: Self.good])
    some.fields[.xContentTypeOptions] = "nosniff"
    #expect(Observatory(answer: some).score == 80)
    some.fields[.strictTransportSecurity] = "max-age=63072000"
    let scan = Observatory(answer: some)
    #expect(scan.score == 115)
    #expect(scan.grade == "A+")
  }
}
