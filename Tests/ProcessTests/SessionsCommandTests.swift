// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

/// `dropbox-gallery sessions`: counts, and ends.
@Suite(.serialized)
struct SessionsCommandTests {
  @Test func `sessions are counted by account, and end for the browsers of that account`()
    async throws
  {
    let installation = try await Installation.start()
    let (one, two) = (installation.visitor(), installation.visitor())
    try await one.signIn()
    try await two.signIn()
    try await installation.visitor().send("/login")
    try await installation.redis.command("SET", "session:of-somebody-else", "x")
    let counted = try await Program.run("sessions", settings: installation.settings)
    #expect(counted.exit == .status(0))
    #expect(counted.lines.first == "2 sessions of 1 account, 1 sign-in under way")
    let match = try #require(
      counted.lines.last?.wholeMatch(of: /([0-9a-f]{12})  2 sessions/), "\(counted.text)")

    let nobody = try await Program.run(
      "sessions", "--end", "000000000000", settings: installation.settings)
    #expect(nobody.exit == .status(1) && nobody.text == "ended 0 sessions of 000000000000\n")
    #expect(try await one.send("/").status == .ok)

    let ended = try await Program.run(
      "sessions", "--end", String(match.1), settings: installation.settings)
    #expect(ended.exit == .status(0) && ended.text == "ended 2 sessions of \(match.1)\n")
    for visitor in [one, two] { #expect(try await visitor.send("/").status == .found) }
    // What is not a session of ours stays.
    #expect(try await installation.redis.command("GET", "session:of-somebody-else") == "x")
    try await installation.stop()
  }

  @Test func `all end at once when that is confirmed, without KEYS`() async throws {
    let installation = try await Installation.start()
    let visitor = installation.visitor()
    try await visitor.signIn()
    let refused = try await Program.run(
      "sessions", "--end-all", settings: installation.settings)
    #expect(refused.exit == .status(2))
    #expect(try await visitor.send("/").status == .ok)
    let ended = try await Program.run(
      "sessions", "--end-all", "--yes", settings: installation.settings)
    #expect(ended.exit == .status(0) && ended.text == "ended 1 session\n")
    #expect(try await visitor.send("/").status == .found)
    let statistics = try await installation.redis.command("INFO", "commandstats")
    #expect(statistics.contains("cmdstat_scan:") && !statistics.contains("cmdstat_keys:"))
    try await installation.stop()
  }

  @Test func `without Redis it is a failure that says what to do`() async throws {
    let outcome = try await Program.run("sessions")
    #expect(outcome.exit == .status(1))
    #expect(outcome.errorText.contains("Connection refused. To do: start Redis"))
    #expect(outcome.text.isEmpty)
  }
}
