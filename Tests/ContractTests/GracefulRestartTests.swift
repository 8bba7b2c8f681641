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

/// Apache begins anew with the service as its child: mod_fcgid ends its children by SIGTERM, and kills them 8 s later.
@Suite(.serialized)
struct GracefulRestartTests {
  @Test func `what is in flight is answered, however long it takes, and another process answers`()
    async throws
  {
    let installation = try await Installation.start(.apacheFcgid, pictures: ["a.jpg"])
    let visitor = installation.visitor()
    try await visitor.signIn()
    let path = try #require(
      try await visitor.json("/")["pictures"]?.named("a.jpg")?["download"]?.string)
    let size = try await visitor.send(path).body.count
    let first = try installation.answeringProcess()
    // About ten seconds, so longer than mod_fcgid waits for its children.
    installation.dropbox.inject(
      .drip(bytes: size / 20 + 1, pause: .milliseconds(500)), into: "files/download")
    async let slow = visitor.send(path)
    await installation.dropbox.waitForCalls(of: "files/download", count: 2)
    let begin = ContinuousClock.now
    installation.webServer?.signal(SIGUSR1)
    // A client of its own: that of the slow one is held by the Apache of before.
    let http = try Installation.client(installation.web.certificate)
    let other = Visitor(site: installation.site, http: http, dropbox: installation.dropbox)
    while try installation.answeringProcess() == first {
      try #require(ContinuousClock.now - begin < .seconds(7))
      _ = try? await other.send("/welcome")
      await TestLoop.pause(.milliseconds(50))
    }
    #expect(try await other.send("/welcome").status == .ok)
    #expect(try await slow.body.count == size)
    #expect(ContinuousClock.now - begin > .seconds(8))
    #expect(installation.web.errors?.contains("SIGKILL") == false)
    await http.close()
    try await installation.stop()
  }
}
