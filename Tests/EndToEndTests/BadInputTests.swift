// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import EventLoop
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

/// What strangers send, through nginx: an answer, a page, and no call to anybody.
@Suite(.serialized)
struct BadInputTests {
  private static let senseless = [
    "/../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/../../etc/passwd",
    "/assets/%2e%2e/Package.swift",
    "/assets/v-00/../../Package.swift", "/assets/v-00/..%2f..%2fPackage.swift", "/%00",
    "/renditions/%00/256", "/renditions/id:%ff%fe/256",
    "/%zz", "/%", "/renditions/../../256", "/originals/%2e%2e%2f", "/\u{FF}", "//", "/index.php",
    "/renditions/id:AAAAAAAAAAAAAAAAAAAAAA/nonsense",
    "/originals/" + String(repeating: "a", count: 7_000),
  ]

  @Test func `a path that makes no sense is not found, and nothing else happens`() async throws {
    let installation = try await Installation.start()
    for path in Self.senseless {
      let answer = try await installation.curl(path)
      #expect([400, 404].contains(answer.status), "\(path)")
    }
    #expect(installation.dropbox.calls.isEmpty)
    #expect(try await installation.visitor().send("/healthz").status == .ok)
    try await installation.stop()
  }

  @Test func `a file that is not there is a page of ours`() async throws {
    let installation = try await Installation.start()
    for path in [
      "/assets/nothing.css", "/assets/", "/assets/galleria/9.9/nothing.js", "/assets/v-00/none.js",
      "/assets/v-00/", "/assets/v-xyz/page.css",
    ] {
      let answer = try await installation.curl(path)
      #expect(answer.status == 404, "\(path)")
      #expect(answer.body.contains("There is nothing here"), "\(path)")
    }
    try await installation.stop()
  }

  /// nginx alone: over HTTP/2 Apache may reset the stream instead.
  @Test(.once) func `a body beyond the limit is refused with a page`() async throws {
    let installation = try await Installation.start()
    let visitor = installation.visitor()
    for bytes in [1_048_577, 3_000_000] {
      let answer = try await visitor.send(
        "/logout", method: .post, body: [UInt8](repeating: 0x61, count: bytes))
      #expect(answer.status.code == 413)
      #expect(answer.text.contains("too much at once"), "\(bytes) bytes get a page of ours")
    }
    #expect(try await visitor.send("/healthz").status == .ok)
    try await installation.stop()
  }

  @Test func `who signs in too often is asked to wait, with a page`() async throws {
    let installation = try await Installation.start()
    let visitor = installation.visitor()
    var refused: [Answer] = []
    for _ in 0..<40 {
      let answer = try await visitor.send("/login")
      if answer.status != .found { refused.append(answer) }
    }
    let answer = try #require(refused.first)
    #expect(answer.status == .tooManyRequests)
    #expect(answer.text.contains("Too many requests"))
    #expect(answer.fields[.retryAfter] != nil)
    #expect(try await visitor.send("/welcome").status == .ok)
    try await installation.stop()
  }

  /// 300 requests are more than the burst of any rate limit.
  @Test func `pages and redirects to sign-in are not limited at the speed of a person`()
    async throws
  {
    let installation = try await Installation.start()
    let stranger = installation.visitor()
    for number in 0..<300 {
      let kind = ["albums", "pictures", "originals", "downloads"][number % 4]
      #expect(try await stranger.send("/\(kind)/A\(number)").status == .found)
    }
    let visitor = installation.visitor()
    try await visitor.signIn()
    let path = try #require(
      try await visitor.json("/")["pictures"]?.array.first?["path"]?.string)
    for _ in 0..<300 { #expect(try await visitor.send(path).status == .ok) }
    try await installation.stop()
  }
}
