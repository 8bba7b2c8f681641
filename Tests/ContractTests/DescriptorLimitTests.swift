// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

/// Fewer descriptors than people: they wait for each other, and nobody is turned away.
@Suite(.serialized)
struct DescriptorLimitTests {
  @Test func `five hundred clients are all answered with 64 descriptors`() async throws {
    let installation = try await Installation.start(
      .nginxSite, isSupervised: true, command: ["prlimit", "--nofile=64:64"])
    let visitor = installation.visitor()
    try await visitor.signIn()
    let original = try await visitor.original()
    installation.dropbox.setLatency(.milliseconds(20))
    let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
      // Each of the first needs Redis, each of the others Redis and Dropbox.
      for number in 0..<500 {
        group.addTask {
          try await visitor.send(number.isMultiple(of: 5) ? original : "/readyz").status.code
        }
      }
      return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
    #expect(statuses == [200: 400, 302: 100])
    let service = try #require(installation.supervisor?.service)
    _ = try await service.line(
      containing: "the limit of descriptors is 64, so at most 8 connections are served at once")
    _ = try await service.line(containing: "as many as the limit of descriptors allows")
    #expect(!service.text.contains("accept4"))
    try await installation.stop()
  }
}
