// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import EndToEndSupport

extension InChromium {
  /// The way of the Tab key.
  @Suite
  struct FocusTests {
    private static let controls = """
      [...document.querySelectorAll('a[href], button')].filter((each) =>
        each.checkVisibility({ visibilityProperty: true }) && each.tabIndex >= 0 && !each.disabled)
      """

    @Test func `every control is reached by Tab, and shows it`() async throws {
      let names = ["Harbour.jpg", "Hills.jpg", "Lake.jpg", "Trips/Storm.jpg", "Winter/Tree.jpg"]
      try await InBrowser.run(pictures: names) { browser, account in
        try await browser.signIn(at: account)
        try await browser.untilAt(1)
        try await browser.untilStill()
        let count =
          try await browser.run(
            "window.left = new Set(\(Self.controls)); return left.size"
          ).number ?? 0
        try #require(count > 15)
        var dull: [JSONValue] = []
        for _ in 0..<Int(count) + 5 {
          try await browser.press(Browser.Key.tab)
          let seen = try await browser.run(
            """
            const { activeElement: here } = document;
            left.delete(here);
            const { outlineStyle, outlineWidth } = getComputedStyle(here);
            const isShown = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 || !here.matches('a, button');
            return isShown ? null : here.outerHTML.slice(0, 200);
            """)
          if seen != .null { dull.append(seen) }
        }
        #expect(dull == [])
        let missed = try await browser.run(
          "return [...left].map(each => each.outerHTML.slice(0, 200))")
        #expect(missed == .array([]))
      }
    }
  }
}
