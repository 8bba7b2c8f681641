// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import FastCGI
import Glibc
import TestSupport
import Testing

@Suite struct InvocationTests {
  @Test(
    arguments: [
      ("/run/app.sock", .path("/run/app.sock")), ("./app.sock", .path("./app.sock")),
      ("127.0.0.1:9000", .tcp(host: "127.0.0.1", port: 9000)),
      ("localhost:9000", .tcp(host: "127.0.0.1", port: 9000)),
      ("[::1]:9000", .tcp(host: "::1", port: 9000)),
    ] as [(String, Listener)])
  func `a setting names a place to listen`(text: String, listener: Listener) throws {
    #expect(try Invocation.resolve(socket: text, environment: [:]) == .fastCGI(listener))
  }

  @Test(
    arguments: [
      ("app.sock", .malformedAddress), (":9000", .malformedAddress),
      ("127.0.0.1:", .malformedAddress), ("127.0.0.1:65536", .malformedAddress),
      ("127.1:9000", .malformedAddress), ("example.org:9000", .malformedAddress),
      ("127.evil.org:9000", .malformedAddress), ("0.0.0.0:9000", .notLoopback),
      ("192.0.2.1:9000", .notLoopback), ("[::]:9000", .notLoopback),
      ("/" + String(repeating: "a", count: 107), .pathTooLong(limit: 107)),
    ] as [(String, Invocation.Failure)])
  func `a place nobody should listen at is refused`(
    text: String, failure: Invocation.Failure
  ) {
    #expect(throws: failure) { try Invocation.resolve(socket: text, environment: [:]) }
  }

  @Test func `a refusal does not repeat the setting`() {
    for text in ["secret.example.org:9000", "192.0.2.1:9000"] {
      do {
        _ = try Invocation.resolve(socket: text, environment: [:])
        Issue.record("accepted")
      } catch {
        #expect("\(error)".contains("FCGI_SOCKET"))
        #expect(!"\(error)".contains(text.prefix(9)))
      }
    }
  }

  @Test func `without a socket it is one CGI request, or a mistake`() throws {
    let cgi = ["GATEWAY_INTERFACE": "CGI/1.1"]
    #expect(try Invocation.resolve(socket: nil, environment: cgi) == .cgi)
    #expect(try Invocation.resolve(socket: "", environment: [:]) == .usage)
  }

  @Test func `a CGI request is answered even if the settings name a socket`() throws {
    let environment = [
      "GATEWAY_INTERFACE": "CGI/1.1", "LISTEN_PID": "\(getpid())", "LISTEN_FDS": "1",
    ]
    #expect(try Invocation.resolve(socket: "/run/app.sock", environment: environment) == .cgi)
  }

  @Test func `a socket meant for another process is not taken`() throws {
    let environment = ["LISTEN_PID": "1", "LISTEN_FDS": "1"]
    #expect(try Invocation.resolve(socket: nil, environment: environment) == .usage)
  }
}

@Suite struct ListeningSocketTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func `the file may be used by owner and group`() throws {
    let path = folder.path(of: "s")
    let socket = try ListeningSocket.open(.path(path))
    defer { withExtendedLifetime(socket) {} }
    var found = stat()
    #expect(unsafe lstat(path, &found) == 0)
    #expect(found.st_mode & 0o777 == 0o660)
  }

  @Test func `a file left behind is replaced`() throws {
    let path = folder.path(of: "s")
    var former: ListeningSocket? = try ListeningSocket.open(.path(path))
    #expect(former != nil)
    former = nil
    #expect(unsafe access(path, F_OK) == 0)
    _ = try ListeningSocket.open(.path(path))
  }

  @Test func `a path where somebody answers is left alone`() throws {
    let path = folder.path(of: "s")
    let socket = try ListeningSocket.open(.path(path))
    #expect(throws: ListeningSocket.Failure.inUse) { try ListeningSocket.open(.path(path)) }
    withExtendedLifetime(socket) {}
  }

  @Test func `a file that is no socket is left alone`() throws {
    let path = try folder.write("precious", to: "s")
    #expect(throws: ListeningSocket.Failure.notASocket) {
      try ListeningSocket.open(.path(path))
    }
    #expect(unsafe access(path, F_OK) == 0)
  }

  @Test func `a port is chosen by the system`() throws {
    let socket = try ListeningSocket.open(.tcp(host: "127.0.0.1", port: 0))
    let port = try #require(socket.port)
    #expect(port > 0)
    #expect(throws: ListeningSocket.Failure.inUse) {
      try ListeningSocket.open(.tcp(host: "127.0.0.1", port: port))
    }
  }
}
