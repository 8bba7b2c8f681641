// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import EndToEndSupport

extension InChromium {
  /// All pictures at a glance.
  @Suite
  struct GridTests {
    private static let focused =
      "[...document.querySelectorAll('.gallery-cells button')].indexOf(document.activeElement)"

    @Test func `a person walks through the grid by keys and jumps`() async throws {
      let names = (10...49).map { "Picture \($0).jpg" }
      try await InBrowser.run(pictures: names) { browser, account in
        try await browser.signIn(at: account)
        try await browser.untilAt(1)
        try await browser.click(".gallery-tool-grid")
        try await browser.until(Self.focused + " === 0")
        let columns = try #require(
          try await browser.run(
            """
            const tops = [...document.querySelectorAll('.gallery-cells button')].map(b => b.offsetTop);
            return tops.filter(top => top === tops[0]).length
            """
          ).number.map { Int($0) })
        #expect(columns > 2)
        let ways = [
          (Browser.Key.up, 0), (Browser.Key.left, 0), (Browser.Key.right, 1),
          (Browser.Key.down, columns + 1), (Browser.Key.end, 39), (Browser.Key.down, 39),
          (Browser.Key.up, 39 - columns), (Browser.Key.home, 0), (Browser.Key.down, columns),
        ]
        for (key, place) in ways {
          try await browser.press(key)
          try await browser.until("\(Self.focused) === \(place)")
        }
        try await browser.press(Browser.Key.enter)
        try await browser.until("!document.querySelector('.gallery-grid').open")
        try await browser.untilAt(columns + 1)
        #expect(
          try await browser.run("return document.activeElement.matches('.gallery-tool-grid')")
            == .bool(true))

        try await browser.press("g")
        try await browser.until("\(Self.focused) === \(columns)")
        let marked =
          "return [...document.querySelectorAll('.gallery-cells button')].map(b => b.ariaCurrent)"
        let marks = try await browser.run(marked).array
        #expect(marks.indices.filter { marks[$0] == .string("true") } == [columns])
        try await browser.click(".gallery-cells li:nth-child(40) button")
        try await browser.untilAt(40)
      }
    }

    @Test func `what is far from sight is not there, and the scroll bar does not lie`() async throws
    {
      let names = (100...399).map { "Picture \($0).jpg" }
      try await InBrowser.run(pictures: names) { browser, account in
        try await browser.show(width: 320, height: 400)
        try await browser.signIn(at: account)
        try await browser.untilAt(1)
        try await browser.press("g")
        let images = "[...document.querySelectorAll('.gallery-cells img')]"
        try await browser.until(images + ".filter(i => i.naturalWidth > 0).length >= 12")
        #expect(try await browser.run("return \(images).length").number ?? 300 <= 120)
        // Until the whole folder is read, its end is another.
        try await browser.until(
          "document.querySelector('.gallery-cells li').getAttribute('aria-setsize') === '300'")
        let height = "return document.querySelector('.gallery-grid').scrollHeight"
        let before = try await browser.run(height)
        try await browser.press(Browser.Key.end)
        try await browser.until(
          "document.activeElement.dataset.place === '299' && document.activeElement.querySelector('img')?.naturalWidth > 0"
        )
        #expect(try await browser.run(height) == before)
        #expect(try await browser.run("return \(images).length").number ?? 300 <= 180)
      }
    }
  }
}
