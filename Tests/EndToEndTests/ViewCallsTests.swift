// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import HTTPClient
import HTTPTypes
import Testing

@testable import EndToEndSupport

/// What a view costs at Dropbox.
@Suite(.serialized)
struct ViewCallsTests {
  @Test func `a page that a browser loads again costs no call`() async throws {
    try await InBrowser.run(pictures: [], syntheticPictures: 60) { browser, installation in
      try await browser.signIn(at: installation)
      // The picture on the stage, those beside it, and what is in sight of the strip.
      let isWhole = """
        performance.getEntriesByType('resource').filter(e => /(1024|2048)$/.test(e.name) && e.responseEnd).length === 4 &&
        [...document.querySelectorAll('.gallery-track img')].every(i => i.complete && i.naturalWidth > 0)
        """
      // Chromium does not always keep what it broke off and asked for again.
      try await browser.until(isWhole)
      try await browser.untilSettled()
      try await browser.open(installation.site + "/")
      try await browser.untilAt(1)
      try await browser.until(isWhole)
      let calls = installation.dropbox.calls.count
      #expect(calls > 5)
      for _ in 0..<2 {
        try await browser.open(installation.site + "/")
        try await browser.untilAt(1)
        try await browser.until(isWhole)
      }
      let more = installation.dropbox.calls.dropFirst(calls)
      #expect(more.isEmpty, "\(more)")
    }
  }
}
