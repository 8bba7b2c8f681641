// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import EndToEndSupport

extension InChromium {
  /// What the viewer says to a screen reader, in each language.
  @Suite
  struct SpokenTests {
    private static let heard = "document.querySelector('.gallery-heard[role=status]').textContent"

    @Test(arguments: [
      ("en", "Hills, 2 of 3", "Close", "Previous picture"),
      ("de", "Hills, 2 von 3", "Schließen", "Vorheriges Bild"),
    ])
    func `a step is announced, and everything has a name and no barrier`(
      language: String, announcement: String, close: String, previous: String
    ) async throws {
      let names = ["Harbour.jpg", "Hills.jpg", "Lake.jpg", "Trips/Storm.jpg"]
      try await InBrowser.run(pictures: names) { browser, account in
        try await browser.wear(.laptopByDay, language)
        // How long a picture stays before it is announced.
        try await browser.holdTimers(of: 400)
        try await browser.signIn(at: account)
        try await browser.open(account.site + "/?sort=name")
        try await browser.untilPainted()
        try await browser.until("held.size === 1")
        try await browser.fireTimer()
        // The first picture is no news.
        #expect(try await browser.run("return \(Self.heard)") == "")
        try await browser.press(Browser.Key.right)
        try await browser.until(
          "document.querySelector('.gallery-title bdi').title === 'Hills.jpg' && held.size === 1")
        try await browser.fireTimer()
        let heard = try await browser.run("return \(Self.heard)")
        #expect(heard == .string(announcement))
        try await browser.until(
          "[...document.querySelectorAll('.galleria-stage img')].some(i => i.alt === 'Hills.jpg')")
        try await browser.untilStill()
        #expect(
          try await browser.run(
            "const b = document.querySelector('.gallery-tool-previous'); return b.ariaLabel ?? b.title"
          )
            == .string(previous))
        #expect(try await browser.barriers() == [])
        for (key, name) in [("?", "help"), ("i", "details"), ("g", "grid"), ("z", "zoom")] {
          try await browser.press(key)
          try await browser.until("document.querySelector('dialog.gallery-\(name)')?.open")
          try await browser.until(
            "[...document.querySelectorAll('dialog[open] img')].every(i => i.complete)")
          #expect(try await browser.barriers() == [], "in \(name)")
          let button =
            "const b = document.querySelector('dialog[open] .gallery-tool-close'); return b.ariaLabel ?? b.title"
          #expect(try await browser.run(button) == .string(close))
          try await browser.press(Browser.Key.escape)
          try await browser.until("!document.querySelector('dialog[open]')")
        }
        try await browser.click(".albums a")
        try await browser.untilPainted()
        #expect(try await browser.barriers() == [])
      }
    }
  }
}
