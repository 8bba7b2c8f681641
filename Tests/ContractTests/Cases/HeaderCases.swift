// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import HTTPClient
import HTTPTypes
import Testing

@testable import EndToEndSupport

extension ContractCase {
  static let headers = [
    ContractCase("a field of 7,900 bytes reaches the service") { contract async throws in
      let visitor = contract.installation.visitor()
      let cookie = visitor.cookieName("session") + "=" + String(repeating: "A", count: 7_900)
      #expect(try await visitor.send("/welcome", cookies: cookie).status == .ok)
      #expect(try await visitor.send("/", cookies: cookie).status == .found)
    },
    ContractCase("a longer field or request line is rejected with our page", needs: .headerLimits) {
      contract async throws in
      let long = String(repeating: "a", count: 20_000)
      for (path, argument) in [("/welcome", "Cookie: \(long)"), ("/\(long)", "X-Short: 1")] {
        let answer = try await contract.installation.curl(path, "--http1.1", "--header", argument)
        // Apache has no other status for a field that is too long.
        #expect([400, 414, 431].contains(answer.status), "\(answer.complaint.prefix(200))")
        #expect(answer.body.contains("This request cannot be read"))
        #expect(answer.fields["cache-control"] == ["no-store"])
        #expect(
          answer.fields["strict-transport-security"] == contract.strictTransportSecurity)
      }
      #expect(try await contract.installation.curl("/healthz").status == 200)
    },
    ContractCase("a header that is not ours changes nothing", needs: .http) {
      contract async throws in
      // ParametersTests looks at the meta-variables themselves.
      let answer = try await contract.installation.curl(
        "/welcome", "--header", "Proxy: http://127.0.0.1:1", "--header", "Gallery-Refusal: 413",
        "--header", "X-Request-Id: forged")
      #expect(answer.status == 200)
      #expect(answer.fields["x-request-id"] != ["forged"])
    },
  ]
}

extension Contract {
  /// The values of `Strict-Transport-Security` in each response.
  var strictTransportSecurity: [String]? {
    front.isSite ? ["max-age=63072000; includeSubDomains"] : nil
  }
}
