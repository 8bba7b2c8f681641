// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import HTTPClient
import HTTPTypes
import Testing

@testable import EndToEndSupport

extension Installation {
  /// Sends six requests at once that take two seconds each, so that mod_fcgid starts processes.
  func startProcesses(_ visitor: Visitor) async throws {
    let original = try await visitor.original()
    dropbox.setLatency(.seconds(2))
    #expect(try await visitor.allAreFound(original, 6))
    dropbox.setLatency(.zero)
  }
}

extension TestClient {
  /// Whether all of these requests for an original at once get 302.
  func allAreFound(_ original: String, _ count: Int) async throws -> Bool {
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<count { group.addTask { try await self.send(original).status == .found } }
      return try await group.reduce(true) { $0 && $1 }
    }
  }
}
