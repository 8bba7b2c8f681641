// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import GalleryTestSupport
import HTTPClient
import TestSupport
import Testing

/// A folder whose listing takes several calls.
@Suite
struct LargeFolderTests {
  private static let count = 5_000

  @Test func `the first page is shown after one call, and each order lists every photo later`()
    async throws
  {
    let service = try await TestService.start(pictures: [], syntheticPictures: Self.count) {
      $0.variesPages = false
      $0.pageLimit = 2000
    }
    let client = try await service.signedIn()
    service.dropbox.inject(.hang, into: "files/list_folder/continue")
    #expect(try await client.json("/")["count"] == .number(2000))
    service.dropbox.reset()
    let end = ContinuousClock.now + .seconds(20)
    while try await client.json("/")["isComplete"] != .bool(true) {
      try #require(ContinuousClock.now < end)
      await TestLoop.pause(.milliseconds(20))
    }
    for order in ["oldest", "name", "name-down"] {
      let last = try await client.json("/?sort=\(order)&page=99999")
      #expect(last["count"] == .number(Double(Self.count)))
      #expect(last["pictures"]?.array.count == Self.count % 60)
    }
    try await service.stop()
  }
}
