// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import HTTPClient
import TestSupport
import Testing

@testable import EndToEndSupport

/// The ways into the service beside a web server that connects to its socket.
@Suite(.serialized, .once)
struct WaysInTests {
  private static let healthCheck = [
    "GATEWAY_INTERFACE": "CGI/1.1", "REQUEST_METHOD": "GET", "REQUEST_URI": "/healthz",
    "SERVER_PROTOCOL": "HTTP/1.1", "SCRIPT_NAME": "", "QUERY_STRING": "",
  ]

  @Test func `a plain CGI run answers one request and ends`() async throws {
    let installation = try await Installation.start()
    for (target, status) in ["/healthz": "200 OK", "/nowhere": "404 Not Found", "/": "302 Found"] {
      var environment = installation.settings.merging(Self.healthCheck) { $1 }
      environment["REQUEST_URI"] = target
      let outcome = try await ChildProcess.run(Project.program, environment: environment)
      #expect(outcome.exit == .status(0))
      #expect(outcome.text.hasPrefix("Status: \(status)\r\n"))
      #expect(outcome.text.contains("\r\n\r\n"))
    }
    try await installation.stop()
  }

  @Test func `the CGI run of the manual needs no more than its three variables`() async throws {
    let installation = try await Installation.start()
    var environment = installation.settings
    for name in ["GATEWAY_INTERFACE", "REQUEST_METHOD", "REQUEST_URI"] {
      environment[name] = Self.healthCheck[name]
    }
    let outcome = try await ChildProcess.run(Project.program, environment: environment)
    #expect(outcome.text.hasSuffix("\r\n\r\nok\n"))
    try await installation.stop()
  }

  /// What a plain CGI run writes: the lines of its header, and the body.
  private func run(
    _ target: String, _ fields: [String: String], _ installation: Installation
  ) async throws -> (exit: ChildProcess.Exit, header: [String], body: [UInt8]) {
    let request = Self.healthCheck.merging(["REQUEST_URI": target]) { $1 }
    let outcome = try await ChildProcess.run(
      Project.program,
      environment: installation.settings.merging(request) { $1 }.merging(fields) { $1 })
    let end = try #require(outcome.output.firstRange(of: Array("\r\n\r\n".utf8)))
    let header = String(decoding: outcome.output[..<end.lowerBound], as: UTF8.self)
    return (
      outcome.exit, header.components(separatedBy: "\r\n"), Array(outcome.output[end.upperBound...])
    )
  }

  @Test func `a plain CGI run gives large bodies on, whole and in part`() async throws {
    let installation = try await Installation.start(pictures: ["a.jpg"])
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    try Data(bytes).write(to: URL(filePath: installation.photos + "/b.jpg"))
    let visitor = installation.visitor()
    try await visitor.signIn()
    let pictures = try #require(try await visitor.json("/")["pictures"])
    let stage = try #require(pictures.named("a.jpg")?["image1024"]?.string)
    let download = try #require(pictures.named("b.jpg")?["download"]?.string)
    let cookie = ["HTTP_COOKIE": visitor.cookies]

    let picture = try await run(stage, cookie, installation)
    #expect(picture.exit == .status(0))
    #expect(picture.header.contains("Content-Length: \(picture.body.count)"))
    #expect(picture.body == (try await visitor.send(stage)).body)

    let whole = try await run(download, cookie, installation)
    #expect(whole.header.first == "Status: 200 OK")
    #expect(whole.header.contains("Content-Length: 3000000"))
    #expect(whole.body == bytes)

    let range = ["HTTP_RANGE": "bytes=1000-1999999"]
    let part = try await run(download, cookie.merging(range) { $1 }, installation)
    #expect(part.header.first == "Status: 206 Partial Content")
    #expect(part.header.contains("Content-Range: bytes 1000-1999999/3000000"))
    #expect(part.header.contains("Content-Length: 1999000"))
    #expect(part.body == Array(bytes[1000..<2_000_000]))

    let head = try await run(
      download, cookie.merging(["REQUEST_METHOD": "HEAD"]) { $1 }, installation)
    #expect(head.header.contains("Content-Length: 3000000"))
    #expect(head.body.isEmpty)
    try await installation.stop()
  }

  @Test func `a large body that breaks off in a plain CGI run is shorter than was said`()
    async throws
  {
    let installation = try await Installation.start(pictures: [])
    try Data(count: 3_000_000).write(to: URL(filePath: installation.photos + "/b.jpg"))
    let visitor = installation.visitor()
    try await visitor.signIn()
    let pictures = try #require(try await visitor.json("/")["pictures"])
    let download = try #require(pictures.named("b.jpg")?["download"]?.string)
    installation.dropbox.inject(.cut(afterBytes: 1_000_000), into: "files/download")
    let broken = try await run(download, ["HTTP_COOKIE": visitor.cookies], installation)
    #expect(broken.exit != .status(0))
    #expect(broken.header.contains("Content-Length: 3000000"))
    #expect((16_384...1_000_000).contains(broken.body.count))
    try await installation.stop()
  }

  @Test func `a scripted request reaches the running service`() async throws {
    let installation = try await Installation.start()
    let outcome = try await ChildProcess.run(
      "cgi-fcgi", ["-bind", "-connect", installation.socket], environment: Self.healthCheck)
    #expect(outcome.text.hasPrefix("Status: 200 OK\r\n"))
    #expect(outcome.text.hasSuffix("\r\n\r\nok\n"))
    try await installation.stop()
  }

  @Test func `spawn-fcgi starts the service on a socket of its own`() async throws {
    let installation = try await Installation.start()
    let socket = installation.folder.path(of: "spawned.sock")
    let spawned = try await ChildProcess.start(
      "spawn-fcgi", ["-n", "-s", socket, "--", Project.program], environment: installation.settings)
    _ = try await spawned.line(containing: "listening")
    let outcome = try await ChildProcess.run(
      "cgi-fcgi", ["-bind", "-connect", socket], environment: Self.healthCheck)
    #expect(outcome.text.hasSuffix("\r\n\r\nok\n"))
    #expect(try await spawned.terminate() == .status(0))
    try await installation.stop()
  }

  @Test func `without a socket or a request it says how it is to be called`() async throws {
    let installation = try await Installation.start()
    let outcome = try await ChildProcess.run(Project.program, environment: installation.settings)
    #expect(outcome.exit == .status(2))
    #expect(outcome.errorText.contains("FCGI_SOCKET") && outcome.errorText.contains("Usage:"))
    try await installation.stop()
  }
}
