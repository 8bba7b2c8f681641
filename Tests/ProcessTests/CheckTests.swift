// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import Glibc
import TestSupport
import Testing

@testable import EndToEndSupport

/// `dropbox-gallery check`: a line for each thing, and a status for scripts.
@Suite(.serialized)
struct CheckTests {
  @Test func `of an installation that works every line is ok, and nothing is left in Redis`()
    async throws
  {
    let installation = try await Installation.start(.nginxKept)
    let outcome = try await Program.run("check", settings: installation.settings)
    #expect(outcome.exit == .status(0), "\(outcome.text)")
    for subject in ["views", "public", "redis", "site", installation.dropbox.origins.api] {
      #expect(outcome.finding(subject)?.hasPrefix("ok       ") == true, "\(outcome.text)")
    }
    #expect(outcome.finding("settings")?.hasPrefix("warning  ") == true, "development")
    #expect(try await installation.redis.command("DBSIZE") == "0")
    #expect(!outcome.text.contains("standin-app-secret") && outcome.errorText.isEmpty)
    try await installation.stop()
  }

  @Test func `each thing that is not there is a failure with something to do`() async throws {
    let outcome = try await Program.run("check")
    #expect(outcome.exit == .status(1))
    let redis = outcome.finding("redis")
    #expect(redis?.hasPrefix("failure  redis: redis://127.0.0.1:1/0: ") == true)
    #expect(redis?.contains("Connection refused.") == true)
    #expect(redis?.contains(" To do: start Redis there, or let REDIS_URL") == true)
    #expect(outcome.finding("http://127.0.0.1:1")?.contains("no connection: ") == true)
    #expect(outcome.finding("site")?.hasPrefix("warning  ") == true)
    for line in outcome.lines where !line.hasPrefix("ok ") {
      #expect(line.contains(" To do: "), "\(line)")
    }
    #expect(!outcome.text.contains("top-secret"))
  }

  @Test func `a broken file of settings is named with the line`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("APP_ENV=production\nDBX_APP_SECRET=\"top-secret\n", to: ".env")
    let outcome = try await ChildProcess.run(
      Project.program, ["check"], environment: Program.settings, folder: folder.path)
    #expect(outcome.exit == .status(1))
    #expect(
      outcome.text
        == "failure  settings: .env: line 2 has quotes that do not match. To do: correct the file.\n"
    )
    #expect(outcome.errorText.isEmpty)
  }

  @Test func `a command that Redis does not permit is named`() async throws {
    let redis = try await RedisServer()
    try await redis.command(
      "ACL", "SETUSER", "gallery", "on", ">hunter2", "~session:*", "~login:*", "+@all", "-getdel")
    let url = "redis+unix://gallery:hunter2@\(redis.path)"
    let outcome = try await Program.run("check", settings: ["REDIS_URL": url])
    let finding = try #require(outcome.finding("redis"))
    #expect(finding.hasPrefix("failure  ") && finding.contains("GETDEL is refused: NOPERM"))
    #expect(finding.contains(" To do: allow the user this command"))
    #expect(!outcome.text.contains("hunter2"))
    try await redis.command("ACL", "SETUSER", "gallery", "+getdel")
    let allowed = try await Program.run("check", settings: ["REDIS_URL": url])
    #expect(allowed.finding("redis")?.hasPrefix("ok ") == true, "\(allowed.text)")
    try await redis.stop()
  }

  @Test func `a Redis is reached through TLS, with its own authority`() async throws {
    let folder = try TemporaryFolder()
    let authority = try await CertificateAuthority(in: folder)
    let redis = try await RedisServer(
      certificate: try await authority.certificate(for: "IP:127.0.0.1"))
    var settings = ["REDIS_URL": "rediss://127.0.0.1:\(try #require(redis.tlsPort))"]
    let distrustful = try await Program.run("check", settings: settings)
    #expect(distrustful.finding("redis")?.hasPrefix("failure  ") == true, "\(distrustful.text)")
    #expect(distrustful.text.contains("trusted: see REDIS_CA_FILE"), "\(distrustful.text)")
    settings["REDIS_CA_FILE"] = authority.path
    let outcome = try await Program.run("check", settings: settings)
    #expect(outcome.finding("redis")?.hasPrefix("ok ") == true, "\(outcome.text)")
    let sessions = try await Program.run("sessions", settings: settings)
    #expect(sessions.lines == ["0 sessions of 0 accounts, 0 sign-ins under way"])
    try await redis.stop()
  }

  @Test func `a Redis that wants a password, is full, or is none says what to do`() async throws {
    let closed = try await RedisServer(options: ["--requirepass", "right"])
    let full = try await RedisServer(options: ["--maxmemory", "1"])
    let other = try FakeRedis { _ in
      .init(["", "HTTP/1.1 400 Bad Request\r\n\r\n"].map { Array($0.utf8) })
    }
    for (url, advice) in [
      (closed.url, "put user and password into REDIS_URL"),
      (full.url, "give Redis more memory (maxmemory)"),
      (other.url, "let REDIS_URL name a Redis; something else answers there"),
    ] {
      let outcome = try await Program.run("check", settings: ["REDIS_URL": url])
      #expect(outcome.finding("redis")?.contains(advice) == true, "\(outcome.text)")
    }
    try await closed.stop()
    try await full.stop()
  }

  @Test(arguments: [
    ("20200101000000Z", "20200201000000Z", "its certificate ended 2020-02-01"),
    ("20900101000000Z", "20910101000000Z", "its certificate begins 2090-01-01"),
    ("20200101000000Z", "20910101000000Z", "of an issuer not trusted here: CN = An issuer"),
  ])
  func `a certificate that is not accepted is told apart`(
    from: String, to: String, text: String
  ) async throws {
    let server = try await OddServer.start(validity: (from, to))
    let outcome = try await Program.run("check", settings: ["DBX_API_DOMAIN": server.origin])
    let finding = outcome.finding(server.origin)
    #expect(
      finding?.hasPrefix("failure  ") == true && finding?.contains(text) == true, "\(outcome.text)")
    #expect(outcome.exit == .status(1))
    try await server.stop()
  }

  @Test(arguments: [(7_200, "behind"), (-7_200, "ahead of")])
  func `a clock that is off is told, with its direction`(skew: Int, word: String) async throws {
    let server = try await OddServer.start(skew: skew)
    let outcome = try await Program.run("check", settings: ["DBX_API_DOMAIN": server.origin])
    let finding = try #require(outcome.finding(server.origin))
    #expect(finding.hasPrefix("warning  ") && finding.contains("this machine's clock is 7"))
    #expect(finding.contains(" s \(word) its") && finding.contains("timedatectl set-ntp true"))
    try await server.stop()
  }

  @Test func `a clock that agrees is said to`() async throws {
    let server = try await OddServer.start()
    let outcome = try await Program.run("check", settings: ["DBX_API_DOMAIN": server.origin])
    #expect(outcome.finding(server.origin)?.hasSuffix("without TLS, clocks agree.") == true)
    try await server.stop()
  }

  @Test func `an address of the site that something else answers is a warning`() async throws {
    let server = try await OddServer.start()
    let outcome = try await Program.run(
      "check",
      settings: [
        "OAUTH_REDIRECT_URL": server.origin + "/oauthredirect", "APP_ENV": "development",
      ])
    let finding = try #require(outcome.finding("site"))
    #expect(finding.hasPrefix("warning  ") && finding.contains("answers 404"))
    let production = try await Program.run("check")
    #expect(production.finding("site")?.contains("plain http, for this machine only") == true)
    try await server.stop()
  }

  @Test func `a missing view and missing words are failures`() async throws {
    for file in ["gallery.mustache", "words/de.json"] {
      let folder = try TemporaryFolder()
      let views = folder.path(of: "views")
      try FileManager.default.copyItem(atPath: Project.root + "/views", toPath: views)
      try FileManager.default.removeItem(atPath: views + "/" + file)
      let outcome = try await Program.run("check", settings: ["VIEWS": views])
      let finding = try #require(outcome.finding("views"))
      #expect(finding.hasPrefix("failure  ") && finding.contains(file), "\(finding)")
      #expect(finding.contains("let VIEWS name where it is"))
    }
  }

  @Test func `a view that names an undeclared tag is a failure with template and tag`() async throws
  {
    let folder = try TemporaryFolder()
    let views = folder.path(of: "views")
    try FileManager.default.copyItem(atPath: Project.root + "/views", toPath: views)
    try folder.write("{{notise}}", to: "views/welcome.mustache")
    let outcome = try await Program.run("check", settings: ["VIEWS": views])
    let finding = try #require(outcome.finding("views"))
    #expect(
      finding.hasPrefix("failure  views: a view is broken: welcome.mustache: {{notise}} is not "),
      "\(finding)")
  }

  @Test func `public files that are missing, empty or closed are failures`() async throws {
    let folder = try TemporaryFolder()
    let files = folder.path(of: "public")
    try FileManager.default.copyItem(atPath: Project.root + "/public", toPath: files)
    #expect(try await publicFinding(files).hasPrefix("ok       "))
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o600], ofItemAtPath: files + "/gallery.css")
    #expect(try await publicFinding(files).contains("gallery.css cannot be read by other users"))
    try FileManager.default.removeItem(atPath: files + "/gallery/zoom.js")
    #expect(try await publicFinding(files).contains("gallery/zoom.js is missing or empty"))
    try folder.write("", to: "public/jquery/3.6.1/jquery.min.js")
    #expect(
      try await publicFinding(files).contains("jquery/3.6.1/jquery.min.js is missing or empty"))
    #expect(try await publicFinding("/nowhere").hasPrefix("failure  "))
    // Not set, and no such folder where it runs.
    #expect(try await publicFinding("").hasPrefix("warning  "))
  }

  private func publicFinding(_ folder: String) async throws -> String {
    let outcome = try await Program.run("check", settings: ["PUBLIC": folder])
    return try #require(outcome.finding("public"))
  }

  @Test func `settings that are wrong are named, and the files are looked at all the same`()
    async throws
  {
    let outcome = try await Program.run("check", settings: ["DBX_APP_KEY": ""])
    #expect(outcome.exit == .status(1))
    #expect(outcome.finding("settings")?.hasPrefix("failure  settings: DBX_APP_KEY: ") == true)
    #expect(outcome.finding("views")?.hasPrefix("ok ") == true)
    #expect(outcome.finding("public")?.hasPrefix("ok ") == true)
    #expect(outcome.finding("redis, dropbox, site")?.contains("not tried") == true)
  }

  @Test func `Ctrl-C ends it while it waits`() async throws {
    let listener = try FakeRedis { _ in .init([]) }
    let folder = try TemporaryFolder()
    let origin = "http://127.0.0.1:\(listener.port)"
    let check = try await ChildProcess.start(
      Project.program, ["check"],
      environment: Program.settings.merging(["DBX_OAUTH_DOMAIN": origin]) { $1 },
      folder: folder.path)
    await listener.wait(for: .connected(0))
    check.signal(SIGINT)
    #expect(try await check.exit(within: .seconds(5)) == .signal(SIGINT))
  }
}
