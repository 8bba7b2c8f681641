// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

/// What somebody reads whose browser asks for German, through nginx.
@Suite(.serialized)
struct GermanPagesTests {
  private static let german: HTTPFields = [.acceptLanguage: "de-AT,de;q=0.9,en;q=0.5"]

  @Test func `pages, errors and the reasons for a missing picture are in German`() async throws {
    let installation = try await Installation.start(pictures: ["a.heic"], syntheticPictures: 1203)
    let visitor = installation.visitor()
    let welcome = try await visitor.send("/welcome?after=sign-out", fields: Self.german)
    expectGerman(welcome, "Mit Dropbox anmelden")
    #expect(welcome.text.contains("Sie sind abgemeldet."))
    try await visitor.signIn()
    let page = try await settledPage(visitor)
    expectGerman(page, "<h1 class=\"unseen\">1.204 Bilder in Ihrem Ordner</h1>")
    #expect(page.varies == ["Accept-Encoding", "Accept", "Accept-Language"])
    #expect(page.text.contains("Seite 1 von 21") && page.text.contains("Älteste"))
    #expect(page.text.contains(#""close":"Schließen""#))
    expectGerman(try await visitor.send("/nowhere", fields: Self.german), "Hier ist nichts")
    var fields = HTTPFields.crossSite
    fields[.acceptLanguage] = "de"
    let question = try await visitor.send("/logout", fields: fields)
    expectGerman(question, "Möchten Sie sich abmelden?")
    let byName = try await visitor.send("/?sort=name")
    let path = try #require(byName.text.firstMatch(of: /\/renditions\/[^"]+\/256/)).output
    let reason = try await visitor.send(String(path), fields: Self.german)
    #expect(reason.status == .unsupportedMediaType)
    #expect(reason.text == "Von Dateien dieser Art erstellt Dropbox keine Vorschau.\n")
    #expect(reason.fields[.contentLanguage] == "de")
    #expect(reason.varies.contains("Accept-Language"))
    installation.redis.pause()
    let outage = try await visitor.send("/", fields: Self.german)
    #expect(outage.status == .serviceUnavailable)
    expectGerman(outage, "Gleich wieder da")
    #expect(outage.text.contains("In 2 Sekunden lohnt sich ein neuer Versuch."))
    installation.redis.resume()
    try await installation.stop()
  }

  @Test func `the empty folder is explained in German`() async throws {
    let installation = try await Installation.start(
      pictures: [], settings: ["DBX_APP_FOLDER": "Bilder & mehr"])
    let visitor = installation.visitor()
    try await visitor.signIn()
    let page = try await visitor.send("/", fields: Self.german)
    expectGerman(page, "einen Ordner angelegt: „Apps/Bilder &amp; mehr“")
    #expect(page.text.contains("in den Ordner „Bilder &amp; mehr“"))
    try await installation.stop()
  }

  @Test(arguments: [nil, "fr", "de;q=0", "x;q=y,,;"])
  func `who asks for nothing that we have gets English`(languages: String?) async throws {
    let installation = try await Installation.start()
    var fields = HTTPFields()
    fields[.acceptLanguage] = languages
    for path in ["/welcome", "/nowhere"] {
      let answer = try await installation.visitor().send(path, fields: fields)
      #expect(answer.fields[.contentLanguage] == "en")
      // Apache compresses no page of an error, which then does not depend on that.
      #expect(answer.varies.subtracting(["Accept-Encoding"]) == ["Accept-Language"])
      #expect(answer.text.contains("<html lang=\"en\">"))
    }
    try await installation.stop()
  }

  @Test func `while the service is away the page is in both languages`() async throws {
    let installation = try await Installation.start()
    try await installation.takeServiceAway()
    let answer = try await installation.visitor().send("/welcome")
    let statuses = Front.usual.startsProcesses ? [500, 503] : [502, 503, 504]
    #expect(statuses.contains(answer.status.code))
    #expect(answer.text.contains("The gallery is away for a moment"))
    #expect(answer.text.contains("<section class=\"again\" lang=\"de\">"))
    try await installation.stop()
  }

  /// The gallery once the whole folder is read.
  private func settledPage(_ visitor: Visitor) async throws -> Answer {
    let end = ContinuousClock.now + .seconds(20)
    while true {
      let page = try await visitor.send("/", fields: Self.german)
      let isRead = !page.text.contains("class=\"folder-count\">Bisher ")
      if isRead || ContinuousClock.now > end { return page }
      await TestLoop.pause(.milliseconds(20))
    }
  }

  private func expectGerman(_ answer: Answer, _ text: String) {
    #expect(answer.text.contains(text))
    #expect(answer.text.contains("<html lang=\"de\">"))
    #expect(answer.fields[.contentLanguage] == "de")
    #expect(answer.varies.contains("Accept-Language"))
  }
}
