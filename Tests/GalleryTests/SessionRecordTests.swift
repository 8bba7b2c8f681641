// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import Foundation
import Testing

@testable import Gallery

/// What is stored of sessions and of sign-ins under way, and what can be printed of them.
struct SessionRecordTests {
  /// As every version of the service wrote it.
  private static let stored = #"""
    {"accessToken":"sl.access","accessTokenExpires":14400,"accountID":"dbid:Ana","accountName":"Ana Li",\#
    "began":5,"extended":7,"refreshToken":"refresh"}
    """#
  private static let verifier = String(repeating: "v", count: 43)

  private func session(_ json: String = stored) throws -> Session {
    try JSONDecoder().decode(Session.self, from: Data(json.utf8))
  }

  @Test func `the stored form of a session stays the same`() throws {
    let session = try session()
    #expect(session.token?.value == Secret("sl.access"))
    #expect(session.token?.expires == UnixTime(seconds: 14_400))
    #expect(session.refreshToken == Secret("refresh"))
    #expect(session.accountID == "dbid:Ana")
    #expect(session.accountName == "Ana Li")
    #expect(session.began == 5 && session.extended == 7)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    #expect(String(decoding: try encoder.encode(session), as: UTF8.self) == Self.stored)
  }

  @Test(arguments: ["dbid:Ana", "accessToken", "14400"])
  func `a record that lacks something is none`(what: String) {
    #expect(throws: DecodingError.self) { try session(Self.stored.replacing(what, with: "x")) }
  }

  @Test func `the stored form of a pending authorization stays the same`() throws {
    let stored = #"{"returnPath":"/albums/x","verifier":"\#(Self.verifier)"}"#
    let pending = try JSONDecoder().decode(PendingAuthorization.self, from: Data(stored.utf8))
    #expect(pending.verifier.secret == Secret(Self.verifier))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    #expect(String(decoding: try encoder.encode(pending), as: UTF8.self) == stored)
  }

  @Test func `no token can be printed`() throws {
    let verifier = try #require(CodeVerifier(Self.verifier))
    let values: [Any] = [
      try session(), try OpenSession.made(), AuthorizationAnswer.Outcome.code(Secret("the code")),
      PendingAuthorization(verifier: verifier, returnPath: "/"),
    ]
    for value in values {
      var dumped = ""
      dump(value, to: &dumped)
      for text in ["\(value)", String(reflecting: value), dumped] {
        for secret in ["sl.access", "refresh\"", Self.verifier, "the code"] {
          #expect(!text.contains(secret))
        }
      }
    }
  }
}
