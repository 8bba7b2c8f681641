// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Testing

@testable import EndToEndSupport

extension InChromium {
  /// One picture: in the right size, under a finger, closer, and in detail.
  @Suite
  struct CloserTests {
    private static let stage =
      "[...document.querySelectorAll('.galleria-stage .galleria-image img')].find(i => i.alt && i.currentSrc.includes('/renditions/') && i.checkVisibility({ opacityProperty: true }))"

    /// Width, height, density; the rendition on the stage.
    @Test(arguments: [
      (360, 740, 2, "1024"), (1440, 900, 1, "1024"), (1440, 900, 2, "2048"),
      (3840, 2160, 1, "2048"),
    ])
    func `the stage takes the rendition that fits the screen, and so do its neighbours`(
      width: Int, height: Int, density: Int, rendition: String
    ) async throws {
      try await InBrowser.run { browser, account in
        try await browser.devTools(
          "Emulation.setDeviceMetricsOverride",
          [
            "width": .number(Double(width)), "height": .number(Double(height)),
            "deviceScaleFactor": .number(Double(density)), "mobile": .bool(width < 1000),
          ])
        try await browser.signIn(at: account)
        try await browser.untilAt(1)
        #expect(
          try await browser.run("return \(Self.stage).currentSrc.split('/').at(-1)")
            == .string(rendition))
        // Neighbours are fetched in the same size and no other.
        let asked =
          "performance.getEntriesByType('resource').filter(e => /(1024|2048)$/.test(e.name)).map(e => e.name.split('/').at(-1))"
        try await browser.until("\(asked).length === 3")
        #expect(try await browser.run("return [...new Set(\(asked))].join()") == .string(rendition))
        let fills = """
          const image = \(Self.stage).getBoundingClientRect();
          const stage = document.querySelector('.galleria-stage').getBoundingClientRect();
          return Math.max(image.width / stage.width, image.height / stage.height);
          """
        // Not beyond its own points, even where the screen has more.
        #expect(try await browser.run(fills).number ?? 0 > (width > 3000 ? 0.7 : 0.98))
      }
    }

    @Test func `a finger turns pages, and two taps look closer`() async throws {
      try await InBrowser.run { browser, account in
        try await browser.devTools("Emulation.setTouchEmulationEnabled", ["enabled": .bool(true)])
        try await browser.signIn(at: account)
        try await browser.untilAt(1)
        try await browser.touch(from: (900, 300), to: (500, 310))
        try await browser.untilAt(2)
        try await browser.touch(from: (500, 300), to: (900, 310))
        try await browser.untilAt(1)
        // Up and down belongs to the page.
        try await browser.touch(from: (600, 300), to: (601, 310))
        try await browser.untilAt(1)

        try await browser.touch(from: (600, 300), to: (600, 300))
        try await browser.touch(from: (602, 301), to: (602, 301))
        try await browser.until("document.querySelector('.gallery-zoom img')?.naturalWidth > 1500")
        let view = "document.querySelector('.gallery-zoom-view')"
        try await browser.until("\(view).scrollWidth > innerWidth && \(view).scrollLeft > 0")
        #expect(try await browser.barriers() == [])
        let left = try await browser.run("return \(view).scrollLeft").number ?? 0
        try await browser.press(Browser.Key.right)
        try await browser.until("\(view).scrollLeft > \(left)")
        try await browser.press(Browser.Key.escape)
        try await browser.until("!document.querySelector('.gallery-zoom').open")
        try await browser.untilAt(1)
      }
    }

    @Test func `details are asked of Dropbox once for each picture`() async throws {
      try await InBrowser.run { browser, account in
        try await browser.signIn(at: account)
        try await browser.untilAt(1)
        let text = "document.querySelector('.gallery-details .gallery-dialog-body')?.textContent"
        for _ in 1...2 {
          try await browser.press("i")
          try await browser.until("\(text)?.includes('megapixels')")
          try await browser.press(Browser.Key.escape)
        }
        #expect(account.dropbox.count(of: "files/get_metadata") == 1)
        try await browser.press(Browser.Key.right)
        try await browser.untilAt(2)
        try await browser.press("i")
        try await browser.until("\(text)?.includes('2 of 3') && \(text)?.includes('megapixels')")
        #expect(account.dropbox.count(of: "files/get_metadata") == 2)
      }
    }

    @Test func `the order can be changed in a low window too`() async throws {
      try await InBrowser.run { browser, account in
        try await browser.show(width: 568, height: 320)
        try await browser.signIn(at: account)
        try await browser.untilAt(1)
        try await browser.click(".orders a[href*='name-down']")
        try await browser.untilAt(1)
        #expect(try await browser.title == "Lake")
      }
    }
  }
}
