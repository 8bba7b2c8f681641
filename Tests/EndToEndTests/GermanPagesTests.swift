// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

/// The page that the web server shows instead of the service.
@Suite(.serialized)
struct GermanPagesTests {
  @Test func `while the service is away the page is in both languages`() async throws {
    let installation = try await Installation.start()
    try await installation.takeServiceAway()
    let answer = try await installation.visitor().send("/welcome")
    let statuses = Front.usual.startsProcesses ? [500, 503] : [502, 503, 504]
    #expect(statuses.contains(answer.status.code))
    #expect(answer.text.contains("The gallery is away for a moment"))
    #expect(answer.text.contains("<section class=\"again\" lang=\"de\">"))
    try await installation.stop()
  }
}
