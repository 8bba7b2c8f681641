// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

/// What web servers do by themselves, with the very files of production.
@Suite(.serialized, .once)
struct WebServerTests {
  private static let hsts = ["max-age=63072000; includeSubDomains"]

  @Test(arguments: Front.sites)
  func `TLS is 1.2 or 1.3, HTTP is 1.1 or 2, and plain http leads to the same address`(
    front: Front
  ) async throws {
    let installation = try await Installation.start(front)
    #expect(try await installation.curl("/welcome").version == "2")
    #expect(try await installation.curl("/welcome", "--http1.1").version == "1.1")
    // Without this, curl itself would not offer what is old.
    let lax = ["--tlsv1.0", "--ciphers", "DEFAULT@SECLEVEL=0", "--tls-max"]
    for (version, isTaken) in ["1.0": false, "1.1": false, "1.2": true, "1.3": true] {
      let answer = try await Curl.get(
        installation.site + "/welcome", trusting: installation.web.certificate, lax + [version])
      #expect((answer.status == 200) == isTaken, "TLS \(version)")
      if !isTaken { #expect(answer.complaint.contains("alert protocol version")) }
    }
    let target = "/albums/x%20y?page=2&a=%2F"
    let plain = try await Curl.get(
      "http://localhost:\(installation.web.plainPort)" + target, trusting: nil)
    #expect(plain.status == 301)
    #expect(plain.fields["location"] == [installation.site + target])
    #expect(plain.fields["strict-transport-security"] == nil)
    // The answers of service, web server and both together.
    for path in [
      "/welcome", "/", "/nowhere", "/assets/page.css", "/assets/none.css", "/robots.txt",
    ] {
      let answer = try await installation.curl(path)
      #expect(answer.fields["strict-transport-security"] == Self.hsts, "\(path)")
    }
    if front == .nginxSite {
      let stranger = try await Curl.get(
        installation.site.replacing("localhost", with: "127.0.0.1") + "/", trusting: nil,
        ["--insecure"])
      #expect(stranger.complaint.contains("unrecognized name"))
    }
    try await installation.stop()
  }

  @Test(arguments: Front.sites)
  func `what is too large is refused, in our words`(front: Front) async throws {
    let installation = try await Installation.start(front)
    let long = String(repeating: "a", count: 20_000)
    for (path, argument) in [("/welcome", "Cookie: \(long)"), ("/\(long)", "X-Short: 1")] {
      let answer = try await installation.curl(path, "--http1.1", "--header", argument)
      // Apache has no other status for a field that is too long.
      #expect([400, 414, 431].contains(answer.status), "\(answer.complaint.prefix(200))")
      #expect(answer.body.contains("This request cannot be read"))
      #expect(answer.fields["cache-control"] == ["no-store"])
      #expect(answer.fields["strict-transport-security"] == Self.hsts)
    }
    for bytes in [1_048_577, 5_000_000] {
      let file = try installation.folder.write(String(repeating: "a", count: bytes), to: "body")
      let answer = try await installation.curl(
        "/logout", "--http1.1", "--data-binary", "@\(file)")
      #expect(answer.status == 413, "\(answer.complaint.prefix(200))")
      #expect(answer.body.contains("That was too much at once"))
    }
    #expect(try await installation.curl("/healthz").status == 200)
    try await installation.stop()
  }

  @Test(arguments: Front.sites)
  func `who signs in too often is asked to wait, and nobody else is`(front: Front) async throws {
    let installation = try await Installation.start(front)
    let visitor = installation.visitor()
    var refused: [Answer] = []
    for _ in 0..<60 where refused.isEmpty {
      let answer = try await visitor.send("/login")
      if answer.status != .found { refused.append(answer) }
    }
    let answer = try #require(refused.first)
    #expect(answer.status == .tooManyRequests)
    #expect(answer.text.contains("Too many requests"))
    #expect(answer.fields[.retryAfter] == "10")
    #expect(try await visitor.send("/welcome").status == .ok)
    let neighbour = try await installation.curl("/login", "--interface", "127.0.0.2")
    #expect(neighbour.status == 302)
    try await installation.stop()
  }

  @Test(arguments: Front.sites)
  func `health is for this machine, and there are no metrics`(front: Front) async throws {
    let installation = try await Installation.start(front)
    for path in ["/healthz", "/readyz"] {
      #expect(try await installation.curl(path).status == 200)
      for target in [path, path + "?a", "/%68" + path.dropFirst(2)] {
        let answer = try await installation.curl(target, "--interface", "127.0.0.2")
        #expect(answer.status == 404, "\(target)")
        #expect(!answer.body.contains("ok\n") && !answer.body.contains("ready\n"))
      }
    }
    #expect(try await installation.curl("/metrics").status == 404)
    try await installation.stop()
  }

  @Test(arguments: Front.sites)
  func `a certificate that has expired is served all the same, and no client takes it`(
    front: Front
  ) async throws {
    let folder = try TemporaryFolder()
    try Project.openToAll(folder.path)
    let web = try await Installation.Web.prepare(front, folder, isExpired: true)
    let server = try await web.start(socket: folder.path(of: "nobody.sock"), [:])
    try await Installation.untilListening(web)
    let answer = try await Curl.get(web.site + "/robots.txt", trusting: web.certificate)
    #expect(answer.exit == .status(60))
    #expect(answer.complaint.contains("certificate has expired"))
    let anyway = try await Curl.get(web.site + "/robots.txt", trusting: nil, ["--insecure"])
    #expect(anyway.status == 200)
    try await server.terminate()
  }
}
