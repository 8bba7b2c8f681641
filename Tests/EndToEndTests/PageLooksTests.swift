// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import EndToEndSupport

/// Every page in small and large windows, by day and by night, in each language. What was seen is left in
/// `.build/screenshots`, to be looked at.
@Suite(.serialized)
struct PageLooksTests {
  @Test(.once, arguments: Look.allCases, ["en", "de"])
  func `every page fits its window`(look: Look, language: String) async throws {
    try await InBrowser.run(pictures: ["Harbour at dawn.jpg", "Hills.jpg", "Lake.jpg", "Storm.jpg"])
    {
      browser, installation in
      try await browser.wear(look, language)
      for (name, path) in ["welcome": "/welcome?after=expiry", "login": "/login"] {
        try await browser.open(installation.site + path)
        try await check(name, look, language, browser)
      }
      try await browser.signIn(at: installation)
      try await browser.untilPainted()
      try await browser.until(
        "[...document.querySelectorAll('.gallery-track img')].every(i => i.naturalWidth > 0)")
      try await browser.untilStill()
      try await check("gallery", look, language, browser)

      try await browser.open(installation.site + "/login")
      try await browser.run("location.href = arguments[0]", .string(installation.site + "/logout"))
      try await browser.until("document.querySelector('.button-second')")
      try await check("signout", look, language, browser)
    }
    try await InBrowser.run(pictures: []) { browser, installation in
      try await browser.wear(look, language)
      try await browser.signIn(at: installation)
      try await browser.until("document.querySelector('#looking')?.textContent")
      try await check("empty", look, language, browser)
    }
  }

  @Test(.once, arguments: Look.allCases, ["en", "de"])
  func `the page of an error fits its window`(look: Look, language: String) async throws {
    let installation = try await Installation.start()
    let browser = try await installation.browser()
    try await browser.wear(look, language)
    try await browser.signIn(at: installation)
    try await browser.open(installation.site + "/nowhere")
    try await check("404", look, language, browser)
    installation.redis.pause()
    try await browser.open(installation.site + "/login")
    try await check("503", look, language, browser)
    installation.redis.resume()
    await browser.stop()
    try await installation.stop()
  }

  @Test(arguments: [Look.smallPhone, .laptopByNight])
  func `the page of the web server alone fits its window`(look: Look) async throws {
    let installation = try await Installation.start()
    let browser = try await installation.browser()
    try await browser.wear(look)
    try await installation.takeServiceAway()
    try await browser.open(installation.site + "/")
    try await browser.until("document.querySelector('.again')")
    try await check("502", look, "en", browser)
    await browser.stop()
    try await installation.stop()
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

/// A window and a time of day.
enum Look: String, CaseIterable {
  case smallPhone = "small-phone-light"
  case phoneByDay = "phone-light"
  case phoneByNight = "phone-dark"
  case laptopByDay = "laptop-light"
  case laptopByNight = "laptop-dark"

  var size: (width: Double, height: Double) {
    switch self {
    case .smallPhone: (320, 568)
    case .phoneByDay, .phoneByNight: (360, 740)
    case .laptopByDay, .laptopByNight: (1440, 900)
    }
  }

  var isPhone: Bool { size.width < 500 }
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

  /// - Parameter language: what the browser asks for, as `Accept-Language` says it.
  func wear(_ look: Look, _ language: String = "en") async throws {
    try await devTools(
      "Emulation.setUserAgentOverride",
      [
        "userAgent": try await run("return navigator.userAgent"),
        "acceptLanguage": .string(language),
      ])
    try await devTools(
      "Emulation.setDeviceMetricsOverride",
      [
        "width": .number(look.size.width), "height": .number(look.size.height),
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
