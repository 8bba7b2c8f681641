// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import EndToEndSupport

extension InChromium {
  /// The viewer with few and with many pictures, with albums and with what cannot be shown, on a phone, a laptop and a
  /// large screen. What was seen is left in `.build/screenshots`.
  @Suite struct ViewerLooksTests {
    private struct Window {
      let name: String
      let width: Double
      let height: Double
      let density: Double
      let isDark: Bool
    }

    private static let windows = [
      Window(name: "phone-light", width: 360, height: 740, density: 2, isDark: false),
      Window(name: "phone-dark", width: 360, height: 740, density: 2, isDark: true),
      Window(name: "laptop-light", width: 1440, height: 900, density: 1, isDark: false),
      Window(name: "laptop-dark", width: 1440, height: 900, density: 1, isDark: true),
      Window(name: "large-light", width: 2560, height: 1440, density: 1, isDark: false),
    ]

    @Test func `with one picture`() async throws {
      try await InBrowser.run(pictures: ["Storm over the lake.jpg"]) { browser, account in
        try await browser.signIn(at: account)
        try await look("one", browser) { try await browser.untilPainted() }
      }
    }

    @Test func `with five pictures and albums`() async throws {
      var names = ["Harbour at dawn.jpg", "Hills.jpg", "Lake.jpg", "Marigold.jpg", "Storm.jpg"]
      for album in ["Family 2024", "Norway", "Trips", "Über den Bergen & zurück", "Winter"] {
        names += (1...3).map { "\(album)/Picture \($0).jpg" }
      }
      // An album's count and cover are those of its first page, which may be empty.
      try await InBrowser.run(pictures: names, variesPages: false) { browser, account in
        try await browser.signIn(at: account)
        try await browser.until(
          "[...document.querySelectorAll('.album-count')].every(c => c.textContent === '3 pictures')"
        )
        try await look("five-albums", browser) { try await browser.untilAt(1) }
        for name in names where !name.contains("/") {
          try FileManager.default.removeItem(atPath: account.photos + "/" + name)
        }
        try await account.forgetListings()
        try await browser.open(account.site + "/")
        try await look("albums-only", browser) {
          try await browser.until(
            "[...document.querySelectorAll('.albums-only img')].slice(0, 2).every(i => i.naturalWidth > 0)"
          )
        }
        try await browser.click(".albums a")
        try await look("album", browser) { try await browser.untilAt(1) }
      }
    }

    @Test func `with five thousand pictures, and all of them at a glance`() async throws {
      try await InBrowser.run(syntheticPictures: 4997) { browser, account in
        try await browser.signIn(at: account)
        try await browser.untilSettled()
        try await browser.open(account.site + "/?sort=name")
        try await look("thousands", browser) { try await browser.untilAt(1) }
        try await browser.press("g")
        try await look("thousands-grid", browser) {
          try await browser.until(
            "[...document.querySelectorAll('.gallery-cells img')].slice(0, 6).every(i => i.naturalWidth > 0)"
          )
        }
      }
    }

    @Test func `with what cannot be shown, closer, and in detail`() async throws {
      // The console names what cannot be shown.
      let names = ["Storm.jpg", "A.heic", "B.cr2", "C.gif"]
      try await InBrowser.run(pictures: names, isLoud: true) { browser, account in
        try await browser.signIn(at: account)
        try await browser.open(account.site + "/?sort=name")
        try await look("tile", browser) {
          try await browser.until("document.querySelector('.gallery-tile')?.hidden === false")
        }
        try await browser.press(Browser.Key.end)
        try await browser.untilAt(4)
        try await browser.press("i")
        try await look("details", browser) {
          try await browser.until(
            "document.querySelector('.gallery-details')?.textContent.includes('megapixels')")
        }
        try await browser.press(Browser.Key.escape)
        try await browser.press("z")
        try await look("zoom", browser) {
          try await browser.until(
            "document.querySelector('.gallery-zoom img')?.naturalWidth > 1500")
        }
      }
    }

    private func look(
      _ name: String, _ browser: Browser, until ready: () async throws -> Void
    ) async throws {
      for window in Self.windows {
        try await browser.devTools(
          "Emulation.setDeviceMetricsOverride",
          [
            "width": .number(window.width), "height": .number(window.height),
            "deviceScaleFactor": .number(window.density), "mobile": .bool(window.density > 1),
          ])
        let scheme: JSONValue = .object([
          "name": .string("prefers-color-scheme"),
          "value": .string(window.isDark ? "dark" : "light"),
        ])
        try await browser.devTools("Emulation.setEmulatedMedia", ["features": .array([scheme])])
        try await ready()
        try await browser.until(
          "[...document.images].every(i => i.complete || !i.checkVisibility())")
        try await browser.until(
          "document.getAnimations().every(a => a.playState !== 'running' || a.animationName === 'turn')"
        )
        try await Screenshots.keep("viewer-\(name)-\(window.name)", of: browser)
        let overhang = "return document.documentElement.scrollWidth - innerWidth"
        #expect(try await browser.run(overhang).number ?? 1 <= 0, "\(name) in \(window.name)")
        #expect(try await browser.barriers() == [], "\(name) in \(window.name)")
      }
    }
  }
}
