// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

/// The machine's clock is put forward or back by a day while people are signed in. Only the service's clock is: that of
/// Redis counts down by itself.
@Suite(.serialized, .once)
struct ClockJumpTests {
  @Test(arguments: ["+1d", "-1d"])
  func `a clock that jumps signs nobody out, and cuts nothing off`(jump: String) async throws {
    let folder = try TemporaryFolder()
    let installation = try await Self.start(clock: try folder.write("+0", to: "clock"))
    let early = installation.visitor()
    try await early.signIn()
    let original = try await early.original()
    let refreshes = installation.dropbox.count(of: "oauth2/token")

    // A request under way has its time limit from a clock that does not jump.
    installation.dropbox.setLatency(.milliseconds(500))
    async let underWay = early.send(original)
    await installation.dropbox.waitForCalls(of: "files/get_temporary_link", count: 1)
    try folder.write(jump, to: "clock")
    #expect(try await underWay.status == .found)
    installation.dropbox.setLatency(.zero)

    #expect(try await early.send("/").status == .ok)
    #expect(try await early.send(original).status == .found)
    // A token that seems to have ended is replaced, once.
    #expect(
      installation.dropbox.count(of: "oauth2/token") == refreshes + (jump == "+1d" ? 1 : 0))
    let late = installation.visitor()
    try await late.signIn()
    try folder.write("+0", to: "clock")
    for visitor in [early, late] {
      #expect(try await visitor.send("/").status == .ok)
      #expect(try await visitor.send(original).status == .found)
    }
    try await installation.stop()
  }

  /// Its life is to be made longer once a minute, which is no reason to turn anybody away.
  @Test func `a Redis that is full keeps those who are signed in`() async throws {
    let folder = try TemporaryFolder()
    let installation = try await Self.start(clock: try folder.write("+0", to: "clock"))
    let visitor = installation.visitor()
    try await visitor.signIn()
    #expect(try await visitor.send("/").status == .ok)
    #expect(try await installation.redis.command("CONFIG", "SET", "maxmemory", "1") == "OK")
    try folder.write("+300", to: "clock")
    #expect(try await visitor.send("/").status == .ok)
    #expect(try await installation.visitor().send("/login").status == .serviceUnavailable)
    try await installation.stop()
  }

  private static func start(clock: String) async throws -> Installation {
    try await Installation.start(
      settings: [
        "LD_PRELOAD": try library(), "FAKETIME_TIMESTAMP_FILE": clock,
        "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
      ])
  }

  /// - Source: Debian's package faketime.
  private static func library() throws -> String {
    let machines = try FileManager.default.contentsOfDirectory(atPath: "/usr/lib")
    return try #require(
      machines.map { "/usr/lib/\($0)/faketime/libfaketimeMT.so.1" }
        .first { FileManager.default.fileExists(atPath: $0) })
  }
}
