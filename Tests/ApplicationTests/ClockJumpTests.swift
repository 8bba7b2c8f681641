// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import GalleryTestSupport
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

/// The wall clock of the service changes while people are signed in. The clock of Redis and the
/// monotonic clock do not change.
@Suite
struct ClockJumpTests {
  @Test(arguments: [Duration.seconds(86_400), .seconds(-86_400)])
  func `a clock that jumps by a day ends neither a session nor a request`(
    jump: Duration
  ) async throws {
    let service = try await TestService.start()
    let early = try await service.signedIn()
    let original = try await early.original()
    let refreshes = service.dropbox.count(of: "oauth2/token")

    service.dropbox.setLatency(.milliseconds(500))
    async let underWay = early.send(original)
    await service.dropbox.waitForCalls(of: "files/get_temporary_link", count: 1)
    service.clock.setWallClock(aheadBy: jump)
    #expect(try await underWay.status == .found)
    service.dropbox.setLatency(.zero)

    #expect(try await early.send("/").status == .ok)
    #expect(try await early.send(original).status == .found)
    // An access token that seems to have expired is refreshed once.
    #expect(
      service.dropbox.count(of: "oauth2/token") == refreshes + (jump > .zero ? 1 : 0))
    let late = try await service.signedIn()
    service.clock.setWallClock(aheadBy: .zero)
    for client in [early, late] {
      #expect(try await client.send("/").status == .ok)
      #expect(try await client.send(original).status == .found)
    }
    try await service.stop()
  }

  /// The service extends the session in Redis once a minute, which fails here.
  @Test func `a full Redis keeps signed-in people signed in`() async throws {
    let service = try await TestService.start()
    let client = try await service.signedIn()
    #expect(try await client.send("/").status == .ok)
    #expect(try await service.redis.command("CONFIG", "SET", "maxmemory", "1") == "OK")
    service.clock.setWallClock(aheadBy: .seconds(300))
    #expect(try await client.send("/").status == .ok)
    #expect(try await service.client().send("/login").status == .serviceUnavailable)
    try await service.stop()
  }
}
