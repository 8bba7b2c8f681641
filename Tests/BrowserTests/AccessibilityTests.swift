// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import EndToEndSupport

extension InChromium {
  /// That axe-core, which looks at every page in `PageLooksTests`, would speak.
  @Suite
  struct AccessibilityTests {
    @Test func `a barrier would be seen`() async throws {
      try await InBrowser.run { browser, account in
        try await browser.open(account.site + "/welcome")
        #expect(try await browser.barriers() == [])
        try await browser.run("document.documentElement.removeAttribute('lang')")
        #expect(try await browser.barriers().contains { $0.hasPrefix("html-has-lang: html") })
      }
    }

    @Test func `no page is a barrier`() async throws {
      // The console names the page that does not exist.
      try await InBrowser.run(isLoud: true) { browser, account in
        try await browser.signIn(at: account)
        for path in ["/welcome?after=expiry", "/nowhere"] {
          try await browser.open(account.site + path)
          #expect(try await browser.barriers() == [], "\(path)")
        }
        try await browser.open(account.site + "/login")
        try await browser.run("location.href = arguments[0]", .string(account.site + "/logout"))
        try await browser.until("document.querySelector('.button-second')")
        #expect(try await browser.barriers() == [], "/logout")
      }
    }
  }
}
