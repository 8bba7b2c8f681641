// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import EndToEndSupport

extension InChromium {
  /// The slideshow, with its five seconds in our hands.
  @Suite
  struct SlideshowTests {
    @Test func `it goes on, waits while nobody looks, and ends when a person goes`() async throws {
      try await InBrowser.run { browser, account in
        try await browser.holdTimers(of: 5000)
        try await browser.signIn(at: account)
        try await browser.untilAt(1)
        let isPlaying = "document.querySelector('.gallery-tool-play').title.startsWith('Stop')"
        #expect(try await browser.run("return held.size") == .number(0))
        try await browser.press("s")
        try await browser.until("held.size === 1 && \(isPlaying)")
        try await browser.fireTimer()
        try await browser.untilAt(2)
        try await browser.until("held.size === 1 && \(isPlaying)")

        try await browser.setHidden(true)
        #expect(try await browser.run("return held.size") == .number(0))
        try await browser.setHidden(false)
        #expect(try await browser.run("return held.size") == .number(1))

        try await browser.press("i")
        try await browser.until("document.querySelector('.gallery-details')?.open")
        #expect(try await browser.fireTimer() == .number(0))
        try await browser.press(Browser.Key.escape)
        try await browser.until("held.size === 1 && \(isPlaying)")
        try await browser.untilAt(2)

        try await browser.click(".gallery-tool-next")
        try await browser.untilAt(3)
        try await browser.until("held.size === 0 && !(\(isPlaying))")

        try await browser.click(".gallery-tool-play")
        try await browser.until("held.size === 1 && \(isPlaying)")
        try await browser.fireTimer()
        try await browser.untilAt(1)
        try await browser.press("s")
        try await browser.until("held.size === 0 && !(\(isPlaying))")
      }
    }
  }
}
