// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Redis

struct NameLookupTests {
  @Test(arguments: [
    ("127.0.0.1", true), ("::1", true), ("fe80::1", true), ("::ffff:10.0.0.1", true),
    ("localhost", false), ("127.1", false), ("fe80::1%lo", true),
    ("fe80::1%nowhere", false), ("", false),
  ])
  func `an address needs no lookup`(host: String, isNumeric: Bool) {
    #expect(NameLookup.isNumeric(host) == isNumeric)
  }

  @Test func `the name of this machine is an address of it`() throws {
    let addresses = try NameLookup.addresses(of: "localhost").get()
    #expect(addresses.contains("127.0.0.1") || addresses.contains("::1"))
    #expect(addresses.allSatisfy(NameLookup.isNumeric))
  }

  @Test func `a name that does not exist is a failure with a reason`() {
    guard case .failure(let failure) = NameLookup.addresses(of: "nobody.invalid") else {
      Issue.record("found")
      return
    }
    #expect(!"\(failure)".isEmpty)
  }
}
