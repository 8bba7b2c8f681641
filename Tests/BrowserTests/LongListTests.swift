// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import EndToEndSupport

extension InChromium {
  /// A folder of more pictures than a page holds, as one list.
  @Suite
  struct LongListTests {
    /// How often the browser asked for a page of the list.
    private static func asked(_ page: Int) -> String {
      "performance.getEntriesByType('resource').filter(e => e.name.includes('page=\(page)') && !e.name.includes('since')).length"
    }

    @Test func `the next page is there before the end of this one, asked for once`()
      async throws
    {
      try await InBrowser.run(pictures: [], syntheticPictures: 500) { browser, account in
        try await browser.signIn(at: account)
        try await browser.untilSettled()
        try await browser.open(account.site + "/")
        try await browser.untilAt(1)
        try await browser.run("performance.setResourceTimingBufferSize(5000)")
        try await browser.click(".gallery-track [data-place='9']")
        try await browser.untilAt(10)
        #expect(try await browser.run("return \(Self.asked(2))") == .number(0))
        for _ in 10..<46 { try await browser.press(Browser.Key.right) }
        try await browser.untilAt(46)
        try await browser.until("\(Self.asked(2)) === 1")
        for _ in 46..<61 { try await browser.press(Browser.Key.right) }
        try await browser.untilAt(61)
        #expect(try await browser.run("return \(Self.asked(2))") == .number(1))
        #expect(
          try await browser.run("return document.querySelector('.gallery-facts').textContent")
            .string?
            .hasPrefix("61 of 500") == true)
      }
    }

    @Test func `the end, the beginning and what lies between are one key or one jump away`()
      async throws
    {
      try await InBrowser.run(pictures: [], syntheticPictures: 500) { browser, account in
        try await browser.signIn(at: account)
        try await browser.untilSettled()
        try await browser.open(account.site + "/")
        try await browser.untilAt(1)
        try await browser.press(Browser.Key.end)
        try await browser.untilAt(500)
        let last = try await browser.title
        try await browser.press(Browser.Key.right)
        try await browser.untilAt(1)
        #expect(try await browser.title != last)
        try await browser.press(Browser.Key.left)
        try await browser.untilAt(500)
        #expect(try await browser.title == last)
        // Pages before the run's first come to it as well.
        for _ in 481...500 { try await browser.press(Browser.Key.left) }
        try await browser.untilAt(480)

        try await browser.press("g")
        try await browser.until("document.activeElement?.dataset.place === '479'")
        try await browser.press(Browser.Key.home)
        try await browser.until("document.activeElement?.dataset.place === '0'")
        try await browser.run(
          "document.querySelector('.gallery-cells').children[6].scrollIntoView()")
        try await browser.until("document.querySelector('.gallery-cells [data-place=\"399\"] img')")
        #expect(
          try await browser.run("return document.querySelectorAll('.gallery-cells button').length")
            .number ?? 500 < 400)
        #expect(try await browser.barriers() == [])
        try await browser.click(".gallery-cells [data-place='399']")
        try await browser.untilAt(400)
        #expect(
          try await browser.run(
            "return document.querySelector('.gallery-track [aria-current]').dataset.place")
            == .string("399"))
        try await browser.run("history.back()")
        try await browser.untilAt(480)
      }
    }

    @Test func `a page that does not come is said and tried again`() async throws {
      try await InBrowser.run(pictures: [], syntheticPictures: 200, isLoud: true) {
        browser, account in
        try await browser.signIn(at: account)
        try await browser.untilSettled()
        try await browser.holdTimers(of: 1500, 3500)
        try await setOffline(true, browser)
        try await browser.press(Browser.Key.end)
        try await browser.fireTimers(1)
        try await browser.fireTimers(1)
        let notice = "document.querySelector('.gallery-notice').textContent"
        try await browser.until("\(notice).includes('did not arrive')")
        #expect(try await browser.barriers() == [])
        try await setOffline(false, browser)
        try await browser.untilAt(200)
        try await browser.until("\(notice) === ''")
      }
    }

    @Test func `who is signed out meanwhile is told, and comes back to the same picture`()
      async throws
    {
      try await InBrowser.run(pictures: [], syntheticPictures: 200, isLoud: true) {
        browser, account in
        try await browser.signIn(at: account)
        try await browser.untilSettled()
        try await browser.press(Browser.Key.home)
        try await browser.untilAt(1)
        try await browser.press(Browser.Key.right)
        try await browser.untilAt(2)
        let title = try await browser.title
        try await browser.devTools("Network.clearBrowserCookies", [:])
        try await browser.press(Browser.Key.end)
        try await browser.until("document.querySelector('.gallery-notice a')")
        #expect(try await browser.barriers() == [])
        try await browser.click(".gallery-notice a")
        try await browser.allow(as: account)
        try await browser.untilAt(2)
        #expect(try await browser.title == title)
      }
    }

    private func setOffline(_ isOffline: Bool, _ browser: Browser) async throws {
      try await browser.devTools("Network.enable", [:])
      try await browser.devTools(
        "Network.emulateNetworkConditions",
        [
          "offline": .bool(isOffline), "latency": .number(0), "downloadThroughput": .number(-1),
          "uploadThroughput": .number(-1),
        ])
    }
  }
}
