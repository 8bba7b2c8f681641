// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import HTTP
import HTTPClient
import TestSupport
import Testing

@testable import EndToEndSupport

/// What a folder of a hundred thousand pictures costs.
@Suite(.serialized)
struct LargeFolderTests {
  private static let count = 100_000

  @Test func `a first view waits for one call, and a picture takes less than 400 bytes of memory`()
    async throws
  {
    let installation = try await Installation.start(pictures: []) {
      $0.syntheticPictures = Self.count
      $0.variesPages = false
      $0.pageLimit = 2000
    }
    let visitor = installation.visitor()
    try await visitor.signIn()
    let before = try installation.memory()
    installation.dropbox.inject(.hang, into: "files/list_folder/continue")
    #expect(try await visitor.json("/")["count"] == .number(2000))
    installation.dropbox.reset()
    let end = ContinuousClock.now + .seconds(60)
    while try await visitor.json("/")["isComplete"] != .bool(true) {
      try #require(ContinuousClock.now < end)
      await TestLoop.pause(.milliseconds(100))
    }
    for order in ["oldest", "name", "name-down"] {
      let last = try await visitor.json("/?sort=\(order)&page=99999")
      #expect(last["count"] == .number(Double(Self.count)))
      #expect(last["pictures"]?.array.count == Self.count % 60)
    }
    let each = (try installation.memory() - before) / Self.count
    #expect(each < 400, "\(each) bytes for a picture")
    try await installation.stop()
  }
}
