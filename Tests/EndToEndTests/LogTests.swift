// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

/// What the log holds, and what it must never hold.
@Suite(.serialized)
struct LogTests {
  /// Everything that a person's journey has and nobody else may know.
  private struct Secrets {
    var all: [String] = []

    mutating func add(_ name: String, _ value: String?) throws {
      let value = try #require(value, "\(name)")
      try #require(value.utf8.count > 6, "\(name): \(value)")
      all.append(value)
    }

    /// Its parameters, as they stand there and decoded.
    mutating func add(query url: String, _ names: String...) throws {
      let items = URLComponents(string: url)?.queryItems ?? []
      for name in names { try add(name, items.first { $0.name == name }?.value) }
    }
  }

  @Test(arguments: ["json", "logfmt"])
  func `a whole journey and what strangers send leave no secret in the log`(
    format: String
  ) async throws {
    let installation = try await Installation.start(
      pictures: ["Confidential.jpg"],
      settings: ["LOG_FORMAT": format, "LOG_LEVEL": "trace", "SLOW_REQUEST_MS": "1"])
    var secrets = Secrets(all: ["standin-app-secret", String(repeating: "s", count: 40), "sl.u."])
    let visitor = installation.visitor()
    try await signIn(visitor, &secrets)
    try await look(visitor, &secrets, installation)
    try await strangers(visitor, &secrets, installation)
    try secrets.add("cookie", visitor.cookie("session"))
    try await visitor.send("/logout", method: .post)
    // What is logged last is written last.
    _ = try await installation.logLine(containing: "/logout")
    let log = installation.log
    for secret in secrets.all + ["Confidential", "Ana", "Authorization", "Bearer"] {
      #expect(!log.contains(secret), "the log holds \(secret)")
      // A cookie's parts are secrets of their own.
      for part in secret.split(separator: ".") where part.utf8.count > 12 {
        #expect(!log.contains(part), "the log holds \(part)")
      }
    }
    try check(log, format)
    try await installation.stop()
  }

  private func signIn(_ visitor: Visitor, _ secrets: inout Secrets) async throws {
    let authorize = try await visitor.send("/login").location
    try secrets.add(query: authorize, "state", "code_challenge")
    try secrets.add("login cookie", visitor.cookie("login"))
    let callback = try visitor.decide(authorize)
    try secrets.add(query: callback, "code")
    #expect(try await visitor.send(callback).status == .seeOther)
    // Used again, and with what is not right: each is an error with a cause.
    #expect(try await visitor.send(callback).status == .badRequest)
    #expect(try await visitor.send(callback + "&code=second-code-value").status == .badRequest)
    secrets.all.append("second-code-value")
  }

  private func look(
    _ visitor: Visitor, _ secrets: inout Secrets, _ installation: Installation
  ) async throws {
    let page = try await visitor.json("/")
    let picture = try #require(page["pictures"]?.array.first)
    for name in ["image256", "image1024", "details", "original", "download", "path"] {
      let path = try #require(picture[name]?.string)
      let answer = try await visitor.send(path)
      #expect([.ok, .found].contains(answer.status), "\(path)")
      if name == "original" { try secrets.add("link", answer.location) }
      // The id of the picture.
      try secrets.add("id", path.split(separator: "/").dropFirst().first.map(String.init))
    }
    // An error whose text Dropbox chose, and one that Redis is the reason of.
    installation.dropbox.inject(
      .status(400, body: "no good\nlevel=error msg=forged\u{1B}[31m"), into: "files/list_folder")
    #expect(try await visitor.send("/albums/AAAAAAAAAAAAAAAAAAAAAA").status == .badGateway)
    try await installation.redis.kill()
    #expect(try await visitor.send("/").status == .serviceUnavailable)
    try await installation.redis.start()
  }

  private func strangers(
    _ visitor: Visitor, _ secrets: inout Secrets, _ installation: Installation
  ) async throws {
    let evil = "evil-text-of-a-stranger"
    secrets.all.append(evil)
    for target in [
      "/\(evil)", "/?\(evil)=\(evil)", "/albums/\(evil)",
      "/oauthredirect?state=\(evil)&code=\(evil)",
      "/oauthredirect?error=\(evil)", "/%0Alevel=error%20msg=\(evil)", "/welcome?\(evil)%1B%5B31m",
      "/login?next=\(evil)", "/%00\(evil)", "/renditions/\(evil)/\(evil)/256",
    ] {
      let fields: HTTPFields = [
        .userAgent: "\(evil)\u{9}", .referer: "http://\(evil)/", .acceptLanguage: evil,
        .cookie: "session=\(evil); login=\(evil)", .range: evil,
      ]
      _ = try await visitor.send(target, fields: fields, cookies: "session=\(evil).\(evil).x")
    }
    let method = try #require(HTTPRequest.Method("EVIL-TEXT-OF-A-STRANGER"))
    secrets.all.append(method.rawValue)
    _ = try await visitor.send("/", method: method)
    // Around the web server: whatever FastCGI can carry.
    let socket = try installation.anySocket()
    for (name, value) in [
      ("REQUEST_ID", "\(evil)\nlevel=error"), ("HTTP_\(evil)", "\u{1}\n"),
      ("CONTENT_LENGTH", evil), ("REQUEST_METHOD", "\(evil)\n"), ("REQUEST_URI", "\n\(evil)"),
      ("HTTP_COOKIE", "\(evil)\n"), ("HTTP_AUTHORIZATION", "Bearer \(evil)"),
    ] {
      var environment = [
        "GATEWAY_INTERFACE": "CGI/1.1", "REQUEST_METHOD": "GET", "REQUEST_URI": "/welcome",
      ]
      environment[name] = value
      _ = try await ChildProcess.run(
        "cgi-fcgi", ["-bind", "-connect", socket], environment: environment)
    }
  }

  /// Each line is one of ours, whole, and of the form that was asked for.
  private func check(_ log: String, _ format: String) throws {
    let lines = log.split(separator: "\n", omittingEmptySubsequences: true)
    #expect(
      log.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
    #expect(lines.count { $0.contains("slow request") } > 3)
    #expect(lines.count { $0.contains("/oauthredirect") } > 3)
    let documented = try String(contentsOfFile: Project.seeingPage, encoding: .utf8)
    for line in lines {
      if format == "json" {
        let fields = try JSONDecoder().decode([String: JSONValue].self, from: Data(line.utf8))
        #expect(fields["time"]?.string != nil && fields["level"]?.string != nil)
        #expect(fields.keys.allSatisfy { documented.contains("`\($0)`") }, "\(line)")
        if fields["msg"]?.string == "request" {
          let isNumbered = ["status", "ms", "bytes"].allSatisfy { fields[$0]?.number != nil }
          #expect(isNumbered && fields["id"]?.string != nil, "\(line)")
        }
      } else {
        #expect(line.hasPrefix("time=2") && line.contains(" level=") && line.contains(" msg="))
      }
    }
    let signedIn = lines.filter { $0.contains("/renditions/{id}/{rev}/256") }
    #expect(signedIn.contains { $0.contains("account") && $0.contains("redis_ms") })
    #expect(lines.contains { $0.contains("cause") && $0.contains("Redis") })
    #expect(lines.contains { $0.contains("cause") && $0.contains("400: no good") })
  }
}
