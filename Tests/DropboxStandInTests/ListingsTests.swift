// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import DropboxStandIn

struct ListingsTests {
  private let folder: TemporaryFolder
  private let bench: Bench

  init() throws {
    folder = try TemporaryFolder()
    for name in ["a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg"] { try folder.write(name, to: name) }
    var options = StandIn.Options(photos: folder.path)
    options.pageLimit = 2
    options.variesPages = false
    bench = Bench(options)
  }

  private struct Page {
    /// Each with its tag, as in `deleted a.jpg`.
    let entries: [String]
    let cursor: String
    let hasMore: Bool
  }

  private func page(_ route: APIRoute, _ argument: JSON) async throws -> Page {
    let answer = await bench.call(route, argument)
    let json = try answer.json
    guard answer.status == 200, let cursor = json["cursor"]?.string else {
      throw TestFailure("no page: \(answer.status) \(json)")
    }
    let entries = json["entries"]?.array.map {
      "\($0[".tag"]?.string ?? "") \($0["name"]?.string ?? "")"
    }
    return Page(entries: entries ?? [], cursor: cursor, hasMore: json["has_more"] == true)
  }

  private func next(_ cursor: String) async throws -> Page {
    try await page(.listFolderContinue, ["cursor": .string(cursor)])
  }

  private func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: folder.path(of: name))
  }

  @Test func `pages stay what they were while the folder changes`() async throws {
    let first = try await page(.listFolder, ["path": ""])
    #expect(first.entries.count == 2)
    for name in ["a.jpg", "b.jpg", "c.jpg", "d.jpg"] { try remove(name) }
    for name in ["f.jpg", "0.jpg"] { try folder.write(name, to: name) }
    var (entries, last) = (first.entries, first)
    while last.hasMore {
      last = try await next(last.cursor)
      #expect(last.entries.count <= 2)
      entries += last.entries
    }
    #expect(entries.sorted() == ["a", "b", "c", "d", "e"].map { "file \($0).jpg" })
  }

  @Test func `after the last page the cursor tells what changed, and then nothing`() async throws {
    let latest = await bench.call(.getLatestCursor, ["path": ""])
    let cursor = try latest.json["cursor"]?.string
    try remove("b.jpg")
    try folder.write("new", to: "f.jpg")
    try folder.write("longer than before", to: "c.jpg")
    var page = try await next(try #require(cursor))
    var entries = page.entries
    while page.hasMore {
      page = try await next(page.cursor)
      entries += page.entries
    }
    #expect(entries.sorted() == ["deleted b.jpg", "file c.jpg", "file f.jpg"])
    #expect(try await next(page.cursor).entries.isEmpty)
  }

  @Test func `the same cursor brings the same page again`() async throws {
    let first = try await page(.listFolder, ["path": ""])
    let pages = [try await next(first.cursor), try await next(first.cursor)]
    #expect(pages[0].entries == pages[1].entries)
    #expect(pages[0].entries != first.entries)
  }

  @Test func `a cursor that was changed, shortened or made up is refused`() async throws {
    let cursor = try await page(.listFolder, ["path": ""]).cursor
    let end = cursor.suffix(5).first == "A" ? "B" : "A"
    for (text, status) in [
      ("", 400), ("AAE", 400), ("rubbish", 400), (String(cursor.dropFirst()), 400),
      (String(cursor.dropLast(5)) + end + cursor.suffix(4), 409),
      ("AAE" + String(repeating: "A", count: 60), 409),
      ("AAE" + String(repeating: "é", count: 60), 400), (String(repeating: "A", count: 99), 400),
    ] {
      let answer = await bench.call(.listFolderContinue, ["cursor": .string(text)])
      #expect(answer.status == status, "\(text)")
    }
  }

  /// A combining character behind a slash makes one character of both.
  @Test(arguments: ["\u{301}.jpg", "\u{20E3}", "\u{200D}\u{FE0F}.png"])
  func `a name may begin with a character that combines`(name: String) async throws {
    try folder.write("a", to: name)
    let metadata = await bench.call(.getMetadata, ["path": .string("/" + name)])
    #expect(metadata.status == 200)
    #expect(try metadata.json["name"]?.string.map { Array($0.utf8) } == Array(name.utf8))
  }

  @Test func `only the latest listings are kept`() throws {
    let listings = Listings()
    let numbers = (0...Listings.capacity).map {
      listings.add(path: "/\($0)", isRecursive: false, entries: [])
    }
    #expect(listings[numbers[0]] == nil)
    #expect(listings[numbers[1]] != nil)
    #expect(listings.add(path: "/7", isRecursive: false, entries: []) == numbers[7])
    listings.forget()
    #expect(listings[numbers[1]] == nil)
  }

  @Test(arguments: [
    String(repeating: "/x", count: 100_000), "/" + String(repeating: "x", count: 500_000),
    "id:" + String(repeating: "/x", count: 100_000), "/\0", "/..", "/../../etc", "/./a.jpg",
    "/a.jpg/..", "/e\u{301}", "/\u{301}", "id:", "id:x", "ns:1/a.jpg",
  ])
  func `a path that leads nowhere is not found, however long`(path: String) async throws {
    let answer = await bench.call(.listFolder, ["path": .string(path)])
    #expect(answer.status == 409)
    #expect(try answer.json["error"] == [".tag": "path", "path": [".tag": "not_found"]])
  }
}
