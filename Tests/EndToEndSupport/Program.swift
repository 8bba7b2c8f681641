// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import TestSupport

/// The commands of the program, as an operator runs them: in a folder without `.env`.
enum Program {
  /// Settings that are complete, and lead nowhere until others are put in their places.
  static let settings = [
    "DBX_APP_KEY": "key", "DBX_APP_SECRET": "top-secret-value",
    "OAUTH_REDIRECT_URL": "http://localhost:1/oauthredirect",
    "SESSION_ID_SECRET": String(repeating: "top-secret-value", count: 3),
    "VIEWS": Project.root + "/views", "PUBLIC": Project.root + "/public",
    "REDIS_URL": "redis://127.0.0.1:1", "DBX_OAUTH_DOMAIN": "http://127.0.0.1:1",
    "DBX_API_DOMAIN": "http://127.0.0.1:1", "DBX_CONTENT_DOMAIN": "http://127.0.0.1:1",
  ]

  static func run(
    _ arguments: String..., settings changes: [String: String] = [:]
  ) async throws -> ChildProcess.Outcome {
    let folder = try TemporaryFolder()
    return try await ChildProcess.run(
      Project.program, arguments, environment: settings.merging(changes) { $1 },
      folder: folder.path)
  }
}

extension ChildProcess.Outcome {
  var lines: [String] { text.split(separator: "\n").map(String.init) }

  /// What `check` says of one subject; nil unless it is one line.
  func finding(_ subject: String) -> String? {
    let found = lines.filter { $0.dropFirst(9).hasPrefix(subject + ": ") }
    return found.count == 1 ? found[0] : nil
  }
}
