// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import Testing

/// What stands under a picture and in the address, and where Back leads.
@Suite(.serialized)
struct AddressTests {
  @Test func `a picture has an address that lasts, and Back returns from a jump`() async throws {
    let names = (1...8).map { "Picture \($0).jpg" }
    try await InBrowser.run(pictures: names) { browser, installation in
      try await browser.signIn(at: installation)
      try await browser.untilAt(1)
      let before = try await browser.run("return history.length").number ?? 0
      try await browser.press(Browser.Key.right)
      try await browser.untilAt(2)
      try await browser.press(Browser.Key.right)
      try await browser.untilAt(3)
      let visitor = installation.visitor()
      try await visitor.signIn()
      let ids = try await visitor.send("/").text.matches(of: /data-id="id:([^"]+)"/)
        .map { String($0.1) }
      try #require(ids.count == names.count)
      let hash = "return location.hash"
      #expect(try await browser.run(hash) == .string("#" + ids[2]))
      #expect(try await browser.run("return history.length") == .number(before))

      try await browser.click(".galleria-thumbnails .galleria-image:nth-child(7)")
      try await browser.untilAt(7)
      #expect(try await browser.run("return history.length") == .number(before + 1))
      try await browser.run("history.back()")
      try await browser.untilAt(3)
      #expect(try await browser.run(hash) == .string("#" + ids[2]))
      try await browser.run("history.forward()")
      try await browser.untilAt(7)
      try await browser.run("location.reload()")
      try await browser.untilAt(7)

      // It is the picture that has the address, not its place.
      try FileManager.default.removeItem(atPath: installation.photos + "/Picture 2.jpg")
      // Forgets what is known of this person's folder, which would be taken for fresh for 30 s.
      try await visitor.send("/logout", method: .post)
      try await browser.run("location.reload()")
      try await browser.untilAt(6)
      #expect(try await browser.title == "Picture 7")
      try await browser.open(installation.site + "/#nothing")
      try await browser.run("location.reload()")
      try await browser.untilAt(1)
      try await browser.press(Browser.Key.right)
      try await browser.untilAt(2)
      #expect(try await browser.run(hash) == .string("#" + ids[2]))
    }
  }

  @Test func `the caption names, places and dates a picture, and so does the page's title`()
    async throws
  {
    let names = ["Lake.at.dawn.JPEG", "2.png.jpg"]
    try await InBrowser.run(pictures: names) { browser, installation in
      let date = Date(timeIntervalSince1970: 1_083_844_800)  // 2004-05-06T12:00:00Z
      for name in names {
        try FileManager.default.setAttributes(
          [.modificationDate: date], ofItemAtPath: installation.photos + "/" + name)
      }
      try await browser.signIn(at: installation)
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
