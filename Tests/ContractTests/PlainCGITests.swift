// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import EndToEndSupport

extension PlainCGIContractTests {
  @Test func `the CGI run of the manual needs only its three variables`() async throws {
    var environment = try Contract.required.installation.settings
    environment["GATEWAY_INTERFACE"] = "CGI/1.1"
    environment["REQUEST_METHOD"] = "GET"
    environment["REQUEST_URI"] = "/healthz"
    let outcome = try await ChildProcess.run(Project.program, environment: environment)
    #expect(outcome.exit == .status(0))
    #expect(outcome.text.hasPrefix("Status: 200 OK\r\n"))
    #expect(outcome.text.hasSuffix("\r\n\r\nok\n"))
  }

  @Test func `without a socket or a request the program prints its usage`() async throws {
    let outcome = try await ChildProcess.run(
      Project.program, environment: try Contract.required.installation.settings)
    #expect(outcome.exit == .status(2))
    #expect(outcome.errorText.contains("FCGI_SOCKET") && outcome.errorText.contains("Usage:"))
  }
}
