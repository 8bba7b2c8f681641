// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import Testing

@testable import Gallery

struct PictureOrderTests {
  private func sorted(_ files: [FileEntry], by order: PictureOrder) throws -> [Picture] {
    var index = FolderIndex()
    for file in files {
      index.apply(
        ListFolderPage(
          entries: [.file(file)], cursor: try #require(Cursor("c")), hasMore: false))
    }
    return index.pictures(0..<index.count, in: order)
  }

  @Test(arguments: [
    (PictureOrder.newest, "c b2 b10 a d"), (.oldest, "d a b2 b10 c"), (.name, "a b2 b10 c d"),
    (.nameDown, "d c b10 b2 a"),
  ])
  func `pictures are sorted by time or name, those of one second by name`(
    order: PictureOrder, names: String
  ) throws {
    let files = try [("a", 2), ("b10", 3), ("b2", 3), ("c", 4), ("d", -1)].map {
      try FileEntry.made($0.0 + ".jpg", id: "id:" + $0.0, at: $0.1)
    }
    for _ in 0..<8 {
      let sorted = try sorted(files.shuffled(), by: order).map { $0.name.dropLast(4) }
      #expect(sorted.joined(separator: " ") == names)
    }
  }

  @Test(arguments: PictureOrder.allCases)
  func `pictures that are alike have an order too`(order: PictureOrder) throws {
    // Names that differ in case or in leading zeros only.
    let names = ["a1.jpg", "A1.jpg", "a01.jpg", "A001.JPG"]
    let files = try names.enumerated().map { place, name in
      FileEntry(
        id: try #require(FileID("id:\(place)")), name: name, rev: try #require(Rev("0123456789")),
        size: 1, clientModified: UnixTime(seconds: 0), serverModified: UnixTime(seconds: 0),
        pathLower: "/\(place)", isDownloadable: true, contentHash: nil)
    }
    let sorted = try sorted(files, by: order)
    #expect(sorted.count == names.count)
    for _ in 0..<8 { #expect(try self.sorted(files.shuffled(), by: order) == sorted) }
  }
}
