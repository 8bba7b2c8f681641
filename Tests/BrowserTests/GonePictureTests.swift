// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import HTTPClient
import HTTPTypes
import Testing

@testable import EndToEndSupport

extension InChromium {
  /// What goes, or comes broken, while the viewer is open: said in its place, and the rest stays whole. The console names
  /// each address that did not answer.
  @Suite
  struct GonePictureTests {
    private static let stage = "files/get_thumbnail_v2"
    private static let tile = "document.querySelector('.gallery-tile')"
    private static let strip =
      "[...document.querySelectorAll('.gallery-track img')].filter(i => i.complete && i.naturalWidth > 0).length"

    private func visit(
      _ pictures: [String], _ act: (Browser, TestAccount) async throws -> Void
    ) async throws {
      try await InBrowser.run(pictures: pictures, variesPages: false, isLoud: true, act)
    }

    @Test func `a picture deleted between list and view is a tile`() async throws {
      try await visit((1...7).map { "Picture \($0).jpg" }) { browser, account in
        try await browser.signIn(at: account)
        try await browser.open(account.site + "/?sort=name")
        try await browser.untilAt(1)
        try await browser.until("\(Self.strip) === 7")
        // Neither beside the first one nor before it, so not fetched yet.
        try FileManager.default.removeItem(atPath: account.photos + "/Picture 5.jpg")
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
      try await visit(names) { browser, account in
        let broken = account.photos + "/e.jpg"
        try Data("no picture".utf8).write(to: URL(filePath: broken))
        let faults = [
          Fault.html, .status(200, body: "<svg xmlns='http://www.w3.org/2000/svg'/>"), .status(200),
        ]
        var place = 1
        for fault in faults {
          account.dropbox.reset()
          account.dropbox.inject(fault, into: Self.stage, times: nil)
          if place == 1 {
            try await browser.signIn(at: account)
            try await browser.open(account.site + "/?sort=name")
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
        account.dropbox.reset()
        try await browser.press(Browser.Key.right)
        try await browser.untilAt(4)
        try await browser.press(Browser.Key.right)
        try await browser.until(
          "\(Self.tile).hidden === false && \(Self.tile).textContent.includes('may be damaged')")
        try await browser.until(
          "document.querySelector('.gallery-track [data-place=\"4\"] .gallery-unavailable')")
      }
    }

    @Test func `a photo is requested again after 1.5 s and after 5 s, and then is a tile`()
      async throws
    {
      try await visit(["Hills.jpg", "Lake.jpg"]) { browser, account in
        try await browser.runFirst(
          """
          window.asked = [];
          const trueFetch = fetch;
          window.fetch = (path, ...rest) => {
            if (/(1024|2048)$/.test(path)) asked.push([...heldTimes]);
            return trueFetch(path, ...rest);
          };
          """)
        try await browser.holdTimers(of: 1500, 3500)
        account.dropbox.inject(.unavailable, into: Self.stage, times: nil)
        try await browser.signIn(at: account)
        try await browser.fireTimers(1)
        try await browser.fireTimers(1)
        try await browser.until("\(Self.tile)?.hidden === false")
        // The first one, at once, is to learn why the image did not come.
        let pauses: [[Double]] = [[], [1500], [1500, 3500]]
        #expect(
          try await browser.run("return asked")
            == .array(pauses.map { .array($0.map(JSONValue.number)) }))
        account.dropbox.reset()
        try await browser.click(".gallery-tile button")
        try await browser.untilAt(1)
      }
    }

    @Test func `a folder that vanished under the viewer is said, and what is there stays`()
      async throws
    {
      try await visit(["Seed.jpg"]) { browser, account in
        let visitor = try await account.signedInVisitor()
        let path = try await visitor.json("/")["pictures"]?.named("Seed.jpg")?["image256"]?.string
        let small = Data(try await visitor.send(try #require(path)).body)
        let folder = account.photos + "/Trips"
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: false)
        for number in 1...130 { try small.write(to: URL(filePath: "\(folder)/\(number).jpg")) }
        try await visitor.send("/logout", method: .post)
        try await browser.signIn(at: account)
        try await browser.click(".albums a")
        try await browser.untilAt(1)
        try FileManager.default.removeItem(atPath: folder)
        try await visitor.signIn()
        try await visitor.send("/logout", method: .post)
        try await browser.press(Browser.Key.end)
        try await browser.until(
          "document.querySelector('.gallery-notice').textContent.includes('cannot be read any more')"
        )
        #expect(try await browser.barriers() == [])
        try await browser.press(Browser.Key.home)
        try await browser.untilAt(1)
        try await browser.click(".gallery-notice a")
        try await browser.until("document.body.textContent.includes('There is nothing here')")
      }
    }
  }
}
