// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import EndToEndSupport

extension InChromium {
  /// Which rendition a stage fetches.
  @Suite struct StageSizeTests {
    struct Screen: Sendable {
      let width, height, density: Double
      let rendition: String
    }

    @Test(arguments: [
      Screen(width: 390, height: 844, density: 1, rendition: "1024"),
      // More than two pixels to each of its own would cost three times the bytes, and nobody sees them.
      Screen(width: 390, height: 844, density: 3, rendition: "1024"),
      Screen(width: 1280, height: 800, density: 1, rendition: "1024"),
      Screen(width: 1280, height: 800, density: 2, rendition: "2048"),
      Screen(width: 2560, height: 1440, density: 1, rendition: "2048"),
    ])
    func `a screen gets the pixels that it can show`(screen: Screen) async throws {
      try await InBrowser.run { browser, account in
        try await browser.devTools(
          "Emulation.setDeviceMetricsOverride",
          [
            "width": .number(screen.width), "height": .number(screen.height),
            "deviceScaleFactor": .number(screen.density), "mobile": .bool(screen.density > 1),
          ])
        try await browser.signIn(at: account)
        try await browser.untilAt(1)
        try await browser.until("document.querySelector('.galleria-stage img')?.naturalWidth > 1")
        let fetched = try await browser.run(
          "return [...new Set(performance.getEntriesByType('resource').map(each => each.name.match(/(1024|2048)$/)?.[1]))].filter(Boolean)"
        ).array.compactMap(\.string)
        #expect(fetched == [screen.rendition])
      }
    }
  }
}
