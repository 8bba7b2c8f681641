// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Dropbox

struct ListFolderPageTests {
  private func page(_ json: String) throws -> ListFolderPage {
    try JSONDecoder().decode(ListFolderPage.self, from: Data(json.utf8))
  }

  @Test func `entries that cannot be read do not cost the page`() throws {
    let page = try page(
      #"{"entries":[null,{".tag":"folder","name":"a","id":"id:a"},3,{".tag":"new"},[[]],"#
        + #"{".tag":"deleted","name":"b"}],"cursor":"c","has_more":true,"x":1}"#)
    #expect(page.entries.count == 6)
    #expect(page.entries.filter { $0 == .unknown }.count == 4)
    #expect(page.entries.last == .deleted(name: "b", pathLower: nil))
    #expect(page.cursor == Cursor("c"))
    #expect(page.hasMore)
  }

  @Test func `a page may be empty although more follow`() throws {
    #expect(try page(#"{"entries":[],"cursor":"c","has_more":true}"#).hasMore)
  }

  @Test(arguments: [
    "", "null", "[]", "{}", "<html></html>", #"{"entries":[],"cursor":"c"}"#,
    #"{"entries":[],"cursor":"","has_more":false}"#, #"{"entries":[],"has_more":false}"#,
    #"{"entries":{},"cursor":"c","has_more":false}"#, #"{"cursor":"c","has_more":false}"#,
    #"{"entries":[],"cursor":"c","has_more":1}"#, #"{"entries":[],"cursor":"c","has_more":false"#,
    #"{"entries":[],"cursor":5,"has_more":false}"#,
    #"{"entries":null,"cursor":"c","has_more":true}"#,
    String(repeating: "[", count: 100_000), String(repeating: #"{"entries":["#, count: 50_000),
  ])
  func `what is no page is an error and no trap`(json: String) {
    #expect(throws: (any Error).self) { try page(json) }
  }

  @Test func `bytes that are not UTF-8 are an error`() {
    let bytes =
      Array(#"{"entries":[],"cursor":""#.utf8) + [0xFF] + Array(#"","has_more":true}"#.utf8)
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode(ListFolderPage.self, from: Data(bytes))
    }
  }
}
