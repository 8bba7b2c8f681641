// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import Glibc
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

/// mod_fcgid starts a process for each request that is under way; one of them answers them all.
@Suite(.serialized, .once)
struct SeveralProcessesTests {
  private static let list = "files/list_folder"

  /// Several requests at once, each of which takes a second, so that Apache starts processes.
  private func crowd(_ visitor: Visitor, _ installation: Installation) async throws {
    let original = String(
      try #require(try await visitor.send("/").text.firstMatch(of: /\/originals\/[^"]+/)).output)
    installation.dropbox.setLatency(.seconds(1))
    let crowd = 6
    let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<crowd { group.addTask { try await visitor.send(original).status.code } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    installation.dropbox.setLatency(.zero)
    #expect(statuses == Array(repeating: 302, count: crowd))
  }

  @Test func `one process knows what was read for all, and answers operators`() async throws {
    let watcher = try Operator()
    let installation = try await Installation.start(
      .apacheFcgid, settings: ["METRICS_LISTEN": watcher.address])
    let visitor = installation.visitor()
    try await visitor.signIn()
    try await crowd(visitor, installation)
    #expect(installation.dropbox.count(of: Self.list) == 1)
    #expect(installation.log.matches(of: /following:/).count > 2)
    #expect(installation.log.matches(of: /msg=listening/).count == 1)
    let samples = try await watcher.samples()
    #expect(samples.sum("gallery_http_requests_total", ["route": "/originals/{id}"]) == 6)
    await watcher.close()
    try await installation.stop()
  }

  @Test(arguments: [SIGTERM, SIGKILL])
  func `the next process answers when the one that did has ended`(signal: CInt) async throws {
    let watcher = try Operator()
    let installation = try await Installation.start(
      .apacheFcgid, settings: ["METRICS_LISTEN": watcher.address])
    let visitor = installation.visitor()
    try await visitor.signIn()
    try await crowd(visitor, installation)
    let first = try installation.answeringProcess()
    installation.dropbox.setLatency(.seconds(1))
    let original = String(
      try #require(try await visitor.send("/").text.firstMatch(of: /\/originals\/[^"]+/)).output)
    async let slow = visitor.send(original)
    await installation.dropbox.waitForCalls(of: "files/get_temporary_link", count: 7)
    kill(first, signal)
    _ = try await installation.logLine(containing: "msg=listening", count: 2)
    // Told to stop it answers what it has; killed, Apache says that there was no answer.
    #expect(try await slow.status == (signal == SIGTERM ? .found : .internalServerError))
    installation.dropbox.setLatency(.zero)
    #expect(try await visitor.send("/").status == .ok)
    #expect(installation.dropbox.count(of: Self.list) == 2)
    #expect(try installation.answeringProcess() != first)
    try await watcher.waitUntilItAnswers()
    #expect(!installation.log.contains("METRICS_LISTEN"))
    await watcher.close()
    try await installation.stop()
  }

  @Test func `processes that are told to end all at once all end`() async throws {
    let folder = try TemporaryFolder()
    let settings = [
      "DBX_APP_KEY": "key", "DBX_APP_SECRET": "secret",
      "OAUTH_REDIRECT_URL": "http://localhost:\(try FreePort.find())/oauthredirect",
      "SESSION_ID_SECRET": String(repeating: "s", count: 48), "APP_ENV": "development",
      "VIEWS": Project.root + "/views",
    ]
    // Often enough that one of them is told in the moment in which it becomes the one that answers.
    for round in 0..<5 {
      var processes: [ChildProcess] = []
      for number in 0..<12 {
        let socket = try LoopbackSocket.listen()
        defer { close(socket.descriptor) }
        let process = try await ChildProcess.start(
          Project.program, environment: settings, folder: folder.path,
          input: .descriptor(socket.descriptor))
        let word = number == 0 ? "listening" : "following"
        _ = try await process.line(containing: word)
        processes.append(process)
      }
      for process in processes { process.signal(SIGTERM) }
      for process in processes {
        #expect(try await process.exit(within: .seconds(10)) == .status(0), "round \(round)")
      }
    }
  }
}
