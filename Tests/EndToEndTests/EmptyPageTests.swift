// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

/// The page of a folder without pictures, which looks again by itself.
@Suite(.serialized)
struct EmptyPageTests {
  @Test func `a picture put into the folder appears without a click`() async throws {
    try await InBrowser.run(pictures: []) { browser, installation in
      try await browser.signIn(at: installation)
      try await browser.until(
        "document.querySelector('#looking').textContent.includes('by itself')")
      #expect(try await browser.barriers() == [])
      try await installation.putPicture("First.jpg")
      // The page looks every ten seconds.
      try await browser.untilPainted()
      #expect(try await browser.title == "First")
      #expect(try await browser.run("return location.pathname") == .string("/"))
    }
  }

  @Test func `who comes back to the tab gets two looks in a row, then one every ten seconds`()
    async throws
  {
    try await InBrowser.run(pictures: []) { browser, installation in
      try await browser.signIn(at: installation)
      try await browser.until("document.querySelector('#looking').textContent")
      try await browser.run("document.dispatchEvent(new Event('visibilitychange'))")
      try await browser.until("\(Self.looks).length === 3")
      let pauses = try await browser.run(
        "const looks = \(Self.looks); return looks.slice(1).map((look, i) => look - looks[i])"
      ).array.compactMap(\.number)
      #expect(pauses.count == 2 && (2900..<9000).contains(pauses[0]) && pauses[1] > 9900)
    }
  }

  @Test func `a look that fails is said, and the next one comes all the same`() async throws {
    // The console names the looks that failed, so this visit is not `InBrowser`.
    let installation = try await Installation.start(pictures: [])
    let browser = try await installation.browser()
    try await browser.signIn(at: installation)
    try await browser.until("document.querySelector('#looking').textContent")
    try await installation.redis.kill()
    let status = "document.querySelector('#looking').textContent"
    let comeBack = "document.dispatchEvent(new Event('visibilitychange'))"
    try await browser.run(comeBack)
    try await browser.until("\(status).includes('did not work')")
    try await installation.redis.start()
    try await installation.waitUntilItAnswers()
    // Its memory was lost, and the session with it.
    try await browser.run(comeBack)
    try await browser.until("\(status).includes('signed out')")
    #expect(try await browser.run("return location.pathname") == .string("/"))
    await browser.stop()
    try await installation.stop()
  }

  @Test func `without a script it explains itself, and a button looks again`() async throws {
    let installation = try await Installation.start(
      pictures: [], settings: ["DBX_APP_FOLDER": "My pictures"])
    let visitor = installation.visitor()
    try await visitor.signIn()
    try Data("no picture".utf8).write(to: URL(filePath: installation.photos + "/notes.txt"))
    let page = try await visitor.send("/")
    #expect(page.text.contains("<p>One file here is no picture.</p>"))
    for way in ["“Apps/My pictures”", "From a computer", "From a phone"] {
      #expect(page.text.contains(way), "\(way)")
    }
    #expect(page.text.contains("<a class=\"button\" href=\"/\">I added some, look again</a>"))
    #expect(page.text.contains("role=\"status\"") && !page.text.contains("by itself.</p>"))
    try await installation.stop()
  }

  /// When the page looked, in milliseconds.
  private static let looks = """
    performance.getEntriesByType('resource').filter(e => e.initiatorType === 'fetch').map(e => e.startTime)
    """
}

extension Installation {
  /// Puts a picture into the folder, and lets the service forget what it knew of it, as when the person signs out
  /// somewhere else: a listing is fresh for half a minute otherwise.
  fileprivate func putPicture(_ name: String) async throws {
    try Photographs.copy(to: photos + "/" + name)
    let elsewhere = visitor()
    try await elsewhere.signIn()
    try await elsewhere.send("/logout", method: .post)
  }
}
