// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import Foundation
import HTTP
import HTTPTypes
import Testing

@testable import Gallery

struct PicturePageJSONTests {
  private let album = FileID("id:Trips")

  /// The page of a folder in which `files` lie beside the album `Trips`.
  private func page(
    _ files: [FileEntry], hasMore: Bool = false, query: [(String, String)] = [],
    isAlbum: Bool = false
  ) throws -> PicturePage {
    var index = FolderIndex()
    let album = FolderEntry(id: try #require(album), name: "Trips & <b>", pathLower: "/trips")
    index.apply(
      ListFolderPage(
        entries: [.folder(album)] + files.map(Entry.file), cursor: try #require(Cursor("c")),
        hasMore: hasMore))
    let parameters = GalleryParameters(query: FormFields([("sort", "name")] + query))
    let crumb = Crumb(Album(id: album.id, name: album.name))
    let view = index.view(parameters)
    return PicturePage(
      try #require(view), trail: [.root] + (isAlbum ? [crumb] : []),
      counts: [album.id: AlbumCount(count: 12, albums: 2, isComplete: false)],
      order: parameters.order)
  }

  private func json(_ page: PicturePage, _ language: Language = .english) throws -> [String: Any] {
    let body = try PicturePageJSON(page: page, words: try .ours(language))
      .response(to: Request(target: "/", id: "1")).body
    let data = Data(try #require(body.bytes))
    return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func text(_ value: Any?) throws -> String {
    let data = try JSONSerialization.data(
      withJSONObject: try #require(value),
      options: [.sortedKeys, .withoutEscapingSlashes, .fragmentsAllowed])
    return String(decoding: data, as: UTF8.self)
  }

  @Test func `a picture has the paths of all that is made of it`() throws {
    let page = try json(try page([.made("a\"</script>\n.jpg", id: "id:AbC", at: 1_767_323_045)]))
    #expect(
      try text(page["pictures"])
        == #"[{"bytes":1,"details":"/details/AbC/0123456789","download":"/downloads/AbC","#
        + #""id":"id:AbC","image256":"/renditions/AbC/0123456789/256","#
        + #""image640":"/renditions/AbC/0123456789/640","#
        + #""image1024":"/renditions/AbC/0123456789/1024","#
        + #""image2048":"/renditions/AbC/0123456789/2048","#
        + #""modified":"2026-01-02T03:04:05Z","name":"a\"</script>\n.jpg","#
        + #""original":"/originals/AbC","path":"/pictures/AbC"}]"#
    )
  }

  @Test(arguments: [
    ("a.gif", 1, nil as String?, true), ("a.GIF", 20_000_000, nil, true),
    ("a.gif", 20_000_001, "size", false), ("a.jpg", 20_000_001, "size", false),
    ("a.CR3", 1, "raw", false), ("a.dng", 50_000_000, "raw", false), ("a.heic", 1, nil, false),
  ])
  func `what has no rendition says why, and what may move has its bytes`(
    name: String, size: Int64, obstacle: String?, isAnimated: Bool
  ) throws {
    let page = try json(try page([.made(name, id: "id:A", size: size)]))
    let picture = try #require((page["pictures"] as? [[String: Any]])?.first)
    #expect(picture["obstacle"] as? String == obstacle)
    for key in ["image256", "image640", "image1024", "image2048"] {
      #expect((picture[key] == nil) == (obstacle != nil))
    }
    let animation = picture["animation"] as? String
    #expect(animation == (isAnimated ? "/renditions/A/0123456789/animation" : nil))
    #expect(picture["original"] as? String == "/originals/A")
    #expect(picture["download"] as? String == "/downloads/A")
  }

  @Test func `albums and the way to a folder stand on the page`() throws {
    let root = try json(try page([], hasMore: true))
    #expect(
      try text(root["folder"]) == #"{"name":null,"path":"/","trail":[{"name":null,"path":"/"}]}"#)
    #expect(
      try text(root["albums"])
        == #"[{"albums":2,"count":12,"cover":"/albums/Trips/cover","id":"id:Trips","isComplete":false,"#
        + #""name":"Trips & <b>","path":"/albums/Trips","#
        + #""summary":"12 pictures and more · 2 albums"}]"#)
    #expect(root["isComplete"] as? Bool == false)
    #expect(root["summary"] as? String == "0 pictures so far")
    #expect(try json(page([], hasMore: true), .german)["summary"] as? String == "Bisher 0 Bilder")
    let album = try json(try page([], isAlbum: true))
    #expect(
      try text(album["folder"])
        == #"{"name":"Trips & <b>","path":"/albums/Trips","trail":[{"name":null,"path":"/"},"#
        + #"{"name":"Trips & <b>","path":"/albums/Trips"}]}"#)
  }

  @Test func `a page says where the others are`() throws {
    let files = try (0..<130).map { try FileEntry.made("\($0).jpg", id: "id:\($0)") }
    for (asked, number, previous, next) in [
      ("1", 1, nil, "/albums/Trips?sort=name&page=2"),
      ("2", 2, "/albums/Trips?sort=name", "/albums/Trips?sort=name&page=3"),
      ("9", 3, "/albums/Trips?sort=name&page=2", nil),
    ] as [(String, Int, String?, String?)] {
      let page = try json(try page(files, query: [("page", asked)], isAlbum: true))
      #expect(page["page"] as? Int == number)
      #expect(page["pages"] as? Int == 3)
      #expect(page["size"] as? Int == 60)
      #expect(page["count"] as? Int == 130)
      #expect(page["previous"] as? String == previous)
      #expect(page["next"] as? String == next)
    }
  }

  @Test func `what is no picture is counted`() throws {
    let page = try json(
      try page([.made("a.txt", id: "id:a"), .made("b.mov", id: "id:b"), .made("c", id: "id:c")]))
    #expect(page["others"] as? Int == 3)
    #expect(page["count"] as? Int == 0)
  }

  @Test func `who has an answer already gets 304`() throws {
    let page = PicturePageJSON(
      page: try page([.made("a.jpg", id: "id:a")]), words: try .ours(.english))
    let first = try page.response(to: Request(target: "/", id: "1"))
    #expect(first.fields[.cacheControl] == "private, no-cache")
    let tag = try #require(first.fields[.eTag])
    for known in [tag, "W/" + tag, "\"x\", W/\(tag) ", "*"] {
      let answer = try page.response(
        to: Request(target: "/", fields: [.ifNoneMatch: known], id: "1"))
      #expect(answer.status == .notModified)
      #expect(answer.body.bytes == [])
      #expect(answer.fields[.eTag] == tag)
    }
    for other in ["\"x\"", "", "W/", String(repeating: tag + ",", count: 500)] {
      let answer = try page.response(
        to: Request(target: "/", fields: [.ifNoneMatch: other], id: "1"))
      #expect(answer.fields == first.fields)
      #expect(answer.body.bytes == first.body.bytes)
    }
  }

  /// Long before any picture, and the last second that Dropbox can write.
  @Test(arguments: [
    (-11_644_473_600, "1601-01-01T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
  ])
  func `times far away can be written`(seconds: Int64, text expected: String) throws {
    let page = try json(try page([.made("a.jpg", id: "id:a", at: seconds)]))
    #expect(try text(page["pictures"]).contains(expected))
  }
}

extension FileEntry {
  /// A file for a test.
  static func made(
    _ name: String, id: String, size: Int64 = 1, at seconds: Int64 = 0, rev: String = "0123456789"
  ) throws -> FileEntry {
    FileEntry(
      id: try #require(FileID(id)), name: name, rev: try #require(Rev(rev)), size: size,
      clientModified: UnixTime(seconds: seconds), serverModified: UnixTime(seconds: seconds),
      pathLower: "/" + name.lowercased(), isDownloadable: true, contentHash: nil)
  }
}
