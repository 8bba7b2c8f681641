// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Sockets
import TestSupport
import Testing

@testable import Systemd

/// What systemd passes to a process, and what it does not.
@Suite(.serialized, .timeLimit(.minutes(1))) struct PassedDescriptorsTests {
  @Test(
    arguments: [
      (["LISTEN_FDS": "0"], .malformedCount), (["LISTEN_FDS": "many"], .malformedCount),
      (["LISTEN_FDS": "-1"], .malformedCount),
      (["LISTEN_FDS": "99999999999999999999"], .malformedCount),
      ([:], .malformedCount),
      (["LISTEN_FDS": "1", "LISTEN_FDNAMES": "fcgi:kept"], .unevenNames),
      (["LISTEN_FDS": "2", "LISTEN_FDNAMES": "fcgi"], .unevenNames),
    ] as [([String: String], PassedDescriptors.Failure)])
  func `variables that do not fit are refused`(
    variables: [String: String], failure: PassedDescriptors.Failure
  ) {
    let environment = variables.merging(["LISTEN_PID": "\(getpid())"]) { $1 }
    #expect(throws: failure) { try PassedDescriptors(environment, storedAs: "kept") }
  }

  @Test func `what is meant for another process is not taken`() throws {
    let other = ["LISTEN_PID": "1", "LISTEN_FDS": "1"]
    #expect(try PassedDescriptors(other, storedAs: "kept") == nil)
    #expect(try PassedDescriptors(["LISTEN_FDS": "1"], storedAs: "kept") == nil)
  }

  @Test(
    arguments: [
      ("fcgi:other", 2, .severalSockets), ("kept", 1, .noSocket),
    ] as [(String, Int, PassedDescriptors.Failure)])
  func `more than one socket, or none, is refused`(
    names: String, count: Int, failure: PassedDescriptors.Failure
  ) throws {
    let folder = try TemporaryFolder()
    let sockets = try (0..<count).map { try Self.listen(folder.path(of: "\($0)")) }
    #expect(throws: failure) { try passed(names, sockets.map(\.descriptor)) }
  }

  @Test func `a failure is a line that names the variable`() {
    let lines: [(PassedDescriptors.Failure, String)] = [
      (.severalSockets, "LISTEN_FDS passes several listening sockets; one is what can be served"),
      (.noSocket, "LISTEN_FDS passes no listening socket"),
      (
        .notListening(descriptor: 3),
        "LISTEN_FDS promises a listening socket, but descriptor 3 is none"
      ),
    ]
    for (failure, line) in lines { #expect(failure.description == line) }
  }

  @Test func `a descriptor that does not listen is refused`() throws {
    let file = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    #expect(throws: PassedDescriptors.Failure.notListening(descriptor: Self.start)) {
      try passed("fcgi", [file])
    }
  }

  @Test func `a socket and open connections are taken, and the rest of the store is closed`() throws
  {
    let folder = try TemporaryFolder()
    let socket = try Self.listen(folder.path(of: "s"))
    let file = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    let pair = try SocketPair()
    let found = try #require(
      try passed("kept:fcgi:kept", [file, socket.descriptor, pair.near]))
    #expect(found.listener == Self.start + 1)
    #expect(found.stored == [Self.start + 2])
    #expect(fcntl(Self.start, F_GETFD) == -1)
    for descriptor in [found.listener] + found.stored {
      #expect(fcntl(descriptor, F_GETFD) == FD_CLOEXEC)
    }
  }

  @Test func `a socket without names is the one to listen at`() throws {
    let folder = try TemporaryFolder()
    let socket = try Self.listen(folder.path(of: "s"))
    let found = try #require(try passed(nil, [socket.descriptor]))
    #expect(found.listener == Self.start)
    #expect(found.stored.isEmpty)
  }

  /// Descriptors that nothing else in the process uses.
  private static let start: CInt = 900

  private static func listen(_ path: String) throws -> ListeningSocket {
    try ListeningSocket.open(.path(path))
  }

  /// Passes copies of descriptors as systemd does, from `start` on.
  private func passed(_ names: String?, _ descriptors: [CInt]) throws -> PassedDescriptors? {
    for (index, descriptor) in descriptors.enumerated() {
      try #require(dup2(descriptor, Self.start + CInt(index)) >= 0)
    }
    var environment = ["LISTEN_PID": "\(getpid())", "LISTEN_FDS": "\(descriptors.count)"]
    environment["LISTEN_FDNAMES"] = names
    return try PassedDescriptors(environment, storedAs: "kept", from: Self.start)
  }
}
