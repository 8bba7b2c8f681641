// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import Testing

@testable import EndToEndSupport

/// The page of a folder without pictures.
@Suite(.serialized)
struct EmptyPageTests {
  @Test func `without a script it explains itself, and a button looks again`() async throws {
    let installation = try await Installation.start(
      pictures: [], settings: ["DBX_APP_FOLDER": "My pictures"])
    let visitor = installation.visitor()
    try await visitor.signIn()
    try Data("no picture".utf8).write(to: URL(filePath: installation.photos + "/notes.txt"))
    let page = try await visitor.send("/")
    #expect(page.text.contains("<p>One file here is no picture.</p>"))
    for way in ["“Apps/My pictures”", "From a computer", "From a phone"] {
      #expect(page.text.contains(way), "\(way)")
    }
    #expect(page.text.contains("<a class=\"button\" href=\"/\">I added some, look again</a>"))
    #expect(page.text.contains("role=\"status\"") && !page.text.contains("by itself.</p>"))
    try await installation.stop()
  }
}
