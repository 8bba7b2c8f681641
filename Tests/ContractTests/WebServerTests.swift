// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import EndToEndSupport

/// What a web server does without the service.
@Suite(.serialized)
struct WebServerTests {
  @Test(arguments: Front.sites)
  func `an expired certificate is served, and clients reject it`(
    front: Front
  ) async throws {
    let folder = try TemporaryFolder()
    try Project.openToAll(folder.path)
    let web = try await Installation.Web.prepare(front, folder, isExpired: true)
    let server = try await web.start(socket: folder.path(of: "nobody.sock"), [:])
    try await Installation.untilListening(web)
    let answer = try await Curl.get(web.site + "/robots.txt", trusting: web.certificate)
    #expect(answer.exit == .status(60))
    #expect(answer.complaint.contains("certificate has expired"))
    let anyway = try await Curl.get(web.site + "/robots.txt", trusting: nil, ["--insecure"])
    #expect(anyway.status == 200)
    try await server.terminate()
  }
}
