// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import GalleryTestSupport
import HTTPClient
import HTTPTypes
import Testing

@Suite
struct DetailsTests {
  @Test func `the details of a photo are JSON for its owner only`() async throws {
    let service = try await TestService.start(pictures: ["\"Hills\" & <Lakes>.jpg"])
    let client = try await service.signedIn()
    let page = try await client.send("/").text
    let names = try #require(page.firstMatch(of: /\/renditions\/([^\/"]+\/[^\/"]+)\//)).output.1
    let answer = try await client.send("/details/\(names)")
    #expect(answer.status == .ok)
    #expect(answer.fields[.contentType] == "application/json")
    #expect(answer.fields[.cacheControl]?.contains("private") == true)
    let facts = try JSONDecoder().decode(JSONValue.self, from: Data(answer.body))
    #expect(facts["name"]?.string == "\"Hills\" & <Lakes>.jpg")
    #expect(facts["width"]?.number ?? 0 > 100)
    #expect(facts["height"]?.number ?? 0 > 100)
    #expect(facts["bytes"]?.number ?? 0 > 1000)

    #expect(try await service.client().send("/details/\(names)").status == .unauthorized)
    #expect(
      try await client.send("/details/AAAAAAAAAAAAAAAAAAAAAA/0000000000").status == .notFound)
    service.dropbox.inject(.html, into: "files/get_metadata", times: nil)
    #expect(try await client.send("/details/\(names)").status == .badGateway)
    try await service.stop()
  }
}
