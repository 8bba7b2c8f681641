// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import EndToEndSupport

extension InChromium {
  /// Albums and pictures with names that mean something elsewhere.
  @Suite struct AnyNameTests {
    private static let names = [
      "100% %25 %2e%2e %00", "#1", "what? a=b&c=d", "a;b+c \\ 'd' \"e\"", "😀 Übung",
      String(repeating: "x", count: 255), String(repeating: "😀", count: 63) + "abc",
    ]

    /// A picture called as its album, as far as its ending leaves room in 255 bytes.
    private static func picture(in name: String) -> String {
      String(name.prefix(name.utf8.count > 251 ? 62 : name.count)) + ".jpg"
    }

    private static let paths = names.map { "\($0)/\(picture(in: $0))" }

    @Test func `an album of any name opens by a click, and says its name`() async throws {
      try await InBrowser.run(pictures: Self.paths) { browser, account in
        try await browser.signIn(at: account)
        for index in Self.names.indices {
          try await browser.open(account.site + "/")
          let link = ".albums li:nth-child(\(index + 1)) a"
          let name = try await browser.run(
            "return document.querySelector('\(link) .album-name').textContent")
          #expect(Self.names.contains(name.string ?? ""))
          try await browser.click(link)
          try await browser.untilPainted()
          let trail = "return document.querySelector('.trail [aria-current]').textContent"
          #expect(try await browser.run(trail) == name)
          #expect(try await browser.title + ".jpg" == Self.picture(in: name.string ?? ""))
        }
      }
    }
  }
}
