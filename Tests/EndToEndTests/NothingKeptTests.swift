// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

/// What is known of a folder stays in the process.
@Suite(.serialized)
struct NothingKeptTests {
  @Test func `a folder that was looked at leaves nothing in Redis and nothing on disk`()
    async throws
  {
    let installation = try await Installation.start(pictures: ["Lake.jpg", "Trips/Hills.jpg"])
    let visitor = installation.visitor()
    try await visitor.signIn()
    let before = try await installation.redis.command("KEYS", "*")
    let root = try await visitor.json("/")
    let album = try #require(root["albums"]?.array.first?["path"]?.string)
    #expect(try await visitor.json(album)["pictures"]?.names == ["Hills.jpg"])
    for kind in ["strip", "stage", "details", "download", "path"] {
      let path = try #require(root["pictures"]?.named("Lake.jpg")?[kind]?.string)
      #expect(try await visitor.send(path).status == .ok)
    }
    let keys = try await installation.redis.command("KEYS", "*")
    #expect(keys == before)
    #expect(keys.wholeMatch(of: /session:\S+/) != nil)
    let record = try await installation.redis.command("GET", keys)
    for name in ["Lake", "Trips", "Hills", "Ana Li", "sl.u."] { #expect(!record.contains(name)) }

    let service = try #require(installation.service)
    let io = try String(contentsOfFile: "/proc/\(service.id)/io", encoding: .utf8)
    #expect(io.contains("\nwrite_bytes: 0\n"))
    try await installation.stop()
  }
}
