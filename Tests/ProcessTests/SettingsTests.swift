// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import EndToEndSupport

@Suite(.serialized)
struct SettingsTests {
  private static let complete = [
    "DBX_APP_KEY": "key", "DBX_APP_SECRET": "top-secret-value",
    "OAUTH_REDIRECT_URL": "https://photos.example/oauthredirect",
    "SESSION_ID_SECRET": String(repeating: "top-secret-value", count: 3),
    "VIEWS": Project.root + "/views", "FCGI_SOCKET": "/nowhere/fcgi.sock",
  ]

  @Test(arguments: [
    "DBX_APP_KEY", "DBX_APP_SECRET", "OAUTH_REDIRECT_URL", "SESSION_ID_SECRET",
  ])
  func `a missing setting stops the start in one line`(name: String) async throws {
    try await expectRefusal(of: name, value: "")
  }

  @Test(arguments: [
    ("DBX_APP_KEY", "wrong value"), ("OAUTH_REDIRECT_URL", "wrong-value"),
    ("OAUTH_REDIRECT_URL", "http://photos.example/wrong-value"),
    ("SESSION_ID_SECRET", "wrong-value"),
    ("SESSION_ID_SECRET", String(repeating: "s", count: 32) + ",wrong-value"),
    ("REDIS_URL", "wrong-value"), ("REDIS_URL", "redis://:wrong-value@host:99999"),
    ("REDIS_URL", "http://wrong-value"), ("REDIS_URL", "redis+sentinel://wrong-value"),
    ("REDIS_URL", "redis+sentinel://h/m?db=1&db=wrong-value"),
    ("REDIS_URL", "redis+unix://wrong-value/s"), ("REDIS_URL", "rediss://:wrong-value@h/x"),
    ("REDIS_CA", "wrong-value"), ("REDIS_KEY", "wrong-value"), ("REDIS_CERT", "wrong-value"),
    ("REDIS_CA_FILE", "/wrong-value"),
    ("DBX_API_DOMAIN", "http://wrong-value.example"),
    ("DBX_CONTENT_DOMAIN", "wrong-value"), ("DBX_OAUTH_DOMAIN", "https://wrong-value/path"),
    ("APP_ENV", "wrong-value"), ("FCGI_MAX_IN_FLIGHT", "wrong-value"),
    ("FCGI_MAX_IN_FLIGHT", "0"), ("FCGI_MAX_IN_FLIGHT", "99999999999999999999"),
    ("DBX_APP_SECRET_FILE", "/wrong-value"), ("DBX_APP_FOLDER", "Apps/wrong-value"),
    ("DBX_APP_FOLDER", ".."), ("LOG_FORMAT", "wrong-value"), ("LOG_LEVEL", "wrong-value"),
    ("METRICS_LISTEN", "wrong-value"), ("METRICS_LISTEN", "192.0.2.1:9100"),
    ("METRICS_LISTEN", "0.0.0.0:9100"), ("METRICS_LISTEN", "[::]:9100"),
    ("METRICS_ALLOW_REMOTE", "wrong-value"), ("SLOW_REQUEST_MS", "wrong-value"),
    ("SLOW_REQUEST_MS", "0"), ("REQUEST_ID_HEADER", "wrong value"),
    ("REQUEST_ID_HEADER", "Cookie"),
  ])
  func `a malformed setting stops the start in one line, and is not repeated`(
    name: String, value: String
  ) async throws {
    try await expectRefusal(of: name, value: value)
  }

  private static let certificate = "-----BEGIN CERTIFICATE-----\nwrong-value\n"

  /// Settings that are right by themselves and contradict each other; the one that is named.
  @Test(arguments: [
    (["REDIS_CA": certificate], "REDIS_CA: is set, and REDIS_URL speaks no TLS"),
    (
      ["REDIS_CA": certificate, "REDIS_URL": "redis+unix:///s"],
      "REDIS_CA: is set, and REDIS_URL speaks no TLS"
    ),
    (
      ["REDIS_CERT": certificate, "REDIS_URL": "rediss://h"],
      "REDIS_CERT: is set, and REDIS_KEY is not"
    ),
    (
      ["REDIS_KEY": "-----BEGIN PRIVATE KEY-----\nwrong-value\n", "REDIS_URL": "rediss://h"],
      "REDIS_KEY: is set, and REDIS_CERT is not"
    ),
    (
      ["REDIS_CA": "wrong-value", "REDIS_URL": "rediss://h"],
      "REDIS_CA: holds no certificate in PEM"
    ),
    (
      ["REDIS_URL": "rediss://h", "REDIS_URL_FILE": "/wrong-value"],
      "REDIS_URL: is set, and REDIS_URL_FILE too"
    ),
  ])
  func `settings that contradict each other stop the start in one line`(
    changes: [String: String], words: String
  ) async throws {
    let text = try await start(changes).errorText
    #expect(text.hasPrefix("dropbox-gallery: \(words)"), "\(text)")
    #expect(text.split(separator: "\n").count == 1 && !text.contains("wrong-value"), "\(text)")
  }

  @Test(arguments: [("VIEWS", "/nowhere"), ("FCGI_SOCKET", "/nowhere/fcgi.sock")])
  func `what cannot be opened stops the start in one line`(
    name: String, value: String
  ) async throws {
    let outcome = try await start([name: value])
    #expect(outcome.exit == .status(1))
    #expect(outcome.errorText.split(separator: "\n").count == 1, "\(outcome.errorText)")
  }

  @Test func `an address for metrics that cannot be had stops the start`() async throws {
    let folder = try TemporaryFolder()
    let changes = [
      "FCGI_SOCKET": folder.path(of: "fcgi.sock"), "METRICS_LISTEN": "/nowhere/metrics.sock",
    ]
    let outcome = try await start(changes)
    #expect(outcome.exit == .status(1))
    #expect(outcome.errorText.hasPrefix("dropbox-gallery: METRICS_LISTEN: cannot be opened: "))
    #expect(outcome.errorText.split(separator: "\n").count == 1, "\(outcome.errorText)")
  }

  @Test func `words that do not fit stop the start in one line`() async throws {
    let folder = try TemporaryFolder()
    let views = folder.path(of: "views")
    try FileManager.default.copyItem(atPath: Project.root + "/views", toPath: views)
    try folder.write("{\"tryAgain\": \"Noch einmal\"}", to: "views/words/de.json")
    let outcome = try await start(["VIEWS": views])
    #expect(outcome.exit == .status(1))
    #expect(outcome.errorText.hasPrefix("dropbox-gallery: the words do not fit: words/de.json: "))
    #expect(outcome.errorText.split(separator: "\n").count == 1, "\(outcome.errorText)")
  }

  private func expectRefusal(of name: String, value: String) async throws {
    let outcome = try await start([name: value])
    #expect(outcome.exit == .status(1))
    let text = outcome.errorText
    #expect(text.hasPrefix("dropbox-gallery: \(name)"), "\(text)")
    #expect(text.split(separator: "\n").count == 1, "\(text)")
    #expect(!text.contains("wrong-value") && !text.contains("top-secret"), "\(text)")
    #expect(outcome.text.isEmpty)
  }

  private func start(_ changes: [String: String]) async throws -> ChildProcess.Outcome {
    let folder = try TemporaryFolder()
    var environment = Self.complete.merging(changes) { $1 }
    if changes["DBX_APP_SECRET_FILE"] != nil { environment["DBX_APP_SECRET"] = "" }
    return try await ChildProcess.run(
      Project.program, environment: environment, folder: folder.path)
  }
}
