// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

/// Restarts and reloads while people ask: no request is lost.
@Suite(.serialized)
struct RestartTests {
  @Test(arguments: [Front.nginxKept, .nginxPlain, .apacheProxy])
  func `ten restarts under load lose no request`(front: Front) async throws {
    let installation = try await Installation.start(front, isSupervised: true)
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
    let passedOn = supervisor.handedOver
    print("\(front.rawValue): \(load.sent) sent, \(load.failures.count) failed, \(passedOn) handed over")
    #expect((passedOn.max() ?? 0 > 0) == (front == .nginxKept))
    try await installation.stop()
  }
}
