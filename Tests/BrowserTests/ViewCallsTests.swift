// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Testing

@testable import EndToEndSupport

extension InChromium {
  /// What a view costs at Dropbox.
  @Suite struct ViewCallsTests {
    @Test func `a page that a browser loads again costs no call`() async throws {
      try await InBrowser.run(pictures: [], syntheticPictures: 60) { browser, account in
        try await browser.signIn(at: account)
        // The picture on the stage, those beside it, and what is in sight of the strip.
        let isWhole = """
          performance.getEntriesByType('resource').filter(e => /(1024|2048)$/.test(e.name) && e.responseEnd).length === 4 &&
          [...document.querySelectorAll('.gallery-track img')].every(i => i.complete && i.naturalWidth > 0)
          """
        // Chromium does not always keep what it broke off and asked for again.
        try await browser.until(isWhole)
        try await browser.untilSettled()
        try await browser.open(account.site + "/")
        try await browser.untilAt(1)
        try await browser.until(isWhole)
        let calls = account.dropbox.calls.count
        #expect(calls > 5)
        for _ in 0..<2 {
          try await browser.open(account.site + "/")
          try await browser.untilAt(1)
          try await browser.until(isWhole)
        }
        let more = account.dropbox.calls.dropFirst(calls)
        #expect(more.isEmpty, "\(more)")
      }
    }
  }
}
