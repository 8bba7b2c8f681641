// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Gallery

struct SheetsTests {
  private func key(
    _ page: Int, owner: String = "dbid:Ana", change: UInt32 = 1, _ language: Language = .english
  ) -> Sheets.Key {
    Sheets.Key(
      owner: owner, version: FolderVersion(index: 7, change: change), order: .newest, page: page,
      language: language)
  }

  @Test func `a sheet is rendered once for each state, page and language`() throws {
    let sheets = Sheets()
    var rendered = 0
    func sheet(_ key: Sheets.Key) throws -> String {
      try sheets.sheet(key) {
        rendered += 1
        return "sheet \(rendered)"
      }
    }
    #expect(try sheet(key(1)) == "sheet 1")
    #expect(try sheet(key(1)) == "sheet 1")
    let others = [key(2), key(1, change: 2), key(1, .german), key(1, owner: "dbid:Ben")]
    for (number, other) in others.enumerated() {
      #expect(try sheet(other) == "sheet \(number + 2)")
    }
    #expect(try sheet(key(1)) == "sheet 1")
  }

  @Test func `the one that was not asked for longest goes when the room is full`() throws {
    let sheets = Sheets(limitBytes: 30)
    let ten = String(repeating: "x", count: 10)
    for page in 1...3 { _ = try sheets.sheet(key(page)) { ten } }
    _ = try sheets.sheet(key(1)) { "not asked" }
    _ = try sheets.sheet(key(4)) { ten }
    #expect(try sheets.sheet(key(1)) { "new" } == ten)
    #expect(try sheets.sheet(key(3)) { "new" } == ten)
    #expect(try sheets.sheet(key(2)) { "new" } == "new")
    let large = String(repeating: "x", count: 31)
    #expect(try sheets.sheet(key(5)) { large } == large)
    #expect(try sheets.sheet(key(5)) { "new" } == "new")
  }

  @Test func `who signs out leaves nothing`() throws {
    let sheets = Sheets()
    _ = try sheets.sheet(key(1)) { "Ana's" }
    _ = try sheets.sheet(key(1, owner: "dbid:Ben")) { "Ben's" }
    sheets.forget("dbid:Ana")
    #expect(try sheets.sheet(key(1)) { "new" } == "new")
    #expect(try sheets.sheet(key(1, owner: "dbid:Ben")) { "new" } == "Ben's")
  }

  @Test func `what cannot be rendered is not kept`() throws {
    let sheets = Sheets()
    #expect(throws: GalleryError.self) {
      try sheets.sheet(key(1)) { () throws(GalleryError) in throw .fault(cause: "broken") }
    }
    #expect(try sheets.sheet(key(1)) { "whole" } == "whole")
  }
}
