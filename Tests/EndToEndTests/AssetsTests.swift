// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPClient
import TestSupport
import Testing

@testable import EndToEndSupport

/// Styles and scripts with a version in their address.
@Suite(.serialized)
struct AssetsTests {
  @Test func `the version is that of all files, whatever lies packed beside them`() async throws {
    let installation = try await Installation.start(.nginxSite)
    let version = try await self.version(installation, installation.web.runtime + "/public")
    let copy = installation.folder.path(of: "copy")
    try FileManager.default.copyItem(atPath: Project.root + "/public", toPath: copy)
    #expect(try await self.version(installation, copy) == version)
    try Data("x".utf8).write(to: URL(filePath: copy + "/page.css.gz"))
    #expect(try await self.version(installation, copy) == version)
    try Data("x".utf8).write(to: URL(filePath: copy + "/gallery/list.js"))
    let changed = try await self.version(installation, copy)
    #expect(changed != version && changed.count == version.count)
    try await installation.stop()
  }

  @Test func `in development no version stands in an address`() async throws {
    let installation = try await Installation.start(.nginxKept, settings: ["PUBLIC": "/nowhere"])
    let page = try await installation.visitor().send("/welcome").text
    #expect(page.contains("href=\"/assets/page.css\"") && !page.contains("integrity"))
    try await installation.stop()
  }

  @Test(arguments: [
    ("nowhere", "the folder cannot be read"), ("public/gallery", "begin.js is missing"),
  ])
  func `a folder that is not the one stops the start, in one line`(
    folder: String, complaint: String
  ) async throws {
    let installation = try await Installation.start(.nginxSite)
    var settings = installation.settings
    settings["PUBLIC"] = installation.web.runtime + "/" + folder
    settings["GATEWAY_INTERFACE"] = "CGI/1.1"
    let outcome = try await ChildProcess.run(Project.program, environment: settings)
    #expect(outcome.exit == .status(1))
    #expect(outcome.errorText == "dropbox-gallery: PUBLIC: \(complaint)\n")
    try await installation.stop()
  }

  /// What stands in a page that one CGI run makes.
  private func version(_ installation: Installation, _ folder: String) async throws -> String {
    var environment = installation.settings
    environment["PUBLIC"] = folder
    environment["GATEWAY_INTERFACE"] = "CGI/1.1"
    environment["REQUEST_METHOD"] = "GET"
    environment["REQUEST_URI"] = "/welcome"
    let page = try await ChildProcess.run(Project.program, environment: environment).text
    return String(try #require(page.firstMatch(of: /\/assets\/(v-[0-9a-f]+)\//)).output.1)
  }
}
