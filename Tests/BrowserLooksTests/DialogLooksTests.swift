// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import EndToEndSupport

extension InChromium {
  /// The dialogs of the viewer in small and large windows, by day and by night.
  @Suite struct DialogLooksTests {
    @Test(arguments: Look.allCases)
    func `no dialog is a barrier or wider than its window`(look: Look) async throws {
      let names = (1...40).map { "Picture \($0).jpg" }
      try await InBrowser.run(pictures: names) { browser, account in
        try await browser.wear(look)
        try await browser.signIn(at: account)
        try await browser.untilAt(1)
        for (key, name) in [("?", "help"), ("i", "details"), ("g", "grid"), ("z", "zoom")] {
          try await browser.press(key)
          try await browser.until("document.querySelector('dialog.gallery-\(name)')?.open")
          try await browser.until(
            "[...document.querySelectorAll('.gallery-cells img')].slice(0, 4).every(i => i.complete)"
          )
          try await Screenshots.keep("\(name)-\(look.rawValue)", of: browser)
          #expect(try await browser.barriers() == [], "in \(name)")
          let overhang =
            "const d = document.querySelector('dialog[open]'); return d.scrollWidth - d.clientWidth"
          #expect(try await browser.run(overhang) == .number(0))
          try await browser.press(Browser.Key.escape)
        }
      }
    }
  }
}
