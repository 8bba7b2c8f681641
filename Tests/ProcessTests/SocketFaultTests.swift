// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import Sockets
import TestSupport
import Testing

@testable import EndToEndSupport

/// What can be wrong with the place to listen at: one line that says so, and what belongs to others stays.
@Suite(.serialized)
struct SocketFaultTests {
  private let folder: TemporaryFolder
  private let socket: String

  init() throws {
    folder = try TemporaryFolder()
    socket = folder.path(of: "fcgi.sock")
  }

  @Test func `another process at the path is left alone`() async throws {
    let other = try ListeningSocket.open(.path(socket))
    try await expectRefusal("FCGI_SOCKET is in use: another process answers there")
    withExtendedLifetime(other) {}
    #expect(FileManager.default.fileExists(atPath: socket))
  }

  @Test func `a file at the path is left alone`() async throws {
    try folder.write("precious", to: "fcgi.sock")
    try await expectRefusal("FCGI_SOCKET names a file that is not a socket")
    #expect(FileManager.default.contents(atPath: socket) == Data("precious".utf8))
  }

  @Test func `a socket that a killed process left behind is replaced`() async throws {
    let killed = try await service()
    _ = try await killed.line(containing: "listening")
    killed.signal(SIGKILL)
    _ = try await killed.exit()
    #expect(FileManager.default.fileExists(atPath: socket))
    let next = try await service()
    _ = try await next.line(containing: "listening")
    #expect(try await next.terminate() == .status(0))
    #expect(!FileManager.default.fileExists(atPath: socket))
  }

  @Test func `a folder that the user may not write to is named as the cause`() async throws {
    // Root may write anywhere.
    let user = getuid() == 0 ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : []
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path)
    defer {
      try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
    }
    try await expectRefusal(
      "FCGI_SOCKET: this user may not make a socket there, or remove the old one (bind: Permission denied)",
      as: user)
  }

  @Test func `a folder that is not there is named as the cause`() async throws {
    try await expectRefusal(
      "FCGI_SOCKET: the folder is not there (bind: No such file or directory)",
      settings: ["FCGI_SOCKET": folder.path(of: "nowhere/fcgi.sock")])
  }

  @Test func `a path and a socket passed on contradict each other`() async throws {
    let listener = try ListeningSocket.open(.path(folder.path(of: "passed.sock")))
    try await expectRefusal(
      "FCGI_SOCKET is set, and systemd passed a socket too: leave FCGI_SOCKET out, or disable the socket unit",
      as: ["sh", "-c", "LISTEN_PID=$$ exec \"$0\""], settings: ["LISTEN_FDS": "1"],
      descriptors: [listener.descriptor])
  }

  @Test(arguments: [
    ("fcgi:other", 2, "LISTEN_FDS passes several listening sockets; one is what can be served"),
    ("kept", 1, "LISTEN_FDS passes no listening socket"),
  ])
  func `more than one socket passed on, or none, is refused in a line`(
    names: String, count: Int, line: String
  ) async throws {
    let sockets = try (0..<count).map {
      try ListeningSocket.open(.path(folder.path(of: "passed\($0).sock")))
    }
    try await expectRefusal(
      line, as: ["sh", "-c", "LISTEN_PID=$$ exec \"$0\""],
      settings: ["LISTEN_FDS": "\(count)", "LISTEN_FDNAMES": names],
      descriptors: sockets.map(\.descriptor))
  }

  @Test func `a descriptor passed on that does not listen is refused in a line`() async throws {
    let file = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    try await expectRefusal(
      "LISTEN_FDS promises a listening socket, but descriptor 3 is none",
      as: ["sh", "-c", "LISTEN_PID=$$ exec \"$0\""],
      settings: ["LISTEN_FDS": "1", "LISTEN_FDNAMES": "fcgi"], descriptors: [file])
  }

  @Test func `an address for notices that nobody can reach is named`() async throws {
    try await expectRefusal(
      "NOTIFY_SOCKET is neither an absolute path nor @ and an abstract name, of 107 bytes at most",
      settings: ["NOTIFY_SOCKET": "somewhere"])
    try await expectRefusal(
      "WATCHDOG_USEC is not a number of microseconds above 0", settings: ["WATCHDOG_USEC": "soon"])
  }

  private func expectRefusal(
    _ line: String, as words: [String] = [], settings: [String: String] = [:],
    descriptors: [CInt] = []
  ) async throws {
    let child = try await service(as: words, settings: settings, descriptors: descriptors)
    let outcome = try await child.outcome()
    #expect(outcome.exit == .status(1))
    #expect(outcome.errorText == "dropbox-gallery: \(line)\n")
  }

  private func service(
    as words: [String] = [], settings: [String: String] = [:], descriptors: [CInt] = []
  ) async throws -> ChildProcess {
    let command = words + [Project.program]
    return try await ChildProcess.start(
      command[0], Array(command.dropFirst()),
      environment: [
        "DBX_APP_KEY": "key", "DBX_APP_SECRET": "secret",
        "OAUTH_REDIRECT_URL": "https://photos.example/oauthredirect",
        "SESSION_ID_SECRET": String(repeating: "s", count: 48), "VIEWS": Project.root + "/views",
        "FCGI_SOCKET": socket,
      ].merging(settings) { $1 }, folder: folder.path, descriptors: descriptors)
  }
}
