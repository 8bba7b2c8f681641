// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import EndToEndSupport

extension InChromium {
  /// The run of pages that Galleria holds, as a table: the function knows no page, but only a browser can read it.
  @Suite
  struct RunTests {
    private struct Case {
      let first: Int
      let last: Int
      let place: Int
      let count: Int
      let change: String
    }

    private static let cases = [
      Case(first: 1, last: 1, place: 0, count: 500, change: "null"),
      Case(first: 1, last: 1, place: 44, count: 500, change: "null"),
      Case(first: 1, last: 1, place: 45, count: 500, change: "push 2 0 false"),
      Case(first: 1, last: 1, place: 59, count: 60, change: "null"),
      Case(first: 1, last: 1, place: 60, count: 500, change: "push 2 0 true"),
      Case(first: 1, last: 1, place: 499, count: 500, change: "replace 9 0 true"),
      Case(first: 9, last: 9, place: 499, count: 500, change: "null"),
      Case(first: 9, last: 9, place: 494, count: 500, change: "unshift 8 0 false"),
      Case(first: 9, last: 9, place: 479, count: 500, change: "unshift 8 0 true"),
      Case(first: 9, last: 9, place: 0, count: 500, change: "replace 1 0 true"),
      Case(first: 1, last: 10, place: 590, count: 100_000, change: "push 11 1 false"),
      Case(first: 5, last: 14, place: 241, count: 100_000, change: "unshift 4 14 false"),
      Case(first: 1, last: 1, place: 0, count: 1, change: "null"),
    ]

    @Test func `a run grows before its end, stays bounded, and is replaced by a jump`() async throws
    {
      try await InBrowser.run { browser, account in
        try await browser.open(account.site + "/welcome")
        for each in Self.cases {
          let change = try await browser.run(
            """
            const [run, place, count] = [{ first: arguments[0], last: arguments[1] }, arguments[2], arguments[3]];
            return import('/assets/gallery/list.js').then(({ nextChange }) => {
              const change = nextChange(run, place, count);
              return change ? [change.kind, change.page, change.drop, change.isNeeded].join(' ') : 'null';
            });
            """, .number(Double(each.first)), .number(Double(each.last)),
            .number(Double(each.place)), .number(Double(each.count)))
          #expect(change == .string(each.change), "\(each)")
        }
      }
    }
  }
}
