// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import Testing

@testable import EndToEndSupport

extension InChromium {
  /// Pictures that Dropbox does not give at once, or not at all. The console names each.
  @Suite
  struct FailedPictureTests {
    private static let stage = "document.querySelector('.galleria-stage .galleria-image img[alt]')"
    private static let facts = "document.querySelector('.gallery-facts')?.textContent"
    private static let tile = "document.querySelector('.gallery-tile')"

    @Test func `a picture comes at a later try, on the stage and in the strip`() async throws {
      try await InBrowser.run(pictures: ["Hills.jpg", "Lake.jpg"], isLoud: true) {
        browser, account in
        for route in ["files/get_thumbnail_v2", "files/get_thumbnail_batch"] {
          account.dropbox.inject(.internalServerError, into: route, times: nil)
        }
        try await browser.holdTimers(of: 1500, 3500)
        try await browser.signIn(at: account)
        try await browser.until("\(Self.facts)?.includes('did not arrive')")
        #expect(try await browser.title == "Hills")
        #expect(try await browser.run("return \(Self.tile).hidden") == .bool(true))
        // The picture on the stage, and both in the strip.
        try await browser.until("held.size === 3")
        account.dropbox.reset()
        try await browser.fireTimers(3)
        try await browser.untilAt(1)
        try await browser.until("/^1 of 2 · \\w+ \\d+, 20/.test(\(Self.facts))")
        try await browser.until(
          "[...document.querySelectorAll('.gallery-track img')].filter(i => i.naturalWidth > 0).length === 2"
        )
      }
    }

    @Test func `a picture that never comes is a tile, with another try`() async throws {
      try await InBrowser.run(pictures: ["Hills.jpg", "Lake.jpg"], isLoud: true) {
        browser, account in
        account.dropbox.inject(.internalServerError, into: "files/get_thumbnail_v2", times: nil)
        try await browser.holdTimers(of: 1500, 3500)
        try await browser.signIn(at: account)
        try await browser.until("\(Self.facts)?.includes('trying again')")
        try await browser.fireTimers(1)
        try await browser.fireTimers(1)
        try await browser.until("\(Self.tile)?.hidden === false")
        // The tries after 1.5 s and after 5 s were made.
        #expect(
          try await browser.run("return heldTimes") == .array([.number(1500), .number(3500)]))
        #expect(
          try await browser.run("return \(Self.tile).querySelector('h2').textContent")
            == .string("Hills.jpg"))
        #expect(try await browser.barriers() == [])
        account.dropbox.reset()
        try await browser.click(".gallery-tile button")
        try await browser.untilAt(1)
        try await browser.until("\(Self.tile).hidden")
      }
    }

    @Test func `what has no view says why, everywhere, and leads to the file`() async throws {
      try await InBrowser.run(pictures: ["a.jpg", "b.heic", "c.cr2"], isLoud: true) {
        browser, account in
        try Data(count: 20_000_001).write(to: URL(filePath: account.photos + "/d.jpg"))
        try await browser.signIn(at: account)
        try await browser.open(account.site + "/?sort=name")
        try await browser.untilAt(1)
        for (place, name, reason) in [
          (2, "b.heic", "this kind"), (3, "c.cr2", "raw"), (4, "d.jpg", "20 MB"),
        ] {
          try await browser.press(Browser.Key.right)
          try await browser.until(
            """
            !\(Self.tile).hidden && \(Self.tile).querySelector('h2').textContent === '\(name)' &&
            \(Self.tile).textContent.includes('\(reason)') && \(Self.facts).startsWith('\(place) of 4')
            """)
          try await browser.until(
            "document.querySelector('.gallery-track [data-place=\"\(place - 1)\"] .gallery-unavailable')"
          )
          let links = try await browser.run(
            "return [...\(Self.tile).querySelectorAll('a')].map(a => a.pathname)"
          ).array.compactMap(\.string)
          #expect(links.count == 2)
          #expect(links.first?.hasPrefix("/originals/") == true)
          #expect(links.last?.hasPrefix("/downloads/") == true)
          #expect(try await browser.barriers() == [], "\(name)")
        }
        try await Screenshots.keep("tile", of: browser)
        try await browser.press("g")
        try await browser.until(
          "document.querySelectorAll('.gallery-cells .gallery-unavailable').length === 3")
        #expect(try await browser.barriers() == [])
        // Known beforehand from the listing, so Dropbox was not asked.
        let asked = try await browser.run(
          "return performance.getEntriesByType('resource').filter(e => e.name.includes('/renditions/')).map(e => e.name)"
        ).array.compactMap(\.string)
        let ids = Set(asked.map { $0.split(separator: "/").dropLast(2).last ?? "" })
        #expect(ids.count == 2)
      }
    }
  }
}
