// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

/// What is known of a folder stays in the process.
@Suite(.serialized)
struct NothingKeptTests {
  @Test func `a folder that was looked at leaves nothing in Redis and nothing on disk`()
    async throws
  {
    // No picture fits into a file: whoever writes one is ended by SIGXFSZ (setrlimit(2)). What is smaller would lie in one of
    // the folders that a program takes for its own.
    let own = try TemporaryFolder()
    try Project.openToAll(own.path)
    let places = ["TMPDIR", "HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"]
    let installation = try await Installation.start(
      pictures: ["Lake.jpg", "Trips/Hills.jpg"],
      settings: Dictionary(uniqueKeysWithValues: places.map { ($0, own.path) }),
      isSupervised: true)
    let process = try installation.answeringProcess()
    // Whoever sets it has to be the process's own user.
    let user = try FileManager.default.attributesOfItem(atPath: "/proc/\(process)")
    let number = try #require(user[.ownerAccountID])
    let limit = try await ChildProcess.run(
      "setpriv",
      ["--reuid=\(number)", "--regid=\(number)", "--clear-groups"]
        + ["prlimit", "--pid=\(process)", "--fsize=16384"])
    #expect(limit.exit == .status(0), "\(limit.errorText)")
    let visitor = installation.visitor()
    try await visitor.signIn()
    let before = try await installation.redis.command("KEYS", "*")
    let root = try await visitor.json("/")
    let album = try #require(root["albums"]?.array.first?["path"]?.string)
    #expect(try await visitor.json(album)["pictures"]?.names == ["Hills.jpg"])
    for kind in ["image256", "image1024", "details", "download", "path"] {
      let path = try #require(root["pictures"]?.named("Lake.jpg")?[kind]?.string)
      let answer = try await visitor.send(path)
      #expect(answer.status == .ok)
      if kind == "image1024" { #expect(answer.body.count > 16_384) }
    }
    let keys = try await installation.redis.command("KEYS", "*")
    #expect(keys == before)
    #expect(keys.wholeMatch(of: /session:\S+/) != nil)
    let record = try await installation.redis.command("GET", keys)
    for name in ["Lake", "Trips", "Hills", "Ana Li", "sl.u."] { #expect(!record.contains(name)) }
    #expect(try installation.answeringProcess() == process)
    if let service = installation.supervisor?.service {
      service.signal(SIGTERM)
      #expect(try await service.exit(within: .seconds(10)) == .status(0))
    }
    try await installation.stop()
    #expect(try FileManager.default.contentsOfDirectory(atPath: own.path) == [])
  }
}
