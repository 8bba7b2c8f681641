// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import TestSupport

/// A copy of `public/` as `make assets` leaves it, with file.gz beside each file of text; made once for all tests.
actor PublicFiles {
  static let shared = PublicFiles()

  private var folder: TemporaryFolder?

  func copy(to path: String) async throws {
    let folder = try await prepared()
    try await run("cp", ["-a", folder.path(of: "public"), path])
  }

  private func prepared() async throws -> TemporaryFolder {
    if let folder { return folder }
    let made = try TemporaryFolder()
    try await run("cp", ["-a", Project.root + "/public", made.path(of: "public")])
    try await run(Project.root + "/conf/compress-assets", [made.path(of: "public")])
    folder = made
    return made
  }

  private func run(_ program: String, _ arguments: [String]) async throws {
    let outcome = try await ChildProcess.run(program, arguments)
    guard outcome.exit == .status(0) else { throw TestFailure(outcome.errorText) }
  }
}
