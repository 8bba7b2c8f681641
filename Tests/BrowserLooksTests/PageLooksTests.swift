// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import EndToEndSupport

extension InChromium {
  /// Every page in small and large windows, by day and by night, in each language. What was seen is left in
  /// `.build/screenshots`, to be looked at.
  @Suite struct PageLooksTests {
    @Test(arguments: Look.allCases, ["en", "de"])
    func `every page fits its window`(look: Look, language: String) async throws {
      let names = ["Harbour at dawn.jpg", "Hills.jpg", "Lake.jpg", "Storm.jpg"]
      // The console names the page that does not exist.
      try await InBrowser.run(pictures: names, isLoud: true) { browser, account in
        try await browser.wear(look, language)
        for (name, path) in ["welcome": "/welcome?after=expiry", "login": "/login"] {
          try await browser.open(account.site + path)
          try await check(name, look, language, browser)
        }
        try await browser.signIn(at: account)
        try await browser.untilPainted()
        try await browser.until(
          "[...document.querySelectorAll('.gallery-track img')].every(i => i.naturalWidth > 0)")
        try await browser.untilStill()
        try await check("gallery", look, language, browser)

        try await browser.open(account.site + "/nowhere")
        try await check("404", look, language, browser)

        try await browser.open(account.site + "/login")
        try await browser.run("location.href = arguments[0]", .string(account.site + "/logout"))
        try await browser.until("document.querySelector('.button-second')")
        try await check("signout", look, language, browser)
      }
      try await InBrowser.run(pictures: []) { browser, account in
        try await browser.wear(look, language)
        try await browser.signIn(at: account)
        try await browser.until("document.querySelector('#looking')?.textContent")
        try await check("empty", look, language, browser)
      }
    }

    @Test func `the page of an outage fits its window`() async throws {
      try await InBrowser.runAlone { browser, installation in
        installation.redis.pause()
        for look in Look.allCases {
          for language in ["en", "de"] {
            try await browser.wear(look, language)
            try await browser.open(installation.site + "/login")
            try await check("503", look, language, browser)
          }
        }
        installation.redis.resume()
      }
    }

    @Test func `the page of the web server alone fits its window`() async throws {
      try await InBrowser.runAlone { browser, installation in
        try await installation.takeServiceAway()
        for look in [Look.smallPhone, .laptopByNight] {
          try await browser.wear(look)
          try await browser.open(installation.site + "/")
          try await browser.until("document.querySelector('.again')")
          try await check("502", look, "en", browser)
        }
      }
    }

    private static let overhang = "return document.documentElement.scrollWidth - innerWidth"

    private func check(
      _ name: String, _ look: Look, _ language: String, _ browser: Browser
    ) async throws {
      try await Screenshots.keep("\(name)-\(look.rawValue)-\(language)", of: browser)
      #expect(
        try await browser.run(Self.overhang).number ?? 1 <= 0, "\(name) is wider than its window")
      // The page where a person agrees is Dropbox's, and ours only while a stand-in plays it.
      guard name != "login" else { return }
      #expect(try await browser.barriers() == [], "on \(name)")
      #expect(try await browser.run("return document.documentElement.lang") == .string(language))
    }
  }
}
