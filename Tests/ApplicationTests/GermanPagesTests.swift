// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Gallery
import GalleryTestSupport
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

/// Responses to a browser that prefers German.
@Suite
struct GermanPagesTests {
  private static let german: HTTPFields = [.acceptLanguage: "de-AT,de;q=0.9,en;q=0.5"]

  @Test func `pages, errors and the reasons for a missing photo are in German`() async throws {
    let service = try await TestService.start(pictures: ["a.heic"], syntheticPictures: 1203)
    let client = service.client()
    let welcome = try await client.send("/welcome?after=sign-out", fields: Self.german)
    expectGerman(welcome, "Mit Dropbox anmelden")
    #expect(welcome.text.contains("Sie sind abgemeldet."))
    try await client.signIn()
    let page = try await settledPage(client)
    expectGerman(page, "<h1 class=\"unseen\">1.204 Bilder in Ihrem Ordner</h1>")
    #expect(page.varies == ["Accept", "Accept-Language"])
    #expect(page.text.contains("Seite 1 von 21") && page.text.contains("Älteste"))
    #expect(page.text.contains(#""close":"Schließen""#))
    expectGerman(try await client.send("/nowhere", fields: Self.german), "Hier ist nichts")
    var fields = HTTPFields.crossSite
    fields[.acceptLanguage] = "de"
    let question = try await client.send("/logout", fields: fields)
    expectGerman(question, "Möchten Sie sich abmelden?")
    let byName = try await client.send("/?sort=name")
    let path = try #require(byName.text.firstMatch(of: /\/renditions\/[^"]+\/256/)).output
    let reason = try await client.send(String(path), fields: Self.german)
    #expect(reason.status == .unsupportedMediaType)
    #expect(reason.text == "Von Dateien dieser Art erstellt Dropbox keine Vorschau.\n")
    #expect(reason.fields[.contentLanguage] == "de")
    #expect(reason.varies.contains("Accept-Language"))
    service.redis.pause()
    let outage = try await client.send("/", fields: Self.german)
    #expect(outage.status == .serviceUnavailable)
    expectGerman(outage, "Gleich wieder da")
    #expect(outage.text.contains("In 2 Sekunden lohnt sich ein neuer Versuch."))
    service.redis.resume()
    try await service.stop()
  }

  @Test func `the page of an empty folder is in German`() async throws {
    let service = try await TestService.start(
      pictures: [], appFolder: #require(AppFolder(name: "Bilder & mehr")))
    let client = try await service.signedIn()
    let page = try await client.send("/", fields: Self.german)
    expectGerman(page, "einen Ordner angelegt: „Apps/Bilder &amp; mehr“")
    #expect(page.text.contains("in den Ordner „Bilder &amp; mehr“"))
    try await service.stop()
  }

  @Test(arguments: [nil, "fr", "de;q=0", "x;q=y,,;"])
  func `a browser that accepts no language of ours gets English`(languages: String?) async throws {
    let service = try await TestService.start()
    var fields = HTTPFields()
    fields[.acceptLanguage] = languages
    for path in ["/welcome", "/nowhere"] {
      let answer = try await service.client().send(path, fields: fields)
      #expect(answer.fields[.contentLanguage] == "en")
      #expect(answer.varies == ["Accept-Language"])
      #expect(answer.text.contains("<html lang=\"en\">"))
    }
    try await service.stop()
  }

  /// The gallery after the listing is complete.
  private func settledPage(_ client: TestClient) async throws -> Answer {
    let end = ContinuousClock.now + .seconds(20)
    while true {
      let page = try await client.send("/", fields: Self.german)
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
