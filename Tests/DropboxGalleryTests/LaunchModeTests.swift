// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Sockets
import Systemd
import Testing

@testable import dropbox_gallery

@Suite struct LaunchModeTests {
  @Test(
    arguments: [
      ("/run/app.sock", .path("/run/app.sock")), ("./app.sock", .path("./app.sock")),
      ("127.0.0.1:9000", .tcp(host: "127.0.0.1", port: 9000)),
      ("localhost:9000", .tcp(host: "127.0.0.1", port: 9000)),
      ("[::1]:9000", .tcp(host: "::1", port: 9000)),
    ] as [(String, ListenAddress)])
  func `FCGI_SOCKET names an address to listen at`(text: String, address: ListenAddress) throws {
    #expect(try LaunchMode.resolve(socket: text, environment: [:]) == .fastCGI(address))
  }

  @Test(
    arguments: [
      ("app.sock", .malformed), ("example.org:9000", .malformed), ("0.0.0.0:9000", .notLoopback),
      ("192.0.2.1:9000", .notLoopback), ("[::]:9000", .notLoopback),
      ("/" + String(repeating: "a", count: 107), .pathTooLong(limit: 107)),
    ] as [(String, ListenAddress.Invalid)])
  func `an address that other machines reach, or none, is refused`(
    text: String, failure: ListenAddress.Invalid
  ) {
    #expect(throws: LaunchFailure.address(failure)) {
      try LaunchMode.resolve(socket: text, environment: [:])
    }
  }

  @Test(arguments: [
    (
      "secret.example.org:9000",
      "FCGI_SOCKET must be an absolute path, or host:port with a numeric host"
    ),
    (
      "192.0.2.1:9000",
      "FCGI_SOCKET must be on a loopback address: FastCGI has no way to know who connects"
    ),
    ("/" + String(repeating: "a", count: 107), "FCGI_SOCKET must be at most 107 bytes long"),
  ])
  func `a refusal names the setting and not its value`(text: String, line: String) {
    do throws(LaunchFailure) {
      _ = try LaunchMode.resolve(socket: text, environment: [:])
      Issue.record("accepted")
    } catch {
      #expect("\(error)" == line)
      #expect(!"\(error)".contains(text.prefix(9)))
    }
  }

  @Test func `without a socket it is one CGI request, or a mistake`() throws {
    let cgi = ["GATEWAY_INTERFACE": "CGI/1.1"]
    #expect(try LaunchMode.resolve(socket: nil, environment: cgi) == .cgi)
    #expect(try LaunchMode.resolve(socket: "", environment: [:]) == .usage)
  }

  @Test func `a CGI request is answered even if the settings name a socket`() throws {
    let environment = [
      "GATEWAY_INTERFACE": "CGI/1.1", "LISTEN_PID": "\(getpid())", "LISTEN_FDS": "1",
    ]
    #expect(try LaunchMode.resolve(socket: "/run/app.sock", environment: environment) == .cgi)
  }

  @Test(arguments: [nil, .connected] as [SocketKind?])
  func `a CGI request may arrive on a pipe or a connected socket`(kind: SocketKind?) throws {
    let cgi = ["GATEWAY_INTERFACE": "CGI/1.1"]
    #expect(try LaunchMode.resolve(socket: nil, environment: cgi, standardInput: kind) == .cgi)
  }

  @Test(arguments: [[:], ["GATEWAY_INTERFACE": "CGI/1.1"]])
  func `a listening socket on descriptor 0 is served, whatever the environment says of CGI`(
    environment: [String: String]
  ) throws {
    let inherited = ListenAddress.inherited(descriptor: STDIN_FILENO)
    #expect(
      try LaunchMode.resolve(socket: nil, environment: environment, standardInput: .listening)
        == .fastCGI(inherited))
    #expect(
      try LaunchMode.resolve(
        socket: nil, environment: environment, standardInput: .listeningForPackets)
        == .relayed(descriptor: STDIN_FILENO))
    #expect(
      try LaunchMode.resolve(
        socket: "/run/app.sock", environment: environment, standardInput: .listening)
        == .fastCGI(.path("/run/app.sock")))
  }

  @Test func `a socket that systemd passed to another process is not taken`() throws {
    let environment = ["LISTEN_PID": "1", "LISTEN_FDS": "1"]
    #expect(try LaunchMode.resolve(socket: nil, environment: environment) == .usage)
  }

  @Test func `what systemd passed wrongly stops the start`() {
    let environment = ["LISTEN_PID": "\(getpid())", "LISTEN_FDS": "many"]
    #expect(throws: LaunchFailure.passed(.malformedCount)) {
      try LaunchMode.resolve(socket: nil, environment: environment)
    }
  }
}
