// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import EndToEndSupport

/// That axe-core, which looks at every page in `PageLooksTests`, would speak.
@Suite(.serialized)
struct AccessibilityTests {
  @Test func `a barrier would be seen`() async throws {
    try await InBrowser.run { browser, installation in
      try await browser.open(installation.site + "/welcome")
      #expect(try await browser.barriers() == [])
      try await browser.run("document.documentElement.removeAttribute('lang')")
      #expect(try await browser.barriers().contains { $0.hasPrefix("html-has-lang: html") })
    }
  }
}
