// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import Foundation
import Glibc
import TestSupport
import Testing

@testable import FastCGI

/// What systemd passes to a process, and what it does not.
@Suite(.timeLimit(.minutes(1))) struct PassedDescriptorsTests {
  @Test(
    arguments: [
      (["LISTEN_FDS": "0"], .malformedCount), (["LISTEN_FDS": "many"], .malformedCount),
      (["LISTEN_FDS": "-1"], .malformedCount), (["LISTEN_FDS": "99999999999999999999"], .malformedCount),
      ([:], .malformedCount),
      (["LISTEN_FDS": "1", "LISTEN_FDNAMES": "fcgi:kept"], .unevenNames),
      (["LISTEN_FDS": "2", "LISTEN_FDNAMES": "fcgi"], .unevenNames),
    ] as [([String: String], PassedDescriptors.Failure)])
  func `variables that do not fit are refused`(
    variables: [String: String], failure: PassedDescriptors.Failure
  ) {
    let environment = variables.merging(["LISTEN_PID": "\(getpid())"]) { $1 }
    #expect(throws: failure) { try PassedDescriptors(environment) }
  }

  @Test func `what is meant for another process is not taken`() throws {
    #expect(try PassedDescriptors(["LISTEN_PID": "1", "LISTEN_FDS": "1"]) == nil)
    #expect(try PassedDescriptors(["LISTEN_FDS": "1"]) == nil)
  }

  @Test(arguments: [
    ("fcgi:other", 2, "LISTEN_FDS passes several listening sockets; one is what can be served"),
    ("kept", 1, "LISTEN_FDS passes no listening socket"),
  ])
  func `more than one socket, or none, is refused in a line`(
    names: String, count: Int, line: String
  ) async throws {
    let folder = try TemporaryFolder()
    let sockets = try (0..<count).map { try Self.listen(folder.path(of: "\($0)")) }
    defer { for socket in sockets { close(socket) } }
    let child = try await start(names, sockets)
    #expect(try await child.outcome().errorText == line + "\n")
  }

  @Test func `a descriptor that does not listen is refused in a line`() async throws {
    let file = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    let child = try await start("fcgi", [file])
    #expect(
      try await child.outcome().errorText
        == "LISTEN_FDS promises a listening socket, but descriptor 3 is none\n")
  }

  @Test func `a socket is served, whatever else lies in the store`() async throws {
    let folder = try TemporaryFolder()
    let socket = try Self.listen(folder.path(of: "s"))
    let file = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { for descriptor in [socket, file] { close(descriptor) } }
    let child = try await start("kept:fcgi", [file, socket])
    #expect(
      try await Peer.ask(folder.path(of: "s"), Record.request("/healthz")).status == "200 OK")
    #expect(try await child.terminate() == .status(0))
  }

  private static let fixture =
    URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path
    + "/FastCGIFixture"

  private static func listen(_ path: String) throws -> CInt {
    let address = try #require(SocketAddress(path: path))
    let socket = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
    guard address.bind(socket) == 0, Glibc.listen(socket, 16) == 0 else {
      throw SystemError(call: "bind")
    }
    return socket
  }

  private func start(_ names: String, _ descriptors: [CInt]) async throws -> ChildProcess {
    try await ChildProcess.start(
      "sh", ["-c", "LISTEN_PID=$$ exec \"$0\"", Self.fixture],
      environment: ["LISTEN_FDS": "\(descriptors.count)", "LISTEN_FDNAMES": names],
      descriptors: descriptors)
  }
}
