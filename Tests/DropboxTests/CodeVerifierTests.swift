// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import Testing

struct CodeVerifierTests {
  @Test func `the challenge is that of RFC 7636, appendix B`() throws {
    let verifier = try #require(CodeVerifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
    #expect(verifier.challenge.value == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
  }

  @Test func `a new verifier has 43 characters and is never the same`() {
    let verifiers = (0..<100).map { _ in CodeVerifier().secret.revealed }
    #expect(Set(verifiers).count == 100)
    for verifier in verifiers {
      #expect(verifier.utf8.count == 43)
      #expect(CodeVerifier(verifier)?.secret.revealed == verifier)
    }
  }

  @Test(arguments: [
    "", String(repeating: "a", count: 42), String(repeating: "a", count: 129),
    String(repeating: "a", count: 42) + "+", String(repeating: "a", count: 42) + "\n",
    String(repeating: "a", count: 42) + "é",
  ])
  func `what RFC 7636 does not allow is no verifier`(text: String) {
    #expect(CodeVerifier(text) == nil)
  }
}
