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
  @Test func `a browser asks once for what a page is made of, and runs only what the page means`()
    async throws
  {
    try await InBrowser.run { browser, installation in
      try await browser.signIn(at: installation)
      try await browser.untilPainted()
      let scripts = try await browser.run(
        "return [...document.scripts].filter(each => each.src).map(each => each.integrity)"
      ).array.compactMap(\.string)
      #expect(scripts.count == 4)
      #expect(scripts.allSatisfy { $0.wholeMatch(of: /sha256-[A-Za-z0-9+\/]{43}=/) != nil })

      let before = try requests(installation)
      try await browser.open(installation.site + "/?sort=oldest")
      try await browser.untilPainted()
      try await browser.open(installation.site + "/?sort=name")
      // Each line is written once its answer is sent, so that of the last page stands behind those before.
      #expect(before.count > 10)
      let again = Array(try requests(installation).dropFirst(before.count))
      #expect(again == [])
    }
  }

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

  /// Targets below `/assets/` in the web server's log.
  private func requests(_ installation: Installation) throws -> [String] {
    try String(contentsOfFile: installation.web.runtime + "/gallery.log", encoding: .utf8)
      .matches(of: /"GET (\/assets\/\S+)/).map { String($0.output.1) }
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
