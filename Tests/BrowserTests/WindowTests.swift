// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import EndToEndSupport

extension InChromium {
  /// The smallest and the largest windows, and text of twice the size.
  @Suite
  struct WindowTests {
    /// Width and height in CSS pixels, and the browser's size of text; 16 is usual.
    @Test(
      arguments: [
        (320, 568, 16), (320, 568, 32), (640, 360, 32), (568, 320, 16), (1280, 720, 32),
        (3840, 2160, 16),
      ])
    func `everything is in reach`(width: Int, height: Int, text: Int) async throws {
      let names = ["A name that is much too long for any telephone of these days.jpg", "2.jpg"]
      try await InBrowser.run(pictures: names) { browser, account in
        try await browser.show(width: width, height: height)
        try await browser.devTools(
          "Page.setFontSizes", ["fontSizes": .object(["standard": .number(Double(text))])])
        try await browser.open(account.site + "/welcome")
        #expect(try await browser.run(Self.overhang) == .number(0))
        try await browser.signIn(at: account)
        try await browser.untilAt(1)
        try await browser.untilStill()
        #expect(
          try await browser.run("return getComputedStyle(document.documentElement).fontSize")
            .string?.hasPrefix(width > 3000 ? "29" : "\(text)") == true)
        try await Screenshots.keep("gallery-\(width)-\(text)", of: browser)
        #expect(try await browser.run(Self.overhang) == .number(0))
        #expect(try await browser.run(Self.outOfReach) == .array([]))
        let stage = "return document.querySelector('.galleria-stage').clientHeight / innerHeight"
        #expect(try await browser.run(stage).number ?? 0 > 0.3)
        for (key, name) in [("?", "help"), ("i", "details"), ("g", "grid")] {
          try await browser.press(key)
          try await browser.until("document.querySelector('.gallery-\(name)')?.open")
          try await Screenshots.keep("\(name)-\(width)-\(text)", of: browser)
          let overhang =
            "const d = document.querySelector('dialog[open]'); return d.scrollWidth - d.clientWidth"
          #expect(try await browser.run(overhang) == .number(0), "in \(name)")
          try await browser.press(Browser.Key.escape)
          try await browser.until("!document.querySelector('dialog[open]')")
        }
      }
    }

    @Test func `nothing jumps while the gallery comes and goes on`() async throws {
      let names = ["Harbour.jpg", "Hills.jpg", "Lake.jpg", "Trips/Storm.jpg"]
      try await InBrowser.run(pictures: names) { browser, account in
        try await browser.runFirst(
          """
          window.shifts = [];
          new PerformanceObserver((list) => shifts.push(...list.getEntries()))
            .observe({ type: 'layout-shift', buffered: true });
          """)
        try await browser.signIn(at: account)
        try await browser.untilAt(1)
        try await browser.press(Browser.Key.right)
        try await browser.untilAt(2)
        try await browser.untilStill()
        try await browser.until("document.querySelector('.album-count').textContent !== ''")
        let sum = "return shifts.reduce((sum, shift) => sum + shift.value, 0)"
        #expect(try await browser.run(sum).number ?? 1 < 0.05)
        // The observer speaks.
        try await browser.run("document.querySelector('.bar').style.marginTop = '200px'")
        try await browser.until("shifts.reduce((sum, shift) => sum + shift.value, 0) > 0.05")
      }
    }

    private static let overhang =
      "return Math.max(0, document.documentElement.scrollWidth - innerWidth)"

    /// The controls that the window cuts off, that something covers, or that are too small for a finger.
    private static let outOfReach = """
      return [...document.querySelectorAll('.gallery-tool, .account button')]
        .filter((control) => control.checkVisibility() && !control.closest('dialog'))
        .filter((control) => {
          control.scrollIntoView({ block: 'nearest' });
          const box = control.getBoundingClientRect();
          const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return box.left < 0 || box.right > innerWidth || box.bottom > innerHeight || box.width < 24 ||
            box.height < 24 || !control.contains(hit);
        }).map((control) => control.className);
      """

    @Test func `a picture is shown though the window changes in the moment it is there`()
      async throws
    {
      try await InBrowser.run(pictures: ["a.jpg"]) { browser, account in
        try await browser.signIn(at: account)
        // Between the arrival of the picture and what Galleria does a millisecond later.
        try await browser.runFirst(
          """
          const Plain = Image;
          Image = function (...size) {
            const image = new Plain(...size);
            image.addEventListener('load', () => setTimeout(() => {
              if (!image.srcset || window.hasChanged) return;
              window.hasChanged = true;
              image.sizes = '2000px';
            }, 0), { once: true });
            return image;
          };
          """)
        try await browser.open(account.site + "/")
        try await browser.untilPainted()
        #expect(try await browser.run("return window.hasChanged") == .bool(true))
      }
    }
  }
}
