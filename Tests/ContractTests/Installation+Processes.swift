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
    #expect(try await visitor.statuses(original, 6) == Array(repeating: 302, count: 6))
    dropbox.setLatency(.zero)
  }
}

extension TestClient {
  /// The statuses of so many requests for an original at once, in the order of the responses.
  func statuses(_ original: String, _ count: Int) async throws -> [Int] {
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<count { group.addTask { try await self.send(original).status.code } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }
}
