// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTPClient
import Testing

@testable import EndToEndSupport
@testable import dropbox_gallery

/// What `check` makes of the dates that a server shows.
@Suite
struct ServerCheckTests {
  private static let now: Int64 = 1_800_000_000
  private static let day: Int64 = 86_400

  @Test(arguments: [
    (Int64(365), Finding.Level.ok, "certificate good for 365 days"), (14, .ok, "good for 14 days"),
    (13, .warning, "its certificate ends in 13 days"), (1, .warning, "ends in 1 day"),
    (0, .warning, "ends in 0 days"),
  ])
  func `a certificate that ends soon is a warning`(
    days: Int64, level: Finding.Level, text: String
  ) {
    let finding = finding(ends: Self.now + days * Self.day + 60, date: Self.now)
    #expect(finding.level == level && finding.text.contains(text), "\(finding.line)")
  }

  @Test(arguments: [
    (Int64(0), Finding.Level.ok, "clocks agree"), (60, .ok, "clocks agree"),
    (-60, .ok, "clocks agree"), (61, .warning, "clock is 61 s behind its"),
    (-61, .warning, "clock is 61 s ahead of its"), (86_400, .warning, "86400 s behind"),
  ])
  func `a clock that is off by more than a minute is a warning`(
    ahead: Int64, level: Finding.Level, text: String
  ) {
    let finding = finding(ends: Self.now + 90 * Self.day, date: Self.now + ahead)
    #expect(finding.level == level && finding.text.contains(text), "\(finding.line)")
  }

  @Test func `a server that does not tell the time is said to`() {
    let finding = finding(ends: Self.now + 90 * Self.day, date: nil)
    #expect(finding.level == .ok && finding.text.hasSuffix("does not tell the time"))
  }

  @Test func `what a stranger wrote stays on its line`() {
    let finding = Finding.failure("redis", "ERR a\u{1B}[2J\nok  \u{202E}b", do: "see\rthe log")
    #expect(finding.line == "failure  redis: ERR a?[2J?ok  ?b. To do: see?the log.")
  }

  private func finding(ends: Int64, date: Int64?) -> Finding {
    let check = ServerCheck(configuration: .init(), now: { Self.now })
    return check.finding(
      for: "https://host",
      ServerProbe(
        status: 200, date: date, certificate: .init(issuer: "CN = R3", begins: 0, ends: ends)))
  }
}
