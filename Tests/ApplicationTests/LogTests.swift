// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import Gallery
import GalleryTestSupport
import HTTPClient
import HTTPTypes
import LogOutput
import Logging
import TestSupport
import Testing

/// The log as the service writes it, in both formats.
@Suite
struct LogTests {
  /// What operators read about the log.
  private static let documentation =
    TestService.root + "/Sources/Gallery/Gallery.docc/Operating/Seeing.md"

  /// What a session contains that must not be in the log.
  private struct Secrets {
    var all: [String] = []

    mutating func add(_ name: String, _ value: String?) throws {
      let value = try #require(value, "\(name)")
      try #require(value.utf8.count > 6, "\(name): \(value)")
      all.append(value)
    }

    /// Adds the values of these query parameters.
    mutating func add(query url: String, _ names: String...) throws {
      let items = URLComponents(string: url)?.queryItems ?? []
      for name in names { try add(name, items.first { $0.name == name }?.value) }
    }
  }

  @Test(arguments: LogFormat.allCases)
  func `a whole visit and hostile requests leave no secret in the log`(
    format: LogFormat
  ) async throws {
    let logFile = try LogFile(format)
    var observing = Observing()
    observing.slowLimit = .milliseconds(1)
    let service = try await TestService.start(
      pictures: ["Confidential.jpg"], observing: observing, logger: logFile.logger)
    var secrets = Secrets(all: ["standin-app-secret", String(repeating: "s", count: 40), "sl.u."])
    let client = service.client()
    try await signIn(client, &secrets)
    try await view(client, &secrets, service)
    try await sendHostileRequests(client, &secrets)
    try secrets.add("cookie", client.cookie("session"))
    try await client.send("/logout", method: .post)
    let log = try await logFile.text()
    for secret in secrets.all + ["Confidential", "Ana", "Authorization", "Bearer"] {
      #expect(!log.contains(secret), "the log holds \(secret)")
      // A cookie's parts are secrets of their own.
      for part in secret.split(separator: ".") where part.utf8.count > 12 {
        #expect(!log.contains(part), "the log holds \(part)")
      }
    }
    #expect(log.contains("/logout"))
    try check(log, format)
    try await service.stop()
  }

  private func signIn(_ client: TestClient, _ secrets: inout Secrets) async throws {
    let authorize = try await client.send("/login").location
    try secrets.add(query: authorize, "state", "code_challenge")
    try secrets.add("login cookie", client.cookie("login"))
    let callback = try client.decide(authorize)
    try secrets.add(query: callback, "code")
    #expect(try await client.send(callback).status == .seeOther)
    // A used state and a repeated parameter are errors with a cause.
    #expect(try await client.send(callback).status == .badRequest)
    #expect(try await client.send(callback + "&code=second-code-value").status == .badRequest)
    secrets.all.append("second-code-value")
  }

  private func view(
    _ client: TestClient, _ secrets: inout Secrets, _ service: TestService
  ) async throws {
    let page = try await client.json("/")
    let picture = try #require(page["pictures"]?.array.first)
    for name in ["image256", "image1024", "details", "original", "download", "path"] {
      let path = try #require(picture[name]?.string)
      let answer = try await client.send(path)
      #expect([.ok, .found].contains(answer.status), "\(path)")
      if name == "original" { try secrets.add("link", answer.location) }
      // The id of the photo.
      try secrets.add("id", path.split(separator: "/").dropFirst().first.map(String.init))
    }
    // Dropbox chooses the text of the first error; a Redis outage causes the second.
    service.dropbox.inject(
      .status(400, body: "no good\nlevel=error msg=forged\u{1B}[31m"), into: "files/list_folder")
    #expect(try await client.send("/albums/AAAAAAAAAAAAAAAAAAAAAA").status == .badGateway)
    try await service.redis.kill()
    #expect(try await client.send("/").status == .serviceUnavailable)
    try await service.redis.start()
  }

  private func sendHostileRequests(
    _ client: TestClient, _ secrets: inout Secrets
  ) async throws {
    let hostile = "hostile-text-of-a-client"
    secrets.all.append(hostile)
    for target in [
      "/\(hostile)", "/?\(hostile)=\(hostile)", "/albums/\(hostile)",
      "/oauthredirect?state=\(hostile)&code=\(hostile)",
      "/oauthredirect?error=\(hostile)", "/%0Alevel=error%20msg=\(hostile)",
      "/welcome?\(hostile)%1B%5B31m",
      "/login?next=\(hostile)", "/%00\(hostile)", "/renditions/\(hostile)/\(hostile)/256",
    ] {
      let fields: HTTPFields = [
        .userAgent: "\(hostile)\u{9}", .referer: "http://\(hostile)/", .acceptLanguage: hostile,
        .cookie: "session=\(hostile); login=\(hostile)", .range: hostile,
      ]
      _ = try await client.send(target, fields: fields, cookies: "session=\(hostile).\(hostile).x")
    }
    let method = try #require(HTTPRequest.Method("HOSTILE-TEXT-OF-A-CLIENT"))
    secrets.all.append(method.rawValue)
    _ = try await client.send("/", method: method)
  }

  /// Each line is a complete entry in this format, and its fields are documented.
  private func check(_ log: String, _ format: LogFormat) throws {
    let lines = log.split(separator: "\n", omittingEmptySubsequences: true)
    #expect(
      log.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
    #expect(lines.count { $0.contains("slow request") } > 3)
    #expect(lines.count { $0.contains("/oauthredirect") } > 3)
    let documented = try String(contentsOfFile: Self.documentation, encoding: .utf8)
    for line in lines {
      if format == .json {
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
