// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import Glibc
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

/// Apache begins anew with the service as its child: mod_fcgid ends the child by SIGTERM, and kills it 8 s later.
@Suite(.serialized, .once)
struct GracefulRestartTests {
  @Test func `what is in flight is answered, and nothing has to be killed`() async throws {
    let installation = try await Installation.start(.apacheFcgid)
    let visitor = installation.visitor()
    try await visitor.signIn()
    let original = String(
      try #require(try await visitor.send("/").text.firstMatch(of: /\/originals\/[^"]+/)).output)
    installation.dropbox.setLatency(.seconds(2))
    async let slow = visitor.send(original)
    await installation.dropbox.waitForCalls(of: "files/get_temporary_link", count: 1)
    installation.dropbox.setLatency(.zero)
    installation.dropbox.inject(.hang, into: "files/get_temporary_link")
    async let stuck = visitor.send(original)
    await installation.dropbox.waitForCalls(of: "files/get_temporary_link", count: 2)
    let begin = ContinuousClock.now
    installation.webServer.signal(SIGUSR1)
    #expect(try await slow.status == .found)
    _ = try? await stuck
    #expect(try await visitor.send("/welcome").status == .ok)
    await TestLoop.pause(.seconds(9) - (ContinuousClock.now - begin))
    let log = try String(
      contentsOfFile: installation.folder.path + "/web/apache-error.log", encoding: .utf8)
    #expect(log.contains("stopped with 1 requests unanswered"))
    #expect(!log.contains("SIGKILL"))
    try await installation.stop()
  }
}
