// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import Testing

@testable import EndToEndSupport

extension InChromium {
  /// The page of a folder without pictures, which looks again by itself.
  @Suite struct EmptyPageTests {
    @Test func `a picture put into the folder appears without a click`() async throws {
      try await InBrowser.run(pictures: [], variesPages: false) { browser, account in
        try await browser.holdTimers(of: 10_000)
        try await browser.signIn(at: account)
        try await browser.until(
          "document.querySelector('#looking').textContent.includes('by itself')")
        #expect(try await browser.barriers() == [])
        try Photographs.copy(to: account.photos + "/First.jpg")
        try await account.forgetListings()
        try await browser.fireTimer()
        try await browser.untilPainted()
        #expect(try await browser.title == "First")
        #expect(try await browser.run("return location.pathname") == .string("/"))
      }
    }

    @Test func `a return to the tab causes two looks in a row, then one every ten seconds`()
      async throws
    {
      try await InBrowser.run(pictures: []) { browser, account in
        try await browser.holdTimers(of: 3_000, 10_000)
        try await browser.signIn(at: account)
        try await browser.until("document.querySelector('#looking').textContent && held.size === 1")
        #expect(try await browser.run("return \(Self.looks)") == .number(0))
        try await comeBack(browser)
        for looks in 1...3 {
          try await browser.until("\(Self.looks) === \(looks) && held.size === 1")
          try await browser.fireTimer()
        }
        try await browser.until("\(Self.looks) === 4 && held.size === 1")
        let times: [Double] = [10_000, 3_000, 10_000, 10_000, 10_000]
        #expect(try await browser.run("return heldTimes") == .array(times.map(JSONValue.number)))
      }
    }

    @Test func `a look that fails is said, and the next one comes all the same`() async throws {
      // The console names the looks that failed.
      try await InBrowser.run(pictures: [], isLoud: true) { browser, account in
        try await browser.signIn(at: account)
        try await browser.until("document.querySelector('#looking').textContent")
        account.dropbox.inject(.internalServerError, into: "files/list_folder", times: nil)
        try await account.forgetListings()
        let status = "document.querySelector('#looking').textContent"
        try await comeBack(browser)
        try await browser.until("\(status).includes('did not work')")
        account.dropbox.reset()
        try await browser.devTools("Network.clearBrowserCookies")
        try await comeBack(browser)
        try await browser.until("\(status).includes('signed out')")
        #expect(try await browser.run("return location.pathname") == .string("/"))
      }
    }

    private func comeBack(_ browser: Browser) async throws {
      try await browser.run("document.dispatchEvent(new Event('visibilitychange'))")
    }

    /// How often the page looked.
    private static let looks =
      "performance.getEntriesByType('resource').filter(e => e.initiatorType === 'fetch').length"
  }
}
