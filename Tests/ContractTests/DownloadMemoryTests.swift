// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

/// The memory of the service while clients download.
@Suite(.serialized)
struct DownloadMemoryTests {
  private static let size = 5_000_000

  /// mod_fcgid has 32 processes.
  @Test(arguments: [(Front.nginxSite, 100), (.apacheProxy, 100), (.apacheFcgid, 32)])
  func `as many downloads as can be in flight stay below 128 MB of memory`(
    front: Front, clients: Int
  ) async throws {
    let installation = try await Installation.start(front, pictures: [])
    try Data(count: Self.size).write(to: URL(filePath: installation.photos + "/a.jpg"))
    let visitor = installation.visitor()
    try await visitor.signIn()
    let path = try #require(
      try await visitor.json("/")["pictures"]?.array.first?["download"]?.string)
    let request = OutgoingRequest(
      url: installation.site + path, fields: [.cookie: visitor.cookies], limit: .seconds(120),
      answerLimit: 1 << 30)
    let http = installation.http
    let answers = try await withThrowingTaskGroup(of: AnswerStream.self) { group in
      for _ in 0..<clients {
        group.addTask {
          try await http.open(
            request, limits: StreamLimits(head: .seconds(60), stall: .seconds(60)))
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    // All are in flight, and wait for their clients.
    #expect(installation.dropbox.count(of: "files/download") == clients)
    try await withThrowingTaskGroup(of: Int.self) { group in
      for answer in answers {
        group.addTask {
          var count = 0
          while let piece = try await answer.body.next() { count += piece.count }
          return count
        }
      }
      for try await count in group { #expect(count == Self.size) }
    }
    let peak = try installation.memory("VmHWM")
    print("peak memory of \(clients) downloads of \(Self.size) bytes: \(peak / 1000) kB")
    #expect(peak < 128_000_000)
    try await installation.stop()
  }
}
