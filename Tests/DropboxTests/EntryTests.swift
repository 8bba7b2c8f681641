// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Dropbox

struct EntryTests {
  private static let file = [
    ".tag": #""file""#, "name": #""\u00dcbung.JPG""#, "path_lower": #""/\u00fcbung.jpg""#,
    "id": #""id:AbCdEfGhIjkAAAAAAAAABQ""#, "client_modified": #""2026-01-02T03:04:05Z""#,
    "server_modified": #""2026-01-02T03:04:09Z""#, "rev": #""0161a2b3c4d5e6f""#, "size": "204800",
    "is_downloadable": "true", "content_hash": #""e3b0""#,
  ]

  private func entry(_ json: String) throws -> Entry {
    try JSONDecoder().decode(Entry.self, from: Data(json.utf8))
  }

  private func entry(changing key: String, to value: String?) throws -> Entry {
    var fields = Self.file
    fields[key] = value
    return try entry("{" + fields.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}")
  }

  @Test func `a file is read with all it says`() throws {
    guard case .file(let file) = try entry(changing: "unheard_of", to: #"{"a":[null]}"#) else {
      Issue.record("no file")
      return
    }
    #expect(file.id == FileID("id:AbCdEfGhIjkAAAAAAAAABQ"))
    #expect(file.name == "Übung.JPG")
    #expect(file.rev == Rev("0161a2b3c4d5e6f"))
    #expect(file.size == 204_800)
    #expect(file.clientModified == UnixTime(seconds: 1_767_323_045))
    #expect(file.serverModified == UnixTime(seconds: 1_767_323_049))
    #expect(file.pathLower == "/übung.jpg")
    #expect(file.contentHash == "e3b0")
    #expect(file.isDownloadable)
    #expect(file.isPicture)
  }

  @Test(arguments: ["path_lower", "is_downloadable", "content_hash"], [nil, "null"])
  func `a file may lack what is optional`(key: String, value: String?) throws {
    guard case .file(let file) = try entry(changing: key, to: value) else {
      Issue.record("no file")
      return
    }
    #expect(file.isDownloadable)
  }

  @Test(
    arguments: [".tag", "name", "id", "client_modified", "server_modified", "rev", "size"],
    [nil, "null", "true", "{}", "[]", #""""#, "-1", "1e99", #""\ud800""#, #""\u0000""#])
  func `a file that lacks what it must have is unknown`(key: String, value: String?) throws {
    // A name may be any text; the escaped NUL is one.
    guard !(key == "name" && value == #""\u0000""#) else { return }
    #expect(try entry(changing: key, to: value) == .unknown)
  }

  @Test func `a folder with the ending of a picture is a folder`() throws {
    let json = #"{".tag":"folder","name":"x.jpg","id":"id:a","path_lower":"/x.jpg"}"#
    let folder = FolderEntry(
      id: try #require(FileID("id:a")), name: "x.jpg", pathLower: "/x.jpg")
    #expect(try entry(json) == .folder(folder))
  }

  @Test(arguments: [
    #"{".tag":"folder","name":"x"}"#, #"{".tag":"folder","name":"x","id":7}"#,
    #"{".tag":"folder","id":"id:a"}"#, #"{".tag":"deleted"}"#, #"{".tag":"paper","name":"x"}"#,
    #"{".tag":{},"name":"x"}"#, "{}", "[]", "null", "7", #""file""#, "[[{}]]",
  ])
  func `an entry of no known kind is unknown`(json: String) throws {
    #expect(try entry(json) == .unknown)
  }

  @Test func `what was deleted has a name`() throws {
    #expect(
      try entry(#"{".tag":"deleted","name":"old.png"}"#)
        == .deleted(name: "old.png", pathLower: nil))
    #expect(
      try entry(#"{".tag":"deleted","name":"Old.png","path_lower":"/old.png"}"#)
        == .deleted(name: "Old.png", pathLower: "/old.png"))
  }

  @Test(arguments: [
    ("a.jpg", true), ("a.JPEG", true), ("a.b.PnG", true), (".gif", true), ("x.tiff", true),
    ("x.tif", true), ("x.webp", true), ("x.bmp", true), ("x.heic", true), ("x.HEIF", true),
    ("<img src=x onerror=alert(1)>.jpg", true), ("jpg", false), ("a.jpg.txt", false),
    ("a.svg", false), ("a.jpg ", false), ("a.", false), ("", false), ("a.ｊｐｇ", false),
    ("a.jp\u{301}g", false),
  ])
  func `a picture is known by its ending`(name: String, isPicture: Bool) throws {
    let json = "\"\(name)\""
    guard case .file(let file) = try entry(changing: "name", to: json) else {
      #expect(name.isEmpty)
      return
    }
    #expect(file.isPicture == isPicture)
  }
}
