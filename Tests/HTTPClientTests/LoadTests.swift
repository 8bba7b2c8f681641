// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTPClient
import TestSupport
import Testing

/// Many requests that wait at the same time.
@Suite(.serialized, .timeLimit(.minutes(1))) struct LoadTests {
  @Test func `two thousand requests that wait two seconds each are answered together`() async throws
  {
    let server = try await ScriptedServer { _ in [.wait(.seconds(2)), .answer("200 OK", "late")] }
    let client = try makeClient()
    let start = ContinuousClock.now
    let succeeded = await withTaskGroup { group in
      for _ in 0..<2000 {
        group.addTask { (try? await client.get(server.url()).text) == "late" }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(succeeded == 2000)
    #expect(ContinuousClock.now - start < .seconds(8))
    // Idle connections beyond the limit are closed.
    try await server.wait { $0.openConnections <= 256 }
  }
}
