// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTPClient
import HTTPTypes
import Testing

@testable import EndToEndSupport
@testable import GalleryTestSupport

/// The score of the whole site, with the redirect from plain HTTP and all cookies of a sign-in.
@Suite struct ObservatoryScoreTests {
  @Test(arguments: Front.sites)
  func `the Observatory gives 150 to the first page and 160 to the gallery`(
    front: Front
  ) async throws {
    let installation = try await Installation.start(front)
    let visitor = installation.visitor()
    let plain = "http://localhost:\(installation.web.plainPort)/welcome"
    let first = try await Curl.get(plain, trusting: nil)
    let elsewhere = try await visitor.send(
      "/welcome", method: .options, fields: [.origin: Observatory.origin])
    var scan = Observatory(
      answer: try await visitor.send("/welcome"),
      plainRoute: [plain] + (first.fields["location"] ?? []), elsewhere: elsewhere)
    #expect(scan.score == 150, "\(scan.points)")
    #expect(scan.grade == "A+")

    let login = try await visitor.send("/login")
    let back = try await visitor.send(visitor.decide(try login.location))
    scan.cookies = login.fields[values: .setCookie] + back.fields[values: .setCookie]
    scan.answer = try await visitor.send("/")
    #expect(scan.cookies.count == 3)
    #expect(scan.score == 160, "\(scan.points)")
    #expect(scan.grade == "A+")
    try await installation.stop()
  }
}
