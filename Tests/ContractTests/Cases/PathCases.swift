// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import HTTPClient
import HTTPTypes
import Testing

@testable import EndToEndSupport

extension ContractCase {
  private static let invalid = [
    "/../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/../../etc/passwd",
    "/assets/%2e%2e/Package.swift", "/assets/v-00/../../Package.swift",
    "/assets/v-00/..%2f..%2fPackage.swift", "/%00", "/renditions/%00/256",
    "/renditions/id:%ff%fe/256", "/%zz", "/%", "/renditions/../../strip", "/originals/%2e%2e%2f",
    "/\u{FF}", "//", "/index.php", "/renditions/id:AAAAAAAAAAAAAAAAAAAAAA/nonsense",
    "/originals/" + String(repeating: "a", count: 7_000),
  ]

  static let paths = [
    ContractCase("an invalid path is an error page, without a call to Dropbox", needs: .http) {
      contract async throws in
      let calls = contract.dropbox.calls.count
      for path in invalid {
        let answer = try await contract.installation.curl(path)
        #expect([400, 404].contains(answer.status), "\(path)")
      }
      #expect(contract.dropbox.calls.count == calls)
      #expect(try await contract.isHealthy())
    },
    ContractCase("health is for this machine, and there are no metrics", needs: .addresses) {
      contract async throws in
      let installation = contract.installation
      for path in ["/healthz", "/readyz"] {
        #expect(try await installation.curl(path).status == 200)
        for target in [path, path + "?a", "/%68" + path.dropFirst(2)] {
          let answer = try await installation.curl(target, "--interface", "127.0.0.2")
          #expect(answer.status == 404, "\(target)")
          #expect(!answer.body.contains("ok\n") && !answer.body.contains("ready\n"))
        }
      }
      #expect(try await installation.curl("/metrics").status == 404)
    },
  ]
}
