// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import EndToEndSupport

extension InChromium {
  /// Styles and scripts with a version in their address.
  @Suite struct AssetsTests {
    @Test func `a browser asks once for what a page is made of, and runs only what the page means`()
      async throws
    {
      try await InBrowser.run { browser, account in
        // The web server's log names the test by it.
        try await browser.devTools("Network.enable")
        try await browser.devTools(
          "Network.setExtraHTTPHeaders",
          ["headers": .object(["X-Forwarded-For": .string(account.address)])])
        try await browser.signIn(at: account)
        try await browser.untilPainted()
        let scripts = try await browser.run(
          "return [...document.scripts].filter(each => each.src).map(each => each.integrity)"
        ).array.compactMap(\.string)
        #expect(scripts.count == 4)
        #expect(scripts.allSatisfy { $0.wholeMatch(of: /sha256-[A-Za-z0-9+\/]{43}=/) != nil })

        let before = try requests(account)
        try await browser.open(account.site + "/?sort=oldest")
        try await browser.untilPainted()
        try await browser.open(account.site + "/?sort=name")
        // Each line is written once its answer is sent, so that of the last page stands behind those before.
        #expect(before.count > 10)
        let again = Array(try requests(account).dropFirst(before.count))
        #expect(again == [])
      }
    }

    /// Targets below `/assets/` that this test's browser asked for, from the web server's log.
    private func requests(_ account: TestAccount) throws -> [String] {
      let log = account.installation.web.runtime + "/gallery.log"
      return try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
        .filter { $0.hasPrefix(account.address + " ") }
        .compactMap { $0.firstMatch(of: /"GET (\/assets\/\S+)/).map { String($0.output.1) } }
    }
  }
}
