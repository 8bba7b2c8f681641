// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import TestSupport

/// An installation with a browser before it, for the length of one test.
enum InBrowser {
  /// Runs a visit, and expects that the browser's console stayed silent: a breach of the Content-Security-Policy, an
  /// exception and an address that did not answer all speak there.
  static func run(
    _ front: Front = .usual,
    pictures: [String] = ["Harbour.jpg", "Hills.jpg", "Lake.jpg"], syntheticPictures: Int = 0,
    configure: (inout StandIn.Options) -> Void = { _ in },
    _ visit: (Browser, Installation) async throws -> Void
  ) async throws {
    let installation = try await Installation.start(
      front, pictures: pictures, syntheticPictures: syntheticPictures, configure: configure)
    let browser = try await installation.browser()
    let result: Result<Void, any Error>
    do {
      result = .success(try await visit(browser, installation))
    } catch {
      result = .failure(error)
    }
    let console = try await browser.console()
    // Chromium notes what Clear-Site-Data cleared; that is no complaint.
    let complaints = console.filter { !$0.hasPrefix("INFO: ") }
    await browser.stop()
    try await installation.stop()
    try result.get()
    guard complaints.isEmpty else { throw TestFailure("the console: \(complaints)") }
  }
}

extension Installation {
  /// A browser that trusts the site's certificate.
  func browser() async throws -> Browser {
    try await Browser.start(http, trusting: web.certificate)
  }
}

extension Browser {
  func signIn(at installation: Installation, as person: Person = .ana) async throws {
    try await open(installation.site + "/login")
    if person != .ana {
      try await run(
        "document.querySelector('#person').value = arguments[0]", .string(person.rawValue))
    }
    try await click("#allow")
    try await until("location.href === '\(installation.site)/'")
  }

  /// Waits until the picture on the stage is there, whole and shown.
  func untilPainted() async throws {
    try await until(
      """
      [...document.querySelectorAll('.galleria-stage .galleria-image img')].some(i =>
        i.complete && i.naturalWidth > 0 && i.checkVisibility({opacityProperty: true}) &&
        i.getBoundingClientRect().width > 100)
      """)
  }

  /// Waits until the folder is read to its end, and the list is the whole one.
  func untilSettled() async throws {
    try await until(
      """
      document.querySelector('.gallery-facts')?.textContent.includes(
        ' of ' + document.querySelector('.folder-count').textContent.replace(' pictures', ''))
      """)
  }

  /// Waits until nothing fades or moves.
  func untilStill() async throws {
    try await until(
      """
      [...document.querySelectorAll('.galleria-stage .galleria-image')].some(i => i.style.opacity === '1') &&
      document.getAnimations().every(a => a.playState !== 'running' || a.animationName === 'turn')
      """)
  }

  /// Waits until the caption says that the picture at this place, counted from 1, is on the stage, and it is.
  func untilAt(_ place: Int) async throws {
    let digits = place.formatted(.number.locale(Locale(identifier: "en")))
    try await until(
      """
      document.querySelector('.gallery-facts')?.textContent.startsWith('\(digits) of ') &&
      [...document.querySelectorAll('.galleria-stage .galleria-image img')].some((image) =>
        image.complete && image.naturalWidth > 1 && image.checkVisibility({ opacityProperty: true }) &&
        image.alt === document.querySelector('.gallery-title bdi').title)
      """)
  }

  /// The name of the picture on the stage without its ending, as it reads.
  var title: String {
    get async throws {
      try await run("return document.querySelector('.gallery-title').textContent").string
        ?? ""
    }
  }
}
