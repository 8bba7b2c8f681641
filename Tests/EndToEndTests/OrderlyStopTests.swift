// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import EventLoop
import Glibc
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

/// SIGTERM while people wait: every request that has arrived is answered.
@Suite(.serialized, .once)
struct OrderlyStopTests {
  @Test(arguments: [Front.nginxKept, .nginxPlain, .apacheProxy])
  func `a stop loses no request that waits for Dropbox`(front: Front) async throws {
    let installation = try await Installation.start(front)
    let visitor = installation.visitor()
    try await visitor.signIn()
    // As many as leave mod_proxy_fcgi a worker for each.
    let crowd = 40
    let original = try await visitor.original()
    installation.dropbox.setLatency(.seconds(1))
    let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<crowd { group.addTask { try await visitor.send(original).status.code } }
      await installation.dropbox.waitForCalls(of: "files/get_temporary_link", count: crowd)
      installation.service?.signal(SIGTERM)
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(statuses == Array(repeating: 302, count: crowd))
    #expect(try await installation.service?.exit(within: .seconds(5)) == .status(0))
    try await installation.stop()
  }

  @Test func `a service that is gone is a page of the web server's`() async throws {
    let installation = try await Installation.start()
    try await installation.service?.terminate()
    let answer = try await installation.visitor().send("/")
    #expect(answer.status.code == 502)
    #expect(answer.fields[.retryAfter] != nil)
    #expect(answer.text.contains("<h1>"))
    try await installation.stop()
  }
}
