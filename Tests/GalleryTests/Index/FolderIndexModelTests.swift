// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import TestSupport
import Testing

@testable import Gallery

/// The index beside a dictionary, over random pages of what may happen in a folder.
struct FolderIndexModelTests {
  private static let stems = [
    "IMG_1", "img_2", "IMG_10", "IMG_010", "Über", "u\u{308}ber 3", "a", "A", "😀", "x y%#?",
    "İstanbul", "ß",
  ]
  private static let endings = [".jpg", ".JPG", ".gif", ".cr2", ".txt", ""]

  @Test(arguments: 0..<12 as Range<UInt64>)
  func `it says what a dictionary says`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var index = FolderIndex()
    var model = FolderModel()
    var versions: [(version: FolderVersion, page: Int)] = []
    for page in 0..<60 {
      let entries = try (0..<Int.random(in: 0...12, using: &random)).map { _ in
        try entry(&random, model)
      }
      index.apply(
        ListFolderPage(entries: entries, cursor: try #require(Cursor("c")), hasMore: page < 5))
      // What is there before the first reading ends is new to nobody.
      model.apply(entries, page: page <= 5 ? 0 : page)
      try check(&index, against: model)
      for (version, since) in versions {
        let added = model.came.values.count { $0 > max(since, 5) }
        #expect(index.added(since: version) == added)
      }
      versions.append((index.version, page))
      if page % 20 == 13 { try start(over: &index, model) }
    }
  }

  /// Reads the same folder anew.
  private func start(over index: inout FolderIndex, _ model: FolderModel) throws {
    var anew = FolderIndex()
    let version = index.version
    let files = try model.items.map { key, item -> Entry in
      switch item {
      case .picture(let picture):
        .file(
          try .made(
            picture.name, id: picture.id.value, size: picture.size, at: picture.modified.seconds))
      case .album(let album): .folder(FolderEntry(id: album.id, name: album.name, pathLower: nil))
      case .other: .file(try .made(key, id: "id:other"))
      }
    }
    anew.apply(
      ListFolderPage(
        entries: files.shuffled(), cursor: try #require(Cursor("d")), hasMore: false))
    anew.succeed(index)
    #expect(anew.version == version)
    index = anew
  }

  private func check(_ index: inout FolderIndex, against model: FolderModel) throws {
    let pictures = model.pictures
    try #require(index.count == pictures.count)
    #expect(index.others == model.others)
    #expect(index.albums == model.albums)
    for order in PictureOrder.allCases {
      let sorted = order.sorted(pictures)
      #expect(index.pictures(0..<sorted.count, in: order) == sorted)
      for (place, picture) in sorted.enumerated() {
        #expect(index.place(of: picture.id, in: order) == place)
      }
      if sorted.count > 3 {
        #expect(index.pictures(1..<3, in: order) == Array(sorted[1..<3]))
      }
    }
    for album in model.albums { #expect(index.album(album.id) == album) }
  }

  /// Something new, something changed, something gone, something under a new name.
  private func entry(_ random: inout SeededGenerator, _ model: FolderModel) throws -> Entry {
    let stem = Self.stems.randomElement(using: &random) ?? ""
    let name =
      stem + "\(Int.random(in: 0..<4, using: &random))"
      + (Self.endings.randomElement(using: &random) ?? "")
    let known = model.pictures.map(\.id.value).sorted().randomElement(using: &random)
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return .deleted(name: name, pathLower: nil)
    case 1: return .unknown
    case 2:
      return .folder(
        FolderEntry(id: try FileID.made(of: name + "/"), name: name, pathLower: nil))
    case 3: return .file(try made(name, known ?? FileID.made(of: name).value, &random))
    default: return .file(try made(name, FileID.made(of: name).value, &random))
    }
  }

  private func made(
    _ name: String, _ id: String, _ random: inout SeededGenerator
  ) throws -> FileEntry {
    try .made(
      name, id: id, size: .random(in: 0..<3, using: &random),
      at: .random(in: 0..<4, using: &random))
  }
}
