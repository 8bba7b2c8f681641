// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import Glibc
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

/// A process of several behind mod_fcgid ends or hangs, and the others continue.
@Suite(.serialized)
struct ProcessFailureTests {
  private static let list = "files/list_folder"

  @Test(arguments: [SIGTERM, SIGKILL])
  func `the next process answers when the one that did has ended`(signal: CInt) async throws {
    let watcher = try Operator()
    let installation = try await Installation.start(
      .apacheFcgid, settings: ["METRICS_LISTEN": watcher.address])
    let visitor = installation.visitor()
    try await visitor.signIn()
    let original = try await visitor.original()
    let first = try installation.answeringProcess()
    installation.dropbox.setLatency(.seconds(1))
    async let slow = visitor.send(original)
    await installation.dropbox.waitForCalls(of: "files/get_temporary_link", count: 1)
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

  /// The loops of a stopped process do not turn, so its alarm becomes pending. The default action of
  /// the alarm ends a process that runs; this one is killed where it stands, because resumed threads
  /// would race with the alarm for the requests that wait.
  @Test func `the one that answers is ended when it hangs, and the next one answers what waits`()
    async throws
  {
    let installation = try await Installation.start(
      .apacheFcgid, settings: ["WATCHDOG_USEC": "4000000"])
    let visitor = installation.visitor()
    try await visitor.signIn()
    let original = try await visitor.original()
    let first = try installation.answeringProcess()
    installation.dropbox.setLatency(.seconds(5))
    #expect(try await visitor.send(original).status == .found)
    #expect(try installation.answeringProcess() == first)
    installation.dropbox.setLatency(.zero)
    kill(first, SIGSTOP)
    // More than there are children, so that Apache starts further ones meanwhile.
    async let waiting = visitor.statuses(original, 4)
    let end = ContinuousClock.now + .seconds(30)
    while try !Self.has(SIGALRM, in: "ShdPnd", of: first) {
      try #require(ContinuousClock.now < end, "there is no alarm")
      await TestLoop.pause(.milliseconds(50))
    }
    #expect(try !Self.has(SIGALRM, in: "SigIgn", of: first))
    #expect(try !Self.has(SIGALRM, in: "SigCgt", of: first))
    kill(first, SIGKILL)
    #expect(try await waiting == [302, 302, 302, 302])
    #expect(try installation.answeringProcess() != first)
    #expect(installation.log.matches(of: /starting the process that answers/).count == 2)
    try await installation.stop()
  }

  /// Whether a mask of a process's signals holds one.
  ///
  /// - Parameter mask: `ShdPnd` for pending, `SigIgn` for ignored, `SigCgt` for caught signals.
  /// - Source: proc_pid_status(5).
  private static func has(_ signal: CInt, in mask: String, of process: pid_t) throws -> Bool {
    let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix(mask + ":") })
    let digits = line.dropFirst(mask.count + 1).drop(while: \.isWhitespace)
    return try #require(UInt64(digits, radix: 16)) & (1 << (UInt64(signal) - 1)) != 0
  }

  /// mod_fcgid ends a child whose answer was not whole, with whatever else it does.
  @Test func `an answer that breaks off ends the child that was given it, and nothing else`()
    async throws
  {
    let installation = try await Installation.start(.apacheFcgid, pictures: [])
    let bytes = [UInt8](repeating: 7, count: 3_000_000)
    try Data(bytes).write(to: URL(filePath: installation.photos + "/a.jpg"))
    let visitor = installation.visitor()
    try await visitor.signIn()
    let path = try #require(
      try await visitor.json("/")["pictures"]?.named("a.jpg")?["download"]?.string)
    try await installation.startProcesses(visitor)
    let answering = try installation.answeringProcess()
    let children = try Set(installation.processes()).subtracting([answering])
    installation.dropbox.inject(.cut(afterBytes: 1_000_000), into: "files/download")
    await #expect(throws: HTTPClientError.self) { try await visitor.send(path) }
    let end = ContinuousClock.now + .seconds(15)
    while children.isSubset(of: try installation.processes()) {
      try #require(ContinuousClock.now < end, "no child has ended")
      await TestLoop.pause(.milliseconds(50))
    }
    #expect(try await visitor.send("/").status == .ok)
    #expect(try installation.processes().contains(answering))
    try await installation.stop()
  }
}
