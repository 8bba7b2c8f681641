// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

/// Redis as operators set it up: with our own sample of a configuration, through TLS, and behind sentinels.
@Suite(.serialized)
struct RedisSetupTests {
  private static let sample = Project.root + "/conf/redis/redis.conf"

  /// A Redis with the sample as it stands, and a user who may look at it beside the service's.
  private func sampleServer() async throws -> (RedisServer, settings: [String: String]) {
    let server = try await RedisServer(
      options: [
        "--pidfile", "", "--user", "admin", "on", "nopass", "~*", "&*", "+@all",
      ], configuration: Self.sample)
    let url = "redis+unix://gallery:replace-this-password@\(server.path)"
    return (server, ["REDIS_URL": url])
  }

  @discardableResult
  private func admin(_ server: RedisServer, _ words: String...) async throws -> String {
    let outcome = try await ChildProcess.run(
      "redis-cli",
      ["-s", server.path, "--no-auth-warning", "--user", "admin", "--pass", "any"] + words)
    guard outcome.exit == .status(0), !outcome.text.hasPrefix("ERR") else {
      throw TestFailure("redis-cli: \(outcome.text) \(outcome.errorText)")
    }
    return outcome.text
  }

  @Test func `the sample of a configuration allows what a sign-in uses, and nothing else`()
    async throws
  {
    let (server, settings) = try await sampleServer()
    let installation = try await Installation.start(settings: settings)
    let visitor = installation.visitor()
    try await visitor.signIn()
    #expect(try await visitor.send("/").status == .ok)
    #expect(try await visitor.send("/readyz").status == .ok)
    #expect(try await visitor.send("/logout", method: .post).status == .seeOther)

    #expect(
      try await admin(server, "ACL", "LOG").trimmingCharacters(in: .whitespacesAndNewlines) == "")
    // Who signs in needs no permission for it; the others are those of this test.
    let used = try await admin(server, "INFO", "commandstats")
      .matches(of: /cmdstat_([a-z|]+):/).map { String($0.output.1) }
      .filter { !["auth", "info", "acl|log", "hello"].contains($0) }
    let rules = try String(contentsOfFile: Self.sample, encoding: .utf8)
      .split(separator: "\n").filter { $0.hasPrefix("user gallery ") }
    let allowed = try #require(rules.first).split(separator: " ")
      .filter { $0.hasPrefix("+") }.map { String($0.dropFirst()) }
    #expect(rules.count == 1)
    #expect(Set(used) == Set(allowed))
    for (name, value) in [
      ("maxmemory-policy", "noeviction"), ("appendonly", "yes"), ("port", "0"),
    ] {
      #expect(try await admin(server, "CONFIG", "GET", name).contains("\(name)\n\(value)\n"))
    }
    try await installation.stop()
    try await server.stop()
  }

  /// What is forbidden; where it is noticed, by somebody who has signed in or not.
  @Test(arguments: [
    ("get", "/", true), ("getdel", "/oauthredirect", false), ("set", "/login", false),
    ("del", "/logout", true),
  ])
  func `a command that Redis forbids is a page that says so, and nobody is signed out`(
    command: String, path: String, isSignedIn: Bool
  ) async throws {
    let (server, settings) = try await sampleServer()
    let installation = try await Installation.start(settings: settings)
    let visitor = installation.visitor()
    if isSignedIn { try await visitor.signIn() }
    let target =
      path == "/oauthredirect"
      ? try visitor.decide(try await visitor.send("/login").location) : path
    let cookies = visitor.cookies
    try await admin(server, "ACL", "SETUSER", "gallery", "-\(command)")
    let answer = try await visitor.send(target, method: path == "/logout" ? .post : .get)
    #expect(answer.status == .serviceUnavailable)
    #expect(answer.fields[.retryAfter] != nil)
    #expect(answer.fields[.setCookie] == nil)
    #expect(visitor.cookies == cookies)
    let line = try await #require(installation.service).line(containing: "NOPERM")
    #expect(line.lowercased().contains("\(command): this user has no permissions"))
    try await admin(server, "ACL", "SETUSER", "gallery", "+\(command)")
    let after = try await visitor.send(target, method: path == "/logout" ? .post : .get)
    #expect(after.status.code < 400, "\(after.status)")
    try await installation.stop()
    try await server.stop()
  }

  @Test func `a wrong password is a page that says so, and the log has the reason only`()
    async throws
  {
    let (server, settings) = try await sampleServer()
    let installation = try await Installation.start(settings: settings)
    let visitor = installation.visitor()
    try await visitor.signIn()
    try await admin(server, "ACL", "SETUSER", "gallery", "resetpass", ">another")
    try await admin(server, "CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
    let answer = try await visitor.send("/")
    #expect(answer.status == .serviceUnavailable)
    #expect(answer.fields[.setCookie] == nil)
    let service = try #require(installation.service)
    _ = try await service.line(containing: "WRONGPASS")
    #expect(!service.text.contains("replace-this-password"))
    try await installation.stop()
    try await server.stop()
  }

  @Test func `people sign in over TLS`() async throws {
    let folder = try TemporaryFolder()
    let authority = try await CertificateAuthority(in: folder)
    let server = try await RedisServer(
      certificate: try await authority.certificate(for: "DNS:localhost"))
    let installation = try await Installation.start(settings: [
      "REDIS_URL": "rediss://localhost:\(try #require(server.tlsPort))",
      "REDIS_CA_FILE": authority.path,
    ])
    let visitor = installation.visitor()
    try await visitor.signIn()
    #expect(try await visitor.send("/").status == .ok)
    #expect(try await server.command("DBSIZE") == "1")
    try await installation.stop()
    try await server.stop()
  }

  @Test(arguments: [false, true])
  func `when the master dies people stay signed in, and wait only for the failover`(
    withTLS: Bool
  ) async throws {
    let folder = try TemporaryFolder()
    let authority = withTLS ? try await CertificateAuthority(in: folder) : nil
    let group = try await SentinelGroup.start(sentinels: 1, authority: authority)
    var settings = ["REDIS_URL": group.url]
    if let authority {
      let finding = try await Program.run("check", settings: settings).finding("redis") ?? ""
      #expect(finding.contains("no sentinel says where the master"), "\(finding)")
      #expect(finding.contains("not signed by an authority that is trusted"), "\(finding)")
      settings["REDIS_CA_FILE"] = authority.path
    }
    let installation = try await Installation.start(settings: settings)
    let visitors = (0..<5).map { _ in installation.visitor() }
    for visitor in visitors { try await visitor.signIn() }
    try await group.waitUntilReplicaHolds(5)
    try await group.master.kill()
    let start = ContinuousClock.now
    for visitor in visitors {
      // 503 while there is no master, and never a way to sign in again.
      var answer = try await visitor.send("/")
      while answer.status == .serviceUnavailable {
        try #require(ContinuousClock.now - start < .seconds(30))
        await TestLoop.pause(.milliseconds(20))
        answer = try await visitor.send("/")
      }
      #expect(answer.status == .ok, "\(answer.fields)")
    }
    try await installation.stop()
    try await group.stop()
  }
}
