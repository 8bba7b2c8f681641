// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import GalleryTestSupport
import HTTPClient
import HTTPTypes
import Testing

/// The Dropbox calls that a page costs.
@Suite struct PageCostTests {
  @Test
  func `sixty pictures cost a listing and three batches, and nothing when they are known`()
    async throws
  {
    let service = try await TestService.start(pictures: []) {
      $0.syntheticPictures = 60
      $0.variesPages = false
    }
    let client = service.client()
    try await client.signIn()
    service.dropbox.reset()
    let strips = try await client.json("/")["pictures"]?.array.compactMap { $0["image256"]?.string }
    let first = try await answers(to: strips ?? [], client)
    try #require(first.count == 60)
    #expect(first.values.allSatisfy { $0.status == .ok })
    #expect(service.dropbox.count(of: "files/list_folder") == 1)
    let batches = service.dropbox.count(of: "files/get_thumbnail_batch")
    // A request that starts late costs one call more.
    #expect((3...4).contains(batches))
    #expect(service.dropbox.calls.count == 1 + batches)

    let tags = first.compactMapValues { $0.fields[.eTag] }
    for order in ["newest", "oldest", "name"] {
      #expect(try await client.send("/?sort=" + order).status == .ok)
    }
    let again = try await answers(to: strips ?? [], client, tags)
    #expect(again.values.allSatisfy { $0.status == .notModified })
    #expect(service.dropbox.calls.count == 1 + batches)
    try await service.stop()
  }

  /// The answers to requests that are sent all at once.
  private func answers(
    to paths: [String], _ client: TestClient, _ tags: [String: String] = [:]
  ) async throws -> [String: Answer] {
    try await withThrowingTaskGroup(of: (String, Answer).self) { group in
      for path in paths {
        group.addTask {
          var fields = HTTPFields()
          fields[.ifNoneMatch] = tags[path]
          return (path, try await client.send(path, fields: fields))
        }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
  }
}
