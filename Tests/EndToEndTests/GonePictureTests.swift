// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import HTTPClient
import HTTPTypes
import Testing

@testable import EndToEndSupport

/// What goes, or comes broken, while the viewer is open: said in its place, and the rest stays whole. The console names
/// each address that did not answer, so no visit is `InBrowser`.
@Suite(.serialized)
struct GonePictureTests {
  private static let stage = "files/get_thumbnail_v2"
  private static let tile = "document.querySelector('.gallery-tile')"
  private static let strip =
    "[...document.querySelectorAll('.gallery-track img')].filter(i => i.complete && i.naturalWidth > 0).length"

  private func visit(
    _ pictures: [String], _ act: (Browser, Installation) async throws -> Void
  ) async throws {
    let installation = try await Installation.start(pictures: pictures) { $0.variesPages = false }
    let browser = try await installation.browser()
    try await act(browser, installation)
    await browser.stop()
    try await installation.stop()
  }

  @Test func `a picture deleted between list and view is a tile`() async throws {
    try await visit((1...7).map { "Picture \($0).jpg" }) { browser, installation in
      try await browser.signIn(at: installation)
      try await browser.open(installation.site + "/?sort=name")
      try await browser.untilAt(1)
      try await browser.until("\(Self.strip) === 7")
      // Neither beside the first one nor before it, so not fetched yet.
      try FileManager.default.removeItem(atPath: installation.photos + "/Picture 5.jpg")
      try await browser.click(".gallery-track [data-place='4']")
      try await browser.until("\(Self.tile).hidden === false")
      #expect(
        try await browser.run("return \(Self.tile).querySelector('h2').textContent")
          == "Picture 5.jpg")
      #expect(
        try await browser.run("return \(Self.tile).textContent").string?
          .contains("no longer in your folder") == true)
      #expect(try await browser.barriers() == [])
      for (key, place) in [(Browser.Key.left, 4), (Browser.Key.home, 1), (Browser.Key.end, 7)] {
        try await browser.press(key)
        try await browser.untilAt(place)
        try await browser.until("\(Self.tile).hidden")
      }
    }
  }

  @Test func `what comes in the place of a picture is a tile with the reason`() async throws {
    let names = ["a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg"]
    try await visit(names) { browser, installation in
      let broken = installation.photos + "/e.jpg"
      try Data("no picture".utf8).write(to: URL(filePath: broken))
      let faults = [
        Fault.html, .status(200, body: "<svg xmlns='http://www.w3.org/2000/svg'/>"), .status(200),
      ]
      var place = 1
      for fault in faults {
        installation.dropbox.reset()
        installation.dropbox.inject(fault, into: Self.stage, times: nil)
        if place == 1 {
          try await browser.signIn(at: installation)
          try await browser.open(installation.site + "/?sort=name")
        } else {
          try await browser.press(Browser.Key.right)
        }
        try await browser.until(
          """
          \(Self.tile)?.hidden === false && \(Self.tile).textContent.includes('something else than a picture') &&
          \(Self.tile).querySelector('h2').textContent === '\(names[place - 1])'
          """)
        #expect(try await browser.barriers() == [])
        place += 1
      }
      installation.dropbox.reset()
      try await browser.press(Browser.Key.right)
      try await browser.untilAt(4)
      try await browser.press(Browser.Key.right)
      try await browser.until(
        "\(Self.tile).hidden === false && \(Self.tile).textContent.includes('may be damaged')")
      try await browser.until(
        "document.querySelector('.gallery-track [data-place=\"4\"] .gallery-lack')")
    }
  }

  @Test func `a throttled picture is asked for after 1.5 s and after 5 s, and then is a tile`()
    async throws
  {
    try await visit(["Hills.jpg", "Lake.jpg"]) { browser, installation in
      try await browser.devTools(
        "Page.addScriptToEvaluateOnNewDocument",
        [
          "source": .string(
            """
            window.asked = [];
            const trueFetch = fetch;
            window.fetch = (path, ...rest) => {
              if (/(1024|2048)$/.test(path)) asked.push(performance.now());
              return trueFetch(path, ...rest);
            };
            """)
        ])
      // It holds while the page asks three times, and ends within the three times after the click.
      installation.dropbox.inject(.tooManyRequests(retryAfter: 12), into: Self.stage, times: nil)
      try await browser.signIn(at: installation)
      try await browser.until("\(Self.tile)?.hidden === false")
      let times = try await browser.run("return asked").array.compactMap(\.number)
      // The first one, at once, is to learn why the image did not come.
      try #require(times.count == 3)
      // What is above is for the answers, which Apache may hold up for a second each.
      #expect((1450..<6000).contains(times[1] - times[0]))
      #expect((4900..<15000).contains(times[2] - times[0]))
      installation.dropbox.reset()
      try await browser.click(".gallery-tile button")
      try await browser.untilAt(1)
    }
  }

  @Test func `a folder that vanished under the viewer is said, and what is there stays`()
    async throws
  {
    try await visit(["Seed.jpg"]) { browser, installation in
      let visitor = installation.visitor()
      try await visitor.signIn()
      let path = try await visitor.json("/")["pictures"]?.named("Seed.jpg")?["image256"]?.string
      let small = Data(try await visitor.send(try #require(path)).body)
      let folder = installation.photos + "/Trips"
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: false)
      for number in 1...130 { try small.write(to: URL(filePath: "\(folder)/\(number).jpg")) }
      // What is known of a person's folders goes with any of their sessions.
      try await visitor.send("/logout", method: .post)
      try await browser.signIn(at: installation)
      try await browser.click(".albums a")
      try await browser.untilAt(1)
      try FileManager.default.removeItem(atPath: folder)
      try await visitor.signIn()
      try await visitor.send("/logout", method: .post)
      try await browser.press(Browser.Key.end)
      try await browser.until(
        "document.querySelector('.gallery-notice').textContent.includes('cannot be read any more')")
      #expect(try await browser.barriers() == [])
      try await browser.press(Browser.Key.home)
      try await browser.untilAt(1)
      try await browser.click(".gallery-notice a")
      try await browser.until("document.body.textContent.includes('There is nothing here')")
    }
  }
}
