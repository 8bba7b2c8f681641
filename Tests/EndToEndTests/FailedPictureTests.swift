// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Testing

/// A picture that Dropbox does not give at once.
@Suite(.serialized)
struct FailedPictureTests {
  /// The console names every picture that failed, so this visit is not `InBrowser`.
  @Test func `the caption says so, and the picture comes at a later try`() async throws {
    let installation = try await Installation.start(pictures: ["Hills.jpg", "Lake.jpg"])
    let browser = try await Browser.start(installation.http)
    installation.dropbox.inject(.internalServerError, into: "files/get_thumbnail_v2", times: nil)
    try await browser.signIn(at: installation)
    let facts = "document.querySelector('.gallery-facts')?.textContent"
    try await browser.until("\(facts)?.includes('did not arrive')")
    let stage = "document.querySelector('.galleria-stage .galleria-image img')"
    try await browser.until("\(stage)?.src.endsWith('failed.svg')")
    #expect(try await browser.title == "Hills")
    installation.dropbox.reset()
    try await browser.until("\(stage).src.includes('/renditions/') && \(stage).naturalWidth > 1000")
    try await browser.until("/^1 of 2 · \\w+ \\d+, 20/.test(\(facts))")
    await browser.stop()
    try await installation.stop()
  }
}
