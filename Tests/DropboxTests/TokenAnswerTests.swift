// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Dropbox

/// The cases of golang/oauth2's token tests, and Dropbox's own.
struct TokenAnswerTests {
  private static let full = [
    "uid": #""4711""#, "access_token": #""sl.u.A""#, "expires_in": "14400",
    "token_type": #""bearer""#, "scope": #""account_info.read files.content.read""#,
    "refresh_token": #""R""#, "account_id": #""dbid:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA""#,
  ]
  private let now = UnixTime(seconds: 1000)

  private func answer(_ changes: [String: String?] = [:]) throws -> TokenAnswer {
    var fields = Self.full
    for (key, value) in changes { fields[key] = value }
    let json = "{" + fields.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
    return try JSONDecoder().decode(TokenAnswer.self, from: Data(json.utf8))
  }

  @Test func `a full answer is a grant`() throws {
    let grant = try answer().grant(at: now)
    #expect(grant.accessToken.value.revealed == "sl.u.A")
    #expect(grant.accessToken.expires == UnixTime(seconds: 15_400))
    #expect(grant.refreshToken.revealed == "R")
    #expect(grant.accountID.value == "dbid:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
    #expect(grant.scopes == ["account_info.read", "files.content.read"])
  }

  @Test func `the three fields of a refresh are an access token`() throws {
    let answer = try answer(["uid": nil, "scope": nil, "refresh_token": nil, "account_id": nil])
    #expect(try answer.accessToken(at: now).expires == UnixTime(seconds: 15_400))
  }

  @Test(arguments: [
    ("14399", 14_399), ("1", 1), (#""3600""#, 3600), ("1.9", 1), ("1e300", 2_592_000),
    ("99999999999999999999999", 2_592_000), (#""99999999999999999999999""#, 2_592_000),
    (#""inf""#, 2_592_000), (nil, 14_400), ("null", 14_400),
  ])
  func `a lifetime is read in each form that is one`(value: String?, seconds: Int64) throws {
    let token = try answer(["expires_in": value]).accessToken(at: UnixTime(seconds: 0))
    #expect(token.expires.seconds == seconds)
  }

  @Test(arguments: [
    "0", "-1", "-1e300", "0.5", #""""#, #""soon""#, #""nan""#, #""-5""#, "true", "{}", "[]",
  ])
  func `a lifetime that is none is an error`(value: String) {
    #expect(throws: (any Error).self) { try answer(["expires_in": value]) }
  }

  @Test(arguments: [
    ("access_token", nil), ("access_token", "null"), ("access_token", "5"),
    ("token_type", #""mac""#), ("token_type", "7"), ("refresh_token", "5"), ("scope", "5"),
    ("account_id", "[]"),
  ])
  func `an answer without a token, or of another kind, is an error`(key: String, value: String?) {
    #expect(throws: (any Error).self) { try answer([key: value]) }
  }

  @Test(arguments: [
    ("refresh_token", nil), ("refresh_token", #""""#), ("refresh_token", #""a b""#),
    ("account_id", nil), ("account_id", #""dbtid:AAA""#), ("access_token", #""""#),
    ("access_token", #""a\r\nb""#),
  ])
  func `an answer that lacks what a grant needs is unexpected`(key: String, value: String?) throws {
    let answer = try answer([key: value])
    let error = #expect(throws: DropboxError.self) { try answer.grant(at: now) }
    guard case .unexpectedAnswer = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test(arguments: ["bearer", "Bearer", "BEARER"])
  func `the kind of token is the same in any case`(kind: String) throws {
    _ = try answer(["token_type": "\"\(kind)\""])
  }
}
