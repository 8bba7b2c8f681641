// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What tests wait for on the page of a folder.
extension Browser {
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
