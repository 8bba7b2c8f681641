// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

/// The slideshow, with its five seconds in our hands.
@Suite(.serialized)
struct SlideshowTests {
  /// Keeps timers of five seconds back, to be fired by hand.
  private static let heldTimers = """
    window.held = new Map();
    const { setTimeout: set, clearTimeout: clear } = window;
    let last = 1e9;
    window.setTimeout = (act, after, ...rest) =>
      after === 5000 ? (held.set(++last, act), last) : set(act, after, ...rest);
    window.clearTimeout = (id) => held.delete(id) || clear(id);
    """
  private static let fire =
    "const [[id, act]] = held; held.delete(id); act(); return held.size"

  @Test func `it goes on, waits while nobody looks, and ends when a person goes`() async throws {
    try await InBrowser.run { browser, installation in
      try await browser.devTools(
        "Page.addScriptToEvaluateOnNewDocument", ["source": .string(Self.heldTimers)])
      try await browser.signIn(at: installation)
      try await browser.untilAt(1)
      let isPlaying = "document.querySelector('.gallery-tool-play').title.startsWith('Stop')"
      #expect(try await browser.run("return held.size") == .number(0))
      try await browser.press("s")
      try await browser.until("held.size === 1 && \(isPlaying)")
      try await browser.run(Self.fire)
      try await browser.untilAt(2)
      try await browser.until("held.size === 1 && \(isPlaying)")

      try await setHidden(true, browser)
      #expect(try await browser.run("return held.size") == .number(0))
      try await setHidden(false, browser)
      #expect(try await browser.run("return held.size") == .number(1))

      try await browser.press("i")
      try await browser.until("document.querySelector('.gallery-details')?.open")
      #expect(try await browser.run(Self.fire) == .number(0))
      try await browser.press(Browser.Key.escape)
      try await browser.until("held.size === 1 && \(isPlaying)")
      try await browser.untilAt(2)

      try await browser.click(".gallery-tool-next")
      try await browser.untilAt(3)
      try await browser.until("held.size === 0 && !(\(isPlaying))")

      try await browser.click(".gallery-tool-play")
      try await browser.until("held.size === 1 && \(isPlaying)")
      try await browser.run(Self.fire)
      try await browser.untilAt(1)
      try await browser.press("s")
      try await browser.until("held.size === 0 && !(\(isPlaying))")
    }
  }

  private func setHidden(_ isHidden: Bool, _ browser: Browser) async throws {
    try await browser.run(
      """
      Object.defineProperty(document, 'hidden', { value: arguments[0], configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
      """, .bool(isHidden))
  }
}
