// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import EndToEndSupport

/// The units of conf/systemd, as systemd-analyze reads them.
@Suite(.serialized)
struct UnitTests {
  private let folder: TemporaryFolder
  private let units: [String]

  init() throws {
    folder = try TemporaryFolder()
    units = try ["dropbox-gallery.service", "dropbox-gallery.socket"].map { [folder] name in
      let text = try String(contentsOfFile: Project.root + "/conf/systemd/" + name, encoding: .utf8)
      return try folder.write(
        text.replacing("/usr/bin/dropbox-gallery", with: Project.program), to: name)
    }
  }

  @Test func `systemd finds nothing to complain about`() async throws {
    let outcome = try await analyze(["verify", "--man=no"] + units)
    #expect(outcome.exit == .status(0), "\(outcome.errorText)")
    #expect(outcome.errorText.isEmpty)
  }

  @Test func `the service is exposed by less than 2.0`() async throws {
    let outcome = try await analyze(["security", "--offline=true", "--threshold=19", units[0]])
    #expect(outcome.exit == .status(0), "\(outcome.text.suffix(200)) \(outcome.errorText)")
    #expect(outcome.text.contains("Overall exposure level for dropbox-gallery.service"))
  }

  @Test func `the service finds what the unit promises`() throws {
    let text = try String(contentsOfFile: units[0], encoding: .utf8)
    // The limit of what is in flight is 35 s, and a second for what was cut off.
    #expect(text.contains("\nTimeoutStopSec=45\n"))
    #expect(text.contains(/\nWatchdogSec=\d+\n/))
    #expect(text.contains("\nFileDescriptorStoreMax=512\nEnvironment=FDSTORE=512\n"))
    for name in ["DBX_APP_SECRET", "SESSION_ID_SECRET"] {
      #expect(text.contains("\nLoadCredential=\(name):/etc/dropbox-gallery/credentials/\(name)\n"))
    }
  }

  private func analyze(_ arguments: [String]) async throws -> ChildProcess.Outcome {
    try await ChildProcess.run(
      "systemd-analyze", arguments,
      environment: ["SYSTEMD_UNIT_PATH": folder.path + ":", "SYSTEMD_COLORS": "0", "PAGER": "cat"])
  }
}
