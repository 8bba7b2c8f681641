// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import Testing

@testable import Gallery

struct FolderIndexTests {
  @Test(arguments: [
    (["a.jpg", "b.PNG", "c.txt", "d.jpg/"], "a.jpg b.PNG"), (["a.jpg", "A.jpg"], "A.jpg"),
    (["a.jpg", "-a.jpg"], ""), (["A.jpg", "-a.JPG"], ""), (["-a.jpg", "a.jpg"], "a.jpg"),
    (["a.jpg", "a.jpg/"], ""), (["-b.jpg"], ""),
  ])
  func `entries are applied in order`(names: [String], expected: String) throws {
    var index = FolderIndex()
    for name in names { index.apply(try .made(name)) }
    #expect(
      index.pictures(0..<index.count, in: .name).map(\.name).joined(separator: " ") == expected)
  }

  @Test func `what comes and goes for ever takes no more room`() throws {
    var index = FolderIndex()
    index.apply(try .made("a.jpg"))
    _ = index.pictures(0..<1, in: .name)
    for number in 0..<2000 {
      index.apply(try .made("\(number).jpg"))
      index.apply(try .made("-\(number).jpg"))
    }
    #expect(index.count == 1)
    #expect(index.bytes < 40_000)
  }

  @Test func `a picture takes less than 400 bytes, and what it is said to take`() throws {
    var index = FolderIndex()
    let empty = index.bytes
    for start in stride(from: 0, to: 20_000, by: 2000) {
      index.apply(try .synthetic(start..<start + 2000))
      for order in PictureOrder.allCases { _ = index.pictures(0..<1, in: order) }
    }
    let each = (index.bytes - empty) / index.count
    // Its record, its texts, its places in two tables and three orders; at least that, and what growth leaves free.
    #expect(150..<400 ~= each)
  }

  @Test func `a listing that brings what is known changes nothing`() throws {
    var index = FolderIndex()
    index.apply(try .made("a.jpg", "b/", "c.txt"))
    let version = index.version
    index.apply(try .made("a.jpg", "b/", "c.txt", "-d.jpg"))
    index.apply(try .made())
    #expect(index.version == version)
    for change in ["d.jpg", "e/", "f.txt", "-a.jpg"] {
      let before = index.version
      index.apply(try .made(change))
      #expect(index.version != before)
    }
  }

  @Test func `pictures that came since a version are counted, renamed ones are not`() throws {
    var index = FolderIndex()
    index.apply(try .made("a.jpg", hasMore: true))
    let early = index.version
    index.apply(try .made("b.jpg"))
    let complete = index.version
    index.apply(try .made("c.jpg", "d.jpg", "e.txt", "f/"))
    let later = index.version
    index.apply(try .made("g.jpg", "-c.jpg"))
    #expect(index.added(since: early) == 2)
    #expect(index.added(since: complete) == 2)
    #expect(index.added(since: later) == 1)
    #expect(index.added(since: index.version) == 0)
    let moved = try FileEntry.made("z.jpg", id: FileID.made(of: "a.jpg").value)
    for entries in [[Entry.deleted(name: "a.jpg", pathLower: nil), .file(moved)]] {
      let before = index.version
      index.apply(
        ListFolderPage(entries: entries, cursor: try #require(Cursor("c")), hasMore: false))
      #expect(index.added(since: before) == 0)
      #expect(index.version != before)
    }
    #expect(index.added(since: FolderVersion(index: 0, change: 0)) == nil)
    #expect(
      index.added(since: FolderVersion(index: index.version.index, change: .max)) == nil)
  }

  @Test(arguments: [true, false])
  func `a picture known from elsewhere stays only if the listing has it`(isListed: Bool) throws {
    var index = FolderIndex()
    index.apply(try .made("a.jpg", hasMore: true))
    let file = try FileEntry.made("b.jpg", id: FileID.made(of: "b.jpg").value)
    index.add(file)
    index.add(file)
    #expect(index.count == 2)
    #expect(index.place(of: file.id, in: .name) == 1)
    if isListed { index.apply(try .made("b.jpg", hasMore: true)) }
    index.apply(try .made("c.jpg"))
    #expect(index.holds(file.id) == isListed)
    #expect(index.count == (isListed ? 3 : 2))
    index.add(try .made("d.txt", id: "id:d"))
    #expect(index.others == 0)
  }

  @Test(arguments: [
    "-", "1", "-1", "1-", "1-1-1", "g-1", "1--1", "01-1", "1-01", "1-4294967296", "+1-1", "1-+1",
    "10000000000000000-1", "", " 1-1", "A-1", String(repeating: "1", count: 33),
  ])
  func `a version is read only as it is written`(text: String) {
    #expect(FolderVersion(text) == nil)
    let version = FolderVersion(index: .max, change: .max)
    #expect(FolderVersion(version.text) == version)
  }

  @Test func `entries without a path, or with one that is not the name's, are told apart`() throws {
    var index = FolderIndex()
    var files = [try FileEntry.made("A.jpg", id: "id:1")]
    for (id, path) in [("id:2", nil), ("id:3", "/trips/somewhere else.jpg"), ("id:4", "x")] {
      files.append(
        FileEntry(
          id: try #require(FileID(id)), name: "A.jpg", rev: try #require(Rev("0123456789")),
          size: 1, clientModified: UnixTime(seconds: 0), serverModified: UnixTime(seconds: 0),
          pathLower: path, isDownloadable: true, contentHash: nil))
    }
    index.apply(
      ListFolderPage(
        entries: files.map(Entry.file), cursor: try #require(Cursor("c")), hasMore: false))
    // Without a path it is the name in lower case that counts, so the fourth replaces what the first two left.
    #expect(index.pictures(0..<index.count, in: .name).map(\.id.value) == ["id:3", "id:4"])
  }

  @Test func `an index is complete after the last page, and stays so while changes come`() throws {
    var index = FolderIndex()
    index.apply(try .made("a.jpg", hasMore: true))
    #expect(!index.isComplete)
    index.apply(try .made(hasMore: false))
    #expect(index.isComplete)
    index.apply(try .made("b.jpg", hasMore: true))
    #expect(index.isComplete)
  }
}
