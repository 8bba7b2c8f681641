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

/// mod_fcgid starts a process for each request that is under way; they pass on to one that answers.
@Suite(.serialized)
struct SeveralProcessesTests {
  private static let list = "files/list_folder"

  @Test func `one process knows what was read for all, and answers operators`() async throws {
    let watcher = try Operator()
    let installation = try await Installation.start(
      .apacheFcgid, settings: ["METRICS_LISTEN": watcher.address])
    let visitor = installation.visitor()
    try await visitor.signIn()
    try await installation.startProcesses(visitor)
    #expect(installation.dropbox.count(of: Self.list) == 1)
    #expect(installation.log.matches(of: /passing on/).count > 2)
    #expect(installation.log.matches(of: /msg=listening/).count == 1)
    let name = "/proc/\(try installation.answeringProcess())/comm"
    #expect(try String(contentsOfFile: name, encoding: .utf8) == "program\n")
    #expect(
      try await watcher.sum("gallery_http_requests_total", ["route": "/originals/{id}"], from: 6)
        == 6)
    await watcher.close()
    try await installation.stop()
  }

  @Test func `without a descriptor a request waits for one, and the log says why`()
    async throws
  {
    let installation = try await Installation.start(.apacheFcgid)
    let visitor = installation.visitor()
    try await visitor.signIn()
    let original = try await visitor.original()
    let answering = try installation.answeringProcess()
    try await Self.takeDescriptors(from: answering)
    // More than there are children: the next one Apache starts is not taken in for now.
    async let waiting = visitor.statuses(original, 4)
    _ = try await installation.logLine(containing: "out of descriptors (LimitNOFILE)")
    _ = try await installation.logLine(containing: "accept4: Too many open files")
    try await Self.limitDescriptors(of: answering, to: 256)
    #expect(try await waiting == [302, 302, 302, 302])
    #expect(installation.log.matches(of: /out of descriptors|Too many open files/).count < 5)
    #expect(try installation.answeringProcess() == answering)
    try await installation.stop()
  }

  @Test func `a child without a descriptor ends, and the next one passes on`() async throws {
    let installation = try await Installation.start(.apacheFcgid)
    let visitor = installation.visitor()
    try await visitor.signIn()
    let answering = try installation.answeringProcess()
    let children = try installation.processes().filter { $0 != answering }
    for child in children { try await Self.limitDescriptors(of: child, to: 3) }
    kill(answering, SIGKILL)
    try await installation.waitForEnd(of: children)
    #expect(installation.log.contains("socket: Too many open files"))
    #expect(try await visitor.send("/").status == .ok)
    #expect(!installation.log.contains("answering for this process alone"))
    try await installation.stop()
  }

  /// Limits a process to the descriptors that it has.
  private static func takeDescriptors(from process: pid_t) async throws {
    var limit: Int
    repeat {
      limit = try lowestFree(in: process)
      try await limitDescriptors(of: process, to: limit)
      // One that it closes meanwhile can be had again.
      await TestLoop.pause(.milliseconds(200))
    } while try lowestFree(in: process) < limit
  }

  /// The number that the next descriptor of a process gets.
  private static func lowestFree(in process: pid_t) throws -> Int {
    let taken = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd")
    return try #require((0...taken.count).first { !taken.contains("\($0)") })
  }

  private static func limitDescriptors(of process: pid_t, to limit: Int) async throws {
    // As the same user: root may lack what it takes for another's.
    let user = geteuid() == 0 ? ["--reuid=www-data", "--regid=www-data", "--clear-groups"] : []
    let outcome = try await ChildProcess.run(
      "setpriv", user + ["prlimit", "--pid", "\(process)", "--nofile=\(limit):"])
    try #require(outcome.exit == .status(0), "\(outcome.errorText)")
  }

  @Test func `all that are told to end at once end, and others answer`() async throws {
    let installation = try await Installation.start(.apacheFcgid)
    let visitor = installation.visitor()
    try await visitor.signIn()
    try await installation.startProcesses(visitor)
    let processes = try installation.processes()
    #expect(processes.count > 3)
    for process in processes { kill(process, SIGTERM) }
    try await installation.waitForEnd(of: processes)
    #expect(try await visitor.send("/").status == .ok)
    try await installation.stop()
  }

  @Test func `a service that cannot start says why, and Apache that it is away`() async throws {
    let installation = try await Installation.start(.apacheFcgid)
    let visitor = installation.visitor()
    try FileManager.default.removeItem(atPath: installation.web.runtime + "/views")
    for process in try installation.processes() { kill(process, SIGKILL) }
    let end = ContinuousClock.now + .seconds(15)
    // Apache may first ask one that is gone.
    while !installation.log.contains("the process that should answer has not started") {
      let answer = try await visitor.send("/welcome")
      #expect([500, 503].contains(answer.status.code))
      #expect(answer.text.contains("The gallery is away for a moment"))
      try #require(ContinuousClock.now < end, "\(installation.log)")
    }
    #expect(installation.log.contains("the folder of views cannot be read"))
    try await installation.stop()
  }
}
