// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

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
