// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

extension InChromium {
  /// The gallery in a browser that runs no scripts.
  @Suite
  struct WithoutScriptTests {
    @Test func `a page of pictures leads to the next one, and back, without a script`() async throws
    {
      try await InBrowser.run(
        pictures: ["Trips/Hills.jpg"], syntheticPictures: 100, variesPages: false
      ) { browser, account in
        try Data("no picture".utf8).write(to: URL(filePath: account.photos + "/notes.txt"))
        try await browser.signIn(at: account)
        try await browser.devTools(
          "Emulation.setScriptExecutionDisabled", ["value": .bool(true)])
        try await browser.open(account.site + "/?sort=name")
        try await expect(60, from: "Picture 000001.jpg", browser)
        #expect(try await text(".folder-count", browser) == "100 pictures")
        #expect(try await text(".others", browser) == "One file here is no picture.")
        try await click(".pages a[rel=next]", browser)
        try await expect(40, from: "Picture 000061.jpg", browser)
        try await click(".pages a[rel=prev]", browser)
        try await expect(60, from: "Picture 000001.jpg", browser)
        try await click(".orders a[href*='name-down']", browser)
        try await expect(60, from: "Picture 000100.jpg", browser)
        try await click(".albums a", browser)
        try await expect(1, from: "Hills.jpg", browser)
        // axe-core is a script.
        try await browser.devTools(
          "Emulation.setScriptExecutionDisabled", ["value": .bool(false)])
        #expect(try await browser.barriers() == [])
        #expect(try await browser.run("return document.querySelector('.galleria-stage')") == .null)
      }
    }

    private func text(_ selector: String, _ browser: Browser) async throws -> JSONValue {
      try await browser.evaluate("document.querySelector('\(selector)').textContent")
    }

    private func click(_ selector: String, _ browser: Browser) async throws {
      _ = try await browser.evaluate("document.querySelector(\"\(selector)\").click()")
    }

    /// Waits until a page shows so many pictures, and those in sight are there. Nothing in the page can wait for it.
    private func expect(_ count: Int, from name: String, _ browser: Browser) async throws {
      let script = """
        {
          const images = [...document.querySelectorAll('.sheet img')];
          const seen = images.filter(i => i.getBoundingClientRect().top < innerHeight);
          document.readyState === 'complete' && images.length === \(count) && images[0].alt === '\(name)' &&
            seen.length > 0 && seen.every(i => i.complete && i.naturalWidth > 0 && i.checkVisibility());
        }
        """
      let end = ContinuousClock.now + .seconds(20)
      while try await browser.evaluate(script) != .bool(true) {
        try #require(ContinuousClock.now < end, "\(count) pictures from \(name)")
        await TestLoop.pause(.milliseconds(50))
      }
    }
  }
}
