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
  @Test
  func `sixty pictures cost a listing and three batches, and nothing when they are known`()
    async throws
  {
    let installation = try await Installation.start(pictures: []) {
      $0.syntheticPictures = 60
      $0.variesPages = false
    }
    let visitor = installation.visitor()
    try await visitor.signIn()
    if Front.usual.startsProcesses {
      let paths = try await visitor.json("/")["pictures"]?.array.compactMap { $0["strip"]?.string }
      _ = try await answers(to: paths ?? [], visitor)
      // What is known of a person's folders goes with any of their sessions.
      try await visitor.send("/logout", method: .post)
      try await visitor.signIn()
    }
    installation.dropbox.reset()
    let strips = try await visitor.json("/")["pictures"]?.array.compactMap { $0["strip"]?.string }
    let first = try await answers(to: strips ?? [], visitor)
    try #require(first.count == 60)
    #expect(first.values.allSatisfy { $0.status == .ok })
    #expect(installation.dropbox.count(of: "files/list_folder") == 1)
    let batches = installation.dropbox.count(of: "files/get_thumbnail_batch")
    // Who asks may be late himself, and then it is one more.
    #expect((3...4 + Front.usual.moreBatches).contains(batches))
    #expect(installation.dropbox.calls.count == 1 + batches)

    let tags = first.compactMapValues { $0.fields[.eTag] }
    for order in ["newest", "oldest", "name"] {
      #expect(try await visitor.send("/?sort=" + order).status == .ok)
    }
    let again = try await answers(to: strips ?? [], visitor, tags)
    #expect(again.values.allSatisfy { $0.status == .notModified })
    #expect(installation.dropbox.calls.count == 1 + batches)
    try await installation.stop()
  }

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

  /// The answers to requests that are sent all at once.
  private func answers(
    to paths: [String], _ visitor: Visitor, _ tags: [String: String] = [:]
  ) async throws -> [String: Answer] {
    try await withThrowingTaskGroup(of: (String, Answer).self) { group in
      for path in paths {
        group.addTask {
          var fields = HTTPFields()
          fields[.ifNoneMatch] = tags[path]
          return (path, try await visitor.send(path, fields: fields))
        }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
  }
}
