// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import EndToEndSupport

/// Where settings come from: the environment, a file, files of their own, systemd's credentials; and what contradicts.
@Suite(.serialized)
struct SettingsSourcesTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.makeFolder("credentials")
    try folder.write("credential-secret\n", to: "credentials/DBX_APP_SECRET")
    try folder.write(String(repeating: "s", count: 48) + "\n", to: "credentials/SESSION_ID_SECRET")
  }

  private static let lines = """
    # The gallery of photos.example
    export DBX_APP_KEY='key'

    OAUTH_REDIRECT_URL = https://photos.example/oauthredirect
    VIEWS=\(Project.root)/views

    """

  @Test(arguments: [".env", "settings"])
  func `a file and credentials are enough`(file: String) async throws {
    try folder.write(Self.lines + "FCGI_SOCKET=\(folder.path(of: "s"))\n", to: file)
    let service = try await start(file == ".env" ? [] : ["serve", "--settings", "settings"])
    _ = try await service.line(containing: "listening")
    #expect(try await service.terminate() == .status(0))
  }

  @Test(arguments: [
    ("DBX_APP_KEY=other\n", "DBX_APP_KEY: is set twice in settings, on lines 2 and 6"),
    ("DBX_APP_SECRET=secret\n", "DBX_APP_SECRET: is set, and a credential of systemd's too"),
    (
      "DBX_APP_SECRET_FILE=/etc/hostname\n",
      "DBX_APP_SECRET: is set, and a credential of systemd's too"
    ),
    ("REDIS_URL=redis://h\nREDIS_URL_FILE=/x\n", "REDIS_URL: is set, and REDIS_URL_FILE too"),
    ("FCGI_SOCKET\n", "settings: line 6 is not NAME=value"),
    ("=secret\n", "settings: line 6 is not NAME=value"),
    ("set APP_ENV=production\n", "settings: line 6 is not NAME=value"),
    ("APP_ENV=\"secret\n", "settings: line 6 has quotes that do not match"),
  ])
  func `what is there twice, or says nothing clear, stops the start in one line`(
    lines: String, refusal: String
  ) async throws {
    try folder.write(Self.lines + lines, to: "settings")
    try await expect(refusal)
  }

  @Test func `a setting of the environment in two ways stops the start`() async throws {
    try folder.write(Self.lines, to: "settings")
    try await expect(
      "DBX_APP_KEY: is set, and DBX_APP_KEY_FILE too",
      environment: ["DBX_APP_KEY_FILE": "/etc/hostname"])
  }

  @Test func `a file that was named has to be there, and to be text`() async throws {
    try await expect("settings: cannot be read")
    try folder.write([0xff, 0xfe], to: "settings")
    try await expect("settings: cannot be read")
  }

  @Test func `a file without an end is refused`() async throws {
    try folder.write(Self.lines, to: "settings")
    try await expect(
      "REDIS_URL_FILE: does not name a file of at most 1 MiB that can be read",
      environment: ["REDIS_URL_FILE": "/dev/zero"])
  }

  private func expect(_ refusal: String, environment: [String: String] = [:]) async throws {
    let outcome = try await start(["serve", "--settings", "settings"], environment).outcome()
    #expect(outcome.exit == .status(1))
    #expect(outcome.errorText == "dropbox-gallery: \(refusal)\n")
  }

  private func start(
    _ arguments: [String], _ environment: [String: String] = [:]
  ) async throws -> ChildProcess {
    try await ChildProcess.start(
      Project.program, arguments,
      environment: ["CREDENTIALS_DIRECTORY": folder.path(of: "credentials")]
        .merging(environment) { $1 }, folder: folder.path)
  }
}
