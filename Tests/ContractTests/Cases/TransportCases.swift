// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import HTTPClient
import HTTPTypes
import Testing

@testable import EndToEndSupport

extension ContractCase {
  static let transport = [
    ContractCase("HTTP is 1.1 or 2", needs: .tls) { contract async throws in
      #expect(try await contract.installation.curl("/welcome").version == "2")
      #expect(try await contract.installation.curl("/welcome", "--http1.1").version == "1.1")
    },
    ContractCase("TLS is 1.2 or 1.3", needs: .tls) { contract async throws in
      // Without these arguments, curl itself would not offer the old versions.
      let lax = ["--tlsv1.0", "--ciphers", "DEFAULT@SECLEVEL=0", "--tls-max"]
      for (version, isAccepted) in ["1.0": false, "1.1": false, "1.2": true, "1.3": true] {
        let answer = try await Curl.get(
          contract.installation.site + "/welcome", trusting: contract.installation.web.certificate,
          lax + [version])
        #expect((answer.status == 200) == isAccepted, "TLS \(version)")
        if !isAccepted { #expect(answer.complaint.contains("alert protocol version")) }
      }
    },
    ContractCase("plain http redirects to the same address", needs: .tls) { contract async throws in
      let target = "/albums/x%20y?page=2&a=%2F"
      let plain = try await Curl.get(
        "http://localhost:\(contract.installation.web.plainPort)" + target, trusting: nil)
      #expect(plain.status == 301)
      #expect(plain.fields["location"] == [contract.installation.site + target])
      #expect(plain.fields["strict-transport-security"] == nil)
    },
    ContractCase("each response of service and web server has HSTS", needs: .tls) {
      contract async throws in
      for path in [
        "/welcome", "/", "/nowhere", "/assets/page.css", "/assets/none.css", "/robots.txt",
      ] {
        let answer = try await contract.installation.curl(path)
        #expect(
          answer.fields["strict-transport-security"] == contract.strictTransportSecurity, "\(path)")
      }
    },
    ContractCase("an unknown server name ends the handshake", needs: .unknownNames) {
      contract async throws in
      let answer = try await Curl.get(
        contract.installation.site.replacing("localhost", with: "127.0.0.1") + "/", trusting: nil,
        ["--insecure"])
      #expect(answer.complaint.contains("unrecognized name"))
    },
  ]
}
