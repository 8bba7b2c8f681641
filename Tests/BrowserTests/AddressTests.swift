// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import Testing

@testable import EndToEndSupport

extension InChromium {
  /// What stands under a picture and in the address, and where Back leads.
  @Suite
  struct AddressTests {
    @Test func `a picture has an address that lasts, and Back returns from a jump`() async throws {
      let names = (1...8).map { "Picture \($0).jpg" }
      try await InBrowser.run(pictures: names) { browser, account in
        try await browser.signIn(at: account)
        try await browser.untilAt(1)
        let before = try await browser.run("return history.length").number ?? 0
        try await browser.press(Browser.Key.right)
        try await browser.untilAt(2)
        try await browser.press(Browser.Key.right)
        try await browser.untilAt(3)
        let visitor = try await account.signedInVisitor()
        let paths = try await visitor.send("/").text.matches(of: /data-id="id:([^"]+)"/)
          .map { JSONValue.string("/pictures/\($0.1)") }
        try #require(paths.count == names.count)
        let path = "return location.pathname"
        #expect(try await browser.run(path) == paths[2])
        #expect(try await browser.run("return history.length") == .number(before))

        try await browser.click(".gallery-track [data-place='6']")
        try await browser.untilAt(7)
        #expect(try await browser.run(path) == paths[6])
        #expect(try await browser.run("return history.length") == .number(before + 1))
        try await browser.run("history.back()")
        try await browser.untilAt(3)
        #expect(try await browser.run(path) == paths[2])
        try await browser.run("history.forward()")
        try await browser.untilAt(7)
        try await browser.run("location.reload()")
        try await browser.untilAt(7)

        // It is the picture that has the address, not its place.
        try FileManager.default.removeItem(atPath: account.photos + "/Picture 2.jpg")
        try await account.forgetListings()
        try await browser.run("location.reload()")
        try await browser.untilAt(6)
        #expect(try await browser.title == "Picture 7")
      }
    }

    @Test func `a link opened while signed out comes back to its picture`() async throws {
      try await InBrowser.run { browser, account in
        let visitor = try await account.signedInVisitor()
        let paths = try await visitor.send("/").text.matches(of: /data-id="id:([^"]+)"/)
        let last = "/pictures/\(try #require(paths.last).1)"
        try await browser.open(account.site + last)
        try await browser.allow(as: account)
        try await browser.untilAt(3)
        #expect(try await browser.run("return location.pathname") == .string(last))
        #expect(
          try await browser.run(
            "return document.querySelector('.gallery-track [aria-current]').dataset.place")
            == .string("2"))
      }
    }

    @Test func `Back leads from a picture to its album, and from there to the folder above`()
      async throws
    {
      let names = [
        "Harbour.jpg", "Trips/Hills.jpg", "Trips/Lake.jpg", "Trips/Storm.jpg", "Trips/Tree.jpg",
      ]
      try await InBrowser.run(pictures: names) { browser, account in
        try await browser.signIn(at: account)
        try await browser.until("document.querySelector('.albums img')?.naturalWidth > 0")
        try await browser.until(
          "document.querySelector('.album-count').textContent === '4 pictures'")
        try await browser.click(".albums a")
        try await browser.untilAt(1)
        let album = try await browser.run("return location.pathname")
        #expect(
          try await browser.run("return document.querySelector('.trail').innerText.trim()").string?
            .contains("Trips") == true)
        try await browser.click(".gallery-track [data-place='2']")
        try await browser.untilAt(3)
        #expect(try await browser.run("return location.pathname") != album)
        try await browser.run("history.back()")
        try await browser.untilAt(1)
        #expect(try await browser.run("return location.pathname") == album)
        try await browser.run("history.back()")
        try await browser.until("location.pathname === '/' && document.querySelector('.albums')")
      }
    }

    @Test func `the caption names, places and dates a picture, and so does the page's title`()
      async throws
    {
      let names = ["Lake.at.dawn.JPEG", "2.png.jpg"]
      try await InBrowser.run(pictures: names) { browser, account in
        let date = Date(timeIntervalSince1970: 1_083_844_800)  // 2004-05-06T12:00:00Z
        for name in names {
          try FileManager.default.setAttributes(
            [.modificationDate: date], ofItemAtPath: account.photos + "/" + name)
        }
        try await browser.signIn(at: account)
        var titles: Set<String> = []
        for place in 1...2 {
          try await browser.untilAt(place)
          let title = try await browser.title
          titles.insert(title)
          #expect(
            try await browser.run("return document.title") == .string("\(title) – Your pictures"))
          #expect(
            try await browser.run("return document.querySelector('.gallery-facts').textContent")
              == .string("\(place) of 2 · May 6, 2004"))
          try await browser.press(Browser.Key.right)
        }
        #expect(titles == ["Lake.at.dawn", "2.png"])
      }
    }
  }
}
