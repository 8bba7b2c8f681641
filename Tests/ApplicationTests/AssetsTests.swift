// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Gallery
import GalleryTestSupport
import HTTPClient
import TestSupport
import Testing

/// URLs of styles and scripts, which contain a version.
@Suite
struct AssetsTests {
  @Test func `the version depends on every file but not on compressed copies`() async throws {
    let folder = try TemporaryFolder()
    let copy = folder.path(of: "copy")
    try FileManager.default.copyItem(atPath: TestService.root + "/public", toPath: copy)
    let version = try await self.version(copy)
    #expect(try await self.version(TestService.root + "/public") == version)
    try Data("x".utf8).write(to: URL(filePath: copy + "/page.css.gz"))
    #expect(try await self.version(copy) == version)
    try Data("x".utf8).write(to: URL(filePath: copy + "/gallery/list.js"))
    let changed = try await self.version(copy)
    #expect(changed != version && changed.count == version.count)
  }

  @Test func `in development URLs have no version and scripts no hash`() async throws {
    let service = try await TestService.start()
    let page = try await service.client().send("/welcome").text
    #expect(page.contains("href=\"/assets/page.css\"") && !page.contains("integrity"))
    try await service.stop()
  }

  @Test(arguments: [
    ("nowhere", "the folder cannot be read"), ("public/gallery", "boot.js is missing"),
  ])
  func `a folder that does not hold the assets is an error that names the reason`(
    folder: String, reason: String
  ) {
    let error = #expect(throws: Assets.Failure.self) {
      try Assets(folder: TestService.root + "/" + folder)
    }
    #expect(error?.description == reason)
  }

  /// The version on a page that uses these assets.
  private func version(_ folder: String) async throws -> String {
    let service = try await TestService.start(assets: try Assets(folder: folder))
    let page = try await service.client().send("/welcome").text
    try await service.stop()
    return String(try #require(page.firstMatch(of: /\/assets\/(v-[0-9a-f]+)\//)).output.1)
  }
}
