// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import EndToEndSupport

extension InChromium {
  /// The viewer by keys alone, and what axe-core says of it.
  @Suite
  struct ViewerTests {
    @Test func `keys go everywhere, unless they belong to the browser`() async throws {
      try await InBrowser.run { browser, account in
        try await browser.signIn(at: account)
        try await browser.untilAt(1)
        try await browser.press(Browser.Key.right)
        try await browser.untilAt(2)
        try await browser.press(Browser.Key.end)
        try await browser.untilAt(3)
        try await browser.press(Browser.Key.left)
        try await browser.untilAt(2)
        try await browser.press(Browser.Key.home)
        try await browser.untilAt(1)

        // Each of these would show a dialog or another picture, and the caption or the dialog would tell at once.
        let still = "!document.querySelector('dialog[open]') && !document.fullscreenElement"
        for key in ["g", "i", "s", Browser.Key.right, Browser.Key.end] {
          try await browser.press(key, withControl: true)
        }
        try await browser.run(
          "const i = document.body.appendChild(document.createElement('input')); i.id = 'field'; i.focus()"
        )
        for key in ["f", "g", "i", "s", "?", Browser.Key.right] { try await browser.press(key) }
        #expect(
          try await browser.run("return document.querySelector('#field').value") == .string("fgis?")
        )
        try await browser.run("document.querySelector('#field').remove()")
        #expect(try await browser.run("return " + still) == .bool(true))
        #expect(
          try await browser.run(
            "return !!document.querySelector('.gallery-tool-play[title^=Start]')")
            == .bool(true))
        try await browser.untilAt(1)

        try await browser.emulateFocus(false)
        try await browser.press("f")
        try await browser.until("document.fullscreenElement && innerWidth === screen.width")
        try await browser.press(Browser.Key.right)
        try await browser.untilAt(2)
        #expect(try await browser.barriers() == [])
        try await browser.press(Browser.Key.escape)
        try await browser.until("!document.fullscreenElement")
        try await browser.emulateFocus(true)
        try await browser.untilAt(2)
      }
    }

    @Test(arguments: ["?", "i", "g", "z"])
    func `a key opens and closes a dialog, and the focus returns`(key: String) async throws {
      let name = ["?": "help", "i": "details", "g": "grid", "z": "zoom"][key] ?? ""
      try await InBrowser.run { browser, account in
        try await browser.signIn(at: account)
        try await browser.untilAt(1)
        let isOpen = "document.querySelector('dialog.gallery-\(name)')?.open"
        let hasFocus = "document.activeElement.matches('.gallery-original')"
        for close in [Browser.Key(stringLiteral: key), .escape, nil] {
          try await browser.run("document.querySelector('.gallery-original').focus()")
          try await browser.press(key)
          try await browser.until(isOpen + " && document.activeElement.closest('dialog')")
          try await browser.press(Browser.Key.end)
          if let close {
            try await browser.press(close)
          } else {
            try await browser.click(".gallery-\(name) .gallery-tool-close")
          }
          try await browser.until("!\(isOpen) && \(hasFocus)")
        }
        try await browser.click(".gallery-tool-\(name)")
        try await browser.until(isOpen)
        // End was pressed in the dialog, and stayed there.
        try await browser.untilAt(1)
      }
    }

    @Test(arguments: [false, true])
    func `a picture fades in, unless a person asked for calm`(isCalm: Bool) async throws {
      try await InBrowser.run { browser, account in
        try await browser.devTools(
          "Emulation.setEmulatedMedia",
          [
            "features": .array([
              .object([
                "name": .string("prefers-reduced-motion"),
                "value": .string(isCalm ? "reduce" : "no-preference"),
              ])
            ])
          ])
        try await browser.signIn(at: account)
        try await browser.untilAt(1)
        try await browser.untilStill()
        try await browser.run(
          """
          window.fades = [];
          const trueAnimate = Element.prototype.animate;
          Element.prototype.animate = function (frames, ...rest) {
            if (this.closest('.galleria-stage') && frames.opacity) fades.push(frames.opacity.join());
            return trueAnimate.call(this, frames, ...rest);
          };
          """)
        try await browser.press(Browser.Key.right)
        try await browser.until(
          """
          [...document.querySelectorAll('.galleria-stage img[alt="Hills.jpg"]')].some((image) =>
            getComputedStyle(image).opacity === '1' && getComputedStyle(image.parentElement).opacity === '1')
          """)
        let fades = try await browser.run("return fades").array.compactMap(\.string)
        #expect(fades == (isCalm ? [] : ["0,1", "1,0"]))
      }
    }

    @Test func `page, styles and scripts weigh less than 90 kB on their way`() async throws {
      try await InBrowser.run(syntheticPictures: 500) { browser, account in
        try await browser.signIn(at: account)
        try await browser.untilAt(1)
        let weights = try await browser.run(
          """
          return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
            .filter((each) => each.initiatorType !== 'fetch' && !/renditions|\\.svg|icon|manifest/.test(each.name))
            .map((each) => [each.name, each.encodedBodySize])
          """
        ).array.map(\.array)
        let names = weights.compactMap { $0.first?.string }
        #expect(names.contains { $0.hasSuffix("galleria.min.js") })
        #expect(names.contains { $0.hasSuffix("gallery/strip.js") })
        let sum = weights.compactMap { $0.last?.number }.reduce(0, +)
        #expect(sum < 90_000, "\(weights)")
        #expect(sum > 50_000)
      }
    }
  }
}
