// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

extension InChromium {
  /// What comes and goes while somebody looks.
  @Suite
  struct NewsTests {
    private static let button = "document.querySelector('.gallery-notice button')"

    /// Comes back to the tab, which looks for news then.
    private func comeBack(_ browser: Browser) async throws {
      try await browser.run("document.dispatchEvent(new Event('visibilitychange'))")
    }

    /// Puts a picture there that is newer than all others.
    private func putNew(_ file: String) throws {
      try Photographs.copy(to: file)
      try FileManager.default.setAttributes(
        [.modificationDate: Date.now.addingTimeInterval(3600)], ofItemAtPath: file)
    }

    @Test func `a new picture is offered quietly on return, and comes in`() async throws {
      // The console names the picture that is gone.
      try await InBrowser.run(isLoud: true) { browser, account in
        try await browser.signIn(at: account)
        try await browser.untilAt(1)
        try await browser.press(Browser.Key.right)
        try await browser.untilAt(2)
        let title = try await browser.title
        let file = account.photos + "/Z new.jpg"
        try putNew(file)
        try await account.openLink(to: "Z new.jpg")
        try await comeBack(browser)
        try await browser.until(Self.button)
        #expect(
          try await browser.run("return \(Self.button).textContent") == .string("1 new picture"))
        #expect(try await browser.title == title)
        #expect(try await browser.barriers() == [])
        try await browser.click(".gallery-notice button")
        try await browser.untilAt(1)
        #expect(try await browser.title == "Z new")
        try await browser.until(
          "!\(Self.button) && document.querySelectorAll('.gallery-track button').length === 4")

        // The picture on the stage goes: its neighbour takes its place.
        try FileManager.default.removeItem(atPath: file)
        try await account.forgetListings()
        try await comeBack(browser)
        try await browser.until(
          "document.querySelector('.gallery-facts').textContent.startsWith('1 of 3')")
        try await browser.untilAt(1)
        #expect(try await browser.title != "Z new")
      }
    }

    @Test func `a new picture is offered within a minute to a person who leaves the page alone`()
      async throws
    {
      try await InBrowser.run(pictures: ["Harbour.jpg"]) { browser, account in
        try await browser.holdTimers(of: 18_000)
        try await browser.signIn(at: account)
        try await browser.untilPainted()
        try await browser.until("held.size === 1")
        try putNew(account.photos + "/Z new.jpg")
        try await account.openLink(to: "Z new.jpg")
        try await browser.fireTimer()
        try await browser.until(Self.button)
        #expect(
          try await browser.run("return \(Self.button).textContent") == .string("1 new picture"))
        #expect(try await browser.title == "Harbour")
      }
    }

    @Test
    func `a folder that is still read counts up and settles around the same picture`()
      async throws
    {
      try await InBrowser.run(pictures: [], syntheticPictures: 9000) { browser, account in
        account.dropbox.setLatency(.milliseconds(350))
        try await browser.signIn(at: account)
        try await browser.until("document.querySelector('.gallery-title bdi')?.textContent")
        let line = "document.querySelector('.folder-count').textContent"
        #expect(try await browser.run("return \(line)").string?.contains("so far") == true)
        try await browser.press(Browser.Key.right)
        try await browser.until(
          "document.querySelector('.gallery-facts').textContent.startsWith('2 of')")
        account.dropbox.setLatency(.zero)
        let title = try await browser.title
        let loads = "performance.getEntriesByType('navigation').length"
        try await browser.until("\(line) === '9,000 pictures'")
        try await browser.until(
          "document.querySelector('.gallery-facts').textContent.includes(' of 9,000')")
        #expect(try await browser.title == title)
        #expect(try await browser.run("return \(loads)") == .number(1))
        #expect(
          try await browser.run(
            "return document.querySelector('.gallery-track [aria-current]').title")
            == .string(title + ".jpg"))
        try await browser.press(Browser.Key.end)
        try await browser.untilAt(9000)
      }
    }

    @Test func `nobody looks for news in a tab that nobody sees`() async throws {
      try await InBrowser.run { browser, account in
        try await browser.holdTimers(of: 18_000)
        try await browser.signIn(at: account)
        try await browser.untilAt(1)
        let looks =
          "performance.getEntriesByType('resource').filter(e => e.name.includes('since=')).length"
        // Once the folder is read; until then it looks more often.
        try await browser.until("held.size === 1")
        let before = try await browser.run("return \(looks)").number ?? 0
        try await browser.fireTimer()
        try await browser.until("\(looks) === \(before + 1) && held.size === 1")
        // Without a timer nothing comes.
        try await browser.setHidden(true)
        #expect(
          try await browser.run("return [held.size, \(looks) - \(before)].join()") == .string("0,1")
        )
        try await browser.setHidden(false)
        try await browser.until("\(looks) === \(before + 2) && held.size === 1")
      }
    }

    @Test func `the order stays`() async throws {
      try await InBrowser.run(pictures: ["b2.jpg", "B10.jpg", "a.jpg"]) { browser, account in
        try await browser.signIn(at: account)
        try await browser.untilAt(1)
        try await browser.click(".orders a[href*='name-down']")
        try await browser.untilAt(1)
        #expect(try await browser.title == "B10")
        try await browser.press(Browser.Key.right)
        try await browser.untilAt(2)
        try await browser.run("location.reload()")
        try await browser.untilAt(2)
        #expect(try await browser.title == "b2")
        #expect(
          try await browser.run(
            "return document.querySelector('.orders [aria-current]').textContent")
            == .string("Z–A"))
      }
    }

    @Test func `a test sets the polling interval before the scripts of the page run`() async throws
    {
      try await InBrowser.run { browser, account in
        try await browser.setTiming(["pollInterval": 250])
        try await browser.signIn(at: account)
        try await browser.open(account.site + "/?sort=name")
        try await browser.untilAt(1)
        // With the built-in interval of 18 s, three polls take longer than `until` waits.
        try await browser.until(
          "performance.getEntriesByType('resource').filter(e => e.name.includes('since=')).length > 3"
        )
      }
    }

    @Test func `a duration that the scripts do not have is an error`() async throws {
      try await InBrowser.run { browser, account in
        try await browser.open(account.site + "/welcome")
        let message = try await browser.run(
          """
          return import('/assets/gallery/timing.js').then(({ makeTiming }) => {
            try { makeTiming({ pollInterval: 1, polInterval: 1 }); } catch (error) { return error.message; }
          });
          """)
        #expect(message == .string("galleryTiming has no polInterval"))
      }
    }
  }
}
