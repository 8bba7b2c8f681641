// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

/// The ways into the service beside a web server that connects to its socket.
@Suite(.serialized)
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
