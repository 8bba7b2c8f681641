// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTPClient
import Testing

@testable import EndToEndSupport

extension InChromium {
  /// The gallery in a real Chromium, as a person has it before them.
  @Suite
  struct VisitTests {
    @Test func `a person signs in, looks around and signs out`() async throws {
      try await InBrowser.run { browser, account in
        try await browser.open(account.site + "/welcome")
        try await browser.click("a.button")
        try await browser.allow(as: account)
        try await browser.untilPainted()
        try await browser.until(
          """
          [...document.querySelectorAll('.gallery-track img')].length === 3 &&
          [...document.querySelectorAll('.gallery-track img')].every(i => i.naturalWidth > 0)
          """)

        let first = try await browser.title
        try await browser.click(".gallery-tool-next")
        try await browser.untilAt(2)
        #expect(try await browser.title != first)
        try await browser.press(Browser.Key.home)
        try await browser.untilAt(1)
        #expect(try await browser.title == first)

        try await browser.emulateFocus(false)
        try await browser.click(".gallery-fullscreen")
        try await browser.until("document.fullscreenElement && innerWidth === screen.width")
        try await browser.untilPainted()
        try await browser.click(".gallery-fullscreen")
        try await browser.until("!document.fullscreenElement")
        try await browser.emulateFocus(true)
        try await browser.untilPainted()

        // What is still on its way when a person signs out is refused, and the browser would say so.
        try await browser.until(
          """
          new Set(performance.getEntriesByType('resource').map(each => each.name)
            .filter(name => name.endsWith('/1024'))).size === 3
          """)
        try await browser.click(".account button")
        try await browser.until("location.pathname === '/welcome'")
        #expect(try await browser.run("return document.cookie") == .string(""))
        try await browser.open(account.site + "/")
        try await browser.until("document.querySelector('#allow')")
      }
    }

    @Test func `a person who says no is told what that means`() async throws {
      try await InBrowser.run { browser, account in
        try await browser.open(account.site + "/login")
        try await browser.click("#deny")
        try await browser.until("location.pathname === '/welcome'")
        try await browser.until("document.querySelector('.notice').textContent.length > 20")
      }
    }

    @Test func `hostile names are text everywhere, and open`() async throws {
      let names = [
        "<img src=x onerror=alert(1)>.jpg", "\"double\" and 'single' &amp; <b>.jpg",
        "🌅 family 👨‍👩‍👧.jpg", "\u{202E}gpj.ssalc\u{202C} שלום.jpg", "100% %2e%2e%00.jpg",
        "#1?a=b&c=d.jpg",
        "{{name}} ${1} \\u0041.jpg",
      ]
      try await InBrowser.run(pictures: names) { browser, account in
        try await browser.signIn(at: account)
        var seen: Set<String> = []
        for index in names.indices {
          try await browser.untilAt(index + 1)
          seen.insert(try await browser.title)
          let markup = "return document.querySelector('.gallery-title bdi').childElementCount"
          #expect(try await browser.run(markup) == .number(0))
          if index < names.count - 1 { try await browser.click(".gallery-tool-next") }
        }
        #expect(seen == Set(names.map { String($0.dropLast(".jpg".count)) }))

        let visitor = try await account.signedInVisitor()
        let links = try await visitor.send("/").text.matches(of: /href="(\/originals\/[^"]+)"/)
        #expect(links.count == names.count)
        for link in links {
          let original = try await visitor.send(try await visitor.send(String(link.1)).location)
          #expect(original.body.starts(with: [0xFF, 0xD8, 0xFF]))
        }
      }
    }

    @Test func `a breach of the content security policy would be seen`() async throws {
      try await InBrowser.run(isLoud: true) { browser, account in
        try await browser.open(account.site + "/welcome")
        try await browser.run("document.body.setAttribute('style', 'color: red')")
        #expect(try await browser.console().contains { $0.contains("Content Security Policy") })
      }
    }
  }
}
