// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTPClient
import HTTPTypes
import Testing

@testable import EndToEndSupport

/// The web server limits how often a client signs in, and nothing else.
@Suite struct PageRateTests {
  /// 300 requests are more than the burst of any rate limit.
  @Test func `300 requests for pages and redirects to sign-in are answered`()
    async throws
  {
    let installation = try await Installation.start()
    let client = installation.visitor()
    for number in 0..<300 {
      let kind = ["albums", "pictures", "originals", "downloads"][number % 4]
      #expect(try await client.send("/\(kind)/A\(number)").status == .found)
    }
    let signedIn = installation.visitor()
    try await signedIn.signIn()
    let path = try #require(
      try await signedIn.json("/")["pictures"]?.array.first?["path"]?.string)
    for _ in 0..<300 { #expect(try await signedIn.send(path).status == .ok) }
    try await installation.stop()
  }
}
