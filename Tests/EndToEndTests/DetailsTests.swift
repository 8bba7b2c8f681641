// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import HTTPClient
import HTTPTypes
import Testing

@testable import EndToEndSupport

@Suite(.serialized)
struct DetailsTests {
  @Test func `the facts about a picture come as JSON, for its owner only`() async throws {
    let installation = try await Installation.start(pictures: ["\"Hills\" & <Lakes>.jpg"])
    let visitor = installation.visitor()
    try await visitor.signIn()
    let page = try await visitor.send("/").text
    let names = try #require(page.firstMatch(of: /\/renditions\/([^\/"]+\/[^\/"]+)\//)).output.1
    let answer = try await visitor.send("/details/\(names)")
    #expect(answer.status == .ok)
    #expect(answer.fields[.contentType] == "application/json")
    #expect(answer.fields[.cacheControl]?.contains("private") == true)
    let facts = try JSONDecoder().decode(JSONValue.self, from: Data(answer.body))
    #expect(facts["name"]?.string == "\"Hills\" & <Lakes>.jpg")
    #expect(facts["width"]?.number ?? 0 > 100)
    #expect(facts["height"]?.number ?? 0 > 100)
    #expect(facts["bytes"]?.number ?? 0 > 1000)

    #expect(try await installation.visitor().send("/details/\(names)").status == .unauthorized)
    #expect(
      try await visitor.send("/details/AAAAAAAAAAAAAAAAAAAAAA/0000000000").status == .notFound)
    installation.dropbox.inject(.html, into: "files/get_metadata", times: nil)
    #expect(try await visitor.send("/details/\(names)").status == .badGateway)
    try await installation.stop()
  }
}
