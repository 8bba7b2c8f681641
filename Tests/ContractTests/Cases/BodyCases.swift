// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

extension ContractCase {
  /// The largest request body that the service accepts, in bytes.
  private static let limit = 1_048_576
  private static let tooLarge = "That was too much at once"

  static let bodies = [
    ContractCase("POST without a body is answered") { contract async throws in
      let answer = try await contract.installation.visitor().send("/logout", method: .post)
      #expect(answer.status == .seeOther)
    },
    ContractCase("a urlencoded body reaches the service") { contract async throws in
      let answer = try await contract.installation.visitor().send(
        "/logout", method: .post, fields: [.contentType: "application/x-www-form-urlencoded"],
        body: Array("a=1&b=%20%C3%BC".utf8))
      #expect(answer.status == .seeOther)
    },
    ContractCase("a body of the largest size is accepted") { contract async throws in
      let answer = try await contract.installation.visitor().send(
        "/logout", method: .post, body: [UInt8](repeating: 0x61, count: limit))
      #expect(answer.status == .seeOther)
    },
    ContractCase("a larger body is 413 with our page") { contract async throws in
      for count in [limit + 1, 3_000_000, 5_000_000] {
        let (status, text) = try await contract.post(bytes: count)
        #expect(status == 413, "\(count)")
        #expect(text.contains(tooLarge), "\(count)")
      }
      #expect(try await contract.isHealthy())
    },
    ContractCase("a chunked body is accepted, and cut off at the limit", needs: .http) {
      contract async throws in
      let chunked = ["--header", "Transfer-Encoding: chunked"]
      #expect(try await contract.post(bytes: 5, chunked).status == 303)
      #expect(try await contract.post(bytes: 5_000_000, chunked).status == 413)
      #expect(try await contract.isHealthy())
    },
  ]
}

extension Contract {
  /// Posts a body. Over HTTP/2 Apache may reset the stream of one that is too large, so Apache gets HTTP/1.1.
  fileprivate func post(
    bytes count: Int, _ arguments: [String] = []
  ) async throws -> (status: Int, text: String) {
    if !front.isApache && arguments.isEmpty {
      let answer = try await installation.visitor().send(
        "/logout", method: .post, body: [UInt8](repeating: 0x61, count: count))
      return (answer.status.code, answer.text)
    }
    let file = try installation.folder.write(String(repeating: "a", count: count), to: "body")
    let answer = try await Curl.get(
      installation.site + "/logout", trusting: installation.web.certificate,
      ["--http1.1", "--data-binary", "@\(file)"] + arguments)
    return (answer.status, answer.body)
  }
}
