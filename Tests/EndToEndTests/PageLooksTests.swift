// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// Every page on a phone and on a laptop, by day and by night. What was seen is left in `.build/screenshots`, to be
/// looked at.
@Suite(.serialized)
struct PageLooksTests {
  @Test(arguments: Look.allCases)
  func `every page fits its window`(look: Look) async throws {
    try await InBrowser.run(pictures: ["Harbour at dawn.jpg", "Hills.jpg", "Lake.jpg", "Storm.jpg"])
    {
      browser, installation in
      try await browser.wear(look)
      for (name, path) in ["welcome": "/welcome", "login": "/login"] {
        try await browser.open(installation.site + path)
        try await check(name, look, browser)
      }
      try await browser.signIn(at: installation)
      try await browser.untilPainted()
      try await browser.until(
        "[...document.querySelectorAll('.galleria-thumbnails img')].every(i => i.naturalWidth > 0)")
      try await browser.untilStill()
      try await check("gallery", look, browser)

      try await browser.open(installation.site + "/login")
      try await browser.run("location.href = arguments[0]", .string(installation.site + "/logout"))
      try await browser.until("document.querySelector('.button-second')")
      try await check("signout", look, browser)
    }
    try await InBrowser.run(pictures: []) { browser, installation in
      try await browser.wear(look)
      try await browser.signIn(at: installation)
      try await browser.until("document.querySelector('.ways')")
      try await check("empty", look, browser)
    }
  }

  @Test(arguments: Look.allCases)
  func `the page of an error fits its window`(look: Look) async throws {
    let installation = try await Installation.start()
    let browser = try await Browser.start(installation.http)
    try await browser.wear(look)
    try await browser.open(installation.site + "/nowhere")
    try await check("404", look, browser)
    installation.redis.pause()
    try await browser.open(installation.site + "/login")
    try await check("503", look, browser)
    installation.redis.resume()
    await browser.stop()
    try await installation.stop()
  }

  private func check(_ name: String, _ look: Look, _ browser: Browser) async throws {
    try await Screenshots.keep("\(name)-\(look.rawValue)", of: browser)
    let overhang = "return document.documentElement.scrollWidth - innerWidth"
    #expect(try await browser.run(overhang).number ?? 1 <= 0, "\(name) is wider than its window")
    // The page where a person agrees is Dropbox's, and ours only while a stand-in plays it.
    if name != "login" { #expect(try await browser.barriers() == [], "on \(name)") }
  }
}

/// A window and a time of day.
enum Look: String, CaseIterable {
  case phoneByDay = "phone-light"
  case phoneByNight = "phone-dark"
  case laptopByDay = "laptop-light"
  case laptopByNight = "laptop-dark"

  var isPhone: Bool { self == .phoneByDay || self == .phoneByNight }
  var isDark: Bool { self == .phoneByNight || self == .laptopByNight }
}

enum Screenshots {
  static func keep(_ name: String, of browser: Browser) async throws {
    let folder = URL(filePath: Project.root).appending(path: ".build/screenshots")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try await browser.screenshot().write(to: folder.appending(path: name + ".png"))
  }
}

extension Browser {
  /// A window of this many CSS pixels.
  func show(width: Int, height: Int) async throws {
    try await devTools(
      "Emulation.setDeviceMetricsOverride",
      [
        "width": .number(Double(width)), "height": .number(Double(height)),
        "deviceScaleFactor": .number(1), "mobile": .bool(false),
      ])
  }

  func wear(_ look: Look) async throws {
    try await devTools(
      "Emulation.setDeviceMetricsOverride",
      [
        "width": .number(look.isPhone ? 360 : 1440), "height": .number(look.isPhone ? 740 : 900),
        "deviceScaleFactor": .number(look.isPhone ? 2 : 1), "mobile": .bool(look.isPhone),
      ])
    try await devTools(
      "Emulation.setEmulatedMedia",
      [
        "features": .array([
          .object([
            "name": .string("prefers-color-scheme"),
            "value": .string(look.isDark ? "dark" : "light"),
          ])
        ])
      ])
  }
}
