// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

/// Restarts and reloads while people ask: no request is lost.
@Suite(.serialized)
struct RestartTests {
  /// The contract has the other fronts.
  @Test func `ten restarts under load lose no request of Apache's kept connections`() async throws {
    let installation = try await Installation.start(.apacheProxyKept, isSupervised: true)
    let supervisor = try #require(installation.supervisor)
    let load = Load()
    try await load.run(on: installation) {
      for round in 1...10 {
        await load.wait(forSent: round * 20)
        try await supervisor.restart()
      }
    }
    #expect(load.failures == [])
    #expect(load.sent >= 200)
    #expect(supervisor.handedOver.max() ?? 0 > 0)
    try await installation.stop()
  }

  @Test func `restarts right after each other lose no request`() async throws {
    let installation = try await Installation.start(.nginxSite, isSupervised: true)
    let supervisor = try #require(installation.supervisor)
    let load = Load()
    try await load.run(on: installation) {
      await load.wait(forSent: 50)
      for _ in 0..<5 { try await supervisor.restart() }
    }
    #expect(load.failures == [])
    try await installation.stop()
  }

  @Test func `a restart waits for nobody who is idle`() async throws {
    let installation = try await Installation.start(.nginxSite, isSupervised: true)
    let supervisor = try #require(installation.supervisor)
    let visitor = installation.visitor()
    #expect(try await visitor.send("/welcome").status == .ok)
    // nginx keeps the connection for 60 s.
    try await supervisor.restart(within: .seconds(5))
    #expect(supervisor.handedOver.last == 1)
    #expect(
      supervisor.messages.suffix(6) == [
        "READY=1\nSTATUS=serving", "STOPPING=1\nSTATUS=answering what is in flight",
        "FDSTORE=1\nFDNAME=kept", "BARRIER=1",
        "FDSTOREREMOVE=1\nFDNAME=kept", "READY=1\nSTATUS=serving",
      ])
    #expect(try await visitor.send("/logout", method: .post).status == .seeOther)
    try await installation.stop()
  }

  @Test func `systemd hears that the service is alive, until it hangs`() async throws {
    let installation = try await Installation.start(
      .nginxSite, settings: ["WATCHDOG_USEC": "200000"], isSupervised: true)
    let supervisor = try #require(installation.supervisor)
    try await supervisor.wait(
      for: "WATCHDOG=1", from: try await supervisor.wait(for: "WATCHDOG=1"))
    supervisor.service?.signal(SIGSTOP)
    // What was on its way may still arrive.
    await TestLoop.pause(.milliseconds(500))
    let before = supervisor.messages.count
    await TestLoop.pause(.milliseconds(500))
    #expect(supervisor.messages.count == before)
    supervisor.service?.signal(SIGCONT)
    try await supervisor.wait(for: "WATCHDOG=1", from: before)
    try await installation.stop()
  }
}
