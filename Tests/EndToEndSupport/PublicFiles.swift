// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import TestSupport

/// `public/` as `make assets` leaves it, with file.gz beside each file of text.
enum PublicFiles {
  static func copy(to path: String) async throws {
    try await run("cp", ["-a", Project.root + "/public", path])
    try await run(Project.root + "/conf/compress-assets", [path])
  }

  private static func run(_ program: String, _ arguments: [String]) async throws {
    let outcome = try await ChildProcess.run(program, arguments)
    guard outcome.exit == .status(0) else { throw TestFailure(outcome.errorText) }
  }
}
