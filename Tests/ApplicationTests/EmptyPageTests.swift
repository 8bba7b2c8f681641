// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Gallery
import GalleryTestSupport
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

/// The page of a folder without photos.
@Suite
struct EmptyPageTests {
  @Test func `without JavaScript the page explains how to add photos and has a reload button`()
    async throws
  {
    let service = try await TestService.start(
      pictures: [], appFolder: #require(AppFolder(name: "My pictures")))
    let client = try await service.signedIn()
    try Data("no picture".utf8).write(to: URL(filePath: service.photos + "/notes.txt"))
    let page = try await client.send("/")
    #expect(page.text.contains("<p>One file here is no picture.</p>"))
    for way in ["“Apps/My pictures”", "From a computer", "From a phone"] {
      #expect(page.text.contains(way), "\(way)")
    }
    #expect(page.text.contains("<a class=\"button\" href=\"/\">I added some, look again</a>"))
    #expect(page.text.contains("role=\"status\"") && !page.text.contains("by itself.</p>"))
    try await service.stop()
  }
}
