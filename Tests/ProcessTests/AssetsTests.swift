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
  @Test(arguments: [
    ("nowhere", "the folder cannot be read"), ("public/gallery", "boot.js is missing"),
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
}
