// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import Foundation
import Testing

struct AccountTests {
  @Test func `an account has an id and a name`() throws {
    let json =
      #"{"account_id":"dbid:AAA","name":{"display_name":"Ana Li","x":1},"email":"a@b.example"}"#
    let account = try JSONDecoder().decode(Account.self, from: Data(json.utf8))
    #expect(account.id == AccountID("dbid:AAA"))
    #expect(account.displayName == "Ana Li")
  }

  @Test(arguments: [
    "{}", "null", #"{"account_id":"dbid:A"}"#, #"{"account_id":"A","name":{"display_name":"A"}}"#,
    #"{"account_id":"dbid:A","name":"A"}"#, #"{"account_id":"dbid:A","name":{"display_name":""}}"#,
    #"{"account_id":"dbid:A","name":{"display_name":"\#(String(repeating: "é", count: 513))"}}"#,
  ])
  func `an answer that lacks one of them is an error`(json: String) {
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode(Account.self, from: Data(json.utf8))
    }
  }
}
