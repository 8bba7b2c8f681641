// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import EndToEndSupport

extension InChromium {
  /// GIFs, which play.
  @Suite
  struct AnimationTests {
    /// Two frames of 64 × 48, each of one colour.
    private static let gif = Data(
      base64Encoded: """
        R0lGODlhQAAwAIAAAMh4KCh4yCH/C05FVFNDQVBFMi4wAwEAAAAh+QQEFAAAACwAAAAAQAAwAAACOYSPqcvtD6Oc\
        tNqLs968+w+G4kiW5omm6sq27gvH8kzX9o3n+s73/g8MCofEovGITCqXzKbzCY0mCwAh+QQEFAAAACwAAAAAQAAw\
        AAACOYyPqcvtD6OctNqLs968+w+G4kiW5omm6sq27gvH8kzX9o3n+s73/g8MCofEovGITCqXzKbzCY0mCwA7
        """)

    private static func stage(_ ending: String) -> String {
      "[...document.querySelectorAll('.galleria-stage img')].some(i => i.alt && i.currentSrc.endsWith('/\(ending)'))"
    }

    @Test func `a GIF plays on the stage; for a person who asked for calm, when they say so`()
      async throws
    {
      try await InBrowser.run(pictures: ["Lake.jpg"]) { browser, account in
        try #require(Self.gif).write(to: URL(filePath: account.photos + "/A wave.gif"))
        try await browser.signIn(at: account)
        try await browser.open(account.site + "/?sort=name")
        try await browser.untilAt(1)
        #expect(try await browser.run("return \(Self.stage("animation"))") == .bool(true))
        let play = "document.querySelector('.gallery-play')"
        #expect(try await browser.run("return \(play).hidden") == .bool(true))
        // The strip stands still.
        try await browser.until(
          "[...document.querySelectorAll('.gallery-track img')].filter(i => i.naturalWidth > 0).length === 2"
        )
        let moving =
          "return document.querySelectorAll('.gallery-track img[src$=animation]').length"
        #expect(try await browser.run(moving) == .number(0))

        let calm: JSONValue = .object([
          "name": .string("prefers-reduced-motion"), "value": .string("reduce"),
        ])
        try await browser.devTools("Emulation.setEmulatedMedia", ["features": .array([calm])])
        try await browser.run("location.reload()")
        try await browser.untilAt(1)
        #expect(try await browser.run("return \(Self.stage("animation"))") == .bool(false))
        #expect(try await browser.barriers() == [])
        try await browser.click(".gallery-play")
        try await browser.until("\(Self.stage("animation")) && \(play).hidden")
        // The next picture has nothing to play.
        try await browser.press(Browser.Key.right)
        try await browser.untilAt(2)
        #expect(try await browser.run("return \(play).hidden") == .bool(true))
      }
    }
  }
}
