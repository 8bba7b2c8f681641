// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

/// mod_fcgid starts a process for each request that is under way.
@Suite(.serialized, .once)
struct SeveralProcessesTests {
  @Test func `an address for operators, which is for one process, stops none of them`()
    async throws
  {
    let watcher = try Operator()
    let installation = try await Installation.start(
      .apacheFcgid, settings: ["METRICS_LISTEN": watcher.address])
    let visitor = installation.visitor()
    try await visitor.signIn()
    let original = String(
      try #require(try await visitor.send("/").text.firstMatch(of: /\/originals\/[^"]+/)).output)
    installation.dropbox.setLatency(.seconds(1))
    let crowd = 6
    let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<crowd { group.addTask { try await visitor.send(original).status.code } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(statuses == Array(repeating: 302, count: crowd))
    await #expect(throws: (any Error).self) { try await watcher.get("/healthz") }
    let log = try String(
      contentsOfFile: installation.web.runtime + "/apache-error.log", encoding: .utf8)
    #expect(log.matches(of: /METRICS_LISTEN is left aside/).count > 1)
    await watcher.close()
    try await installation.stop()
  }
}
