// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Dropbox

struct IdentifiersTests {
  @Test(arguments: ["id:AbCdEfGhIjkAAAAAAAAABQ", "id:a", "id:" + String(repeating: "_", count: 64)])
  func `a file's id is taken as it is`(text: String) {
    #expect(FileID(text)?.value == text)
  }

  @Test(arguments: [
    "", "id:", "a", "ID:a", "rev:0161a2b3c", "id:a/b", "id:../x", "id:a\0", "id:a b", "id:é",
    #"id:"}"#, "id:a\r\n", "id:" + String(repeating: "a", count: 65),
  ])
  func `what is no file's id is refused`(text: String) {
    #expect(FileID(text) == nil)
  }

  @Test(arguments: ["0161a2b3c", "0161a2b3c4d5e6f000000011223344"])
  func `a revision is taken as it is`(text: String) {
    #expect(Rev(text)?.value == text)
  }

  @Test(arguments: [
    "", "0161a2b3", "0161A2B3C", "0161a2b3g", "0161a2b3 ", String(repeating: "0", count: 65),
  ])
  func `what is no revision is refused`(text: String) {
    #expect(Rev(text) == nil)
  }

  @Test(arguments: [
    ("", true), ("/a", true), ("/a/b c", true), ("/Übung 😀", true), ("/", false), ("/a/", false),
    ("a", false), ("//a", false), ("/a//b", false), ("/a\0", false), ("id:a", false),
    ("/" + String(repeating: "a", count: 4095), true),
    ("/" + String(repeating: "a", count: 4096), false),
  ])
  func `a folder is the root or an absolute path`(text: String, isPath: Bool) {
    #expect((FolderPath(text) != nil) == isPath)
  }

  @Test func `a folder may be named by its id`() throws {
    #expect(FolderPath(try #require(FileID("id:abc"))).value == "id:abc")
    #expect(FolderPath.root.value == "")
  }

  @Test func `a file is named by its id or by one of its states`() throws {
    #expect(FileReference.id(try #require(FileID("id:abc"))).path == "id:abc")
    #expect(FileReference.rev(try #require(Rev("0161a2b3c"))).path == "rev:0161a2b3c")
  }

  @Test(arguments: [
    ("AAE_x-1==", true), ("", false), ("a b", false), ("a\n", false), ("é", false),
    (String(repeating: "a", count: 8192), true), (String(repeating: "a", count: 8193), false),
  ])
  func `a cursor is printable ASCII of limited length`(text: String, isCursor: Bool) {
    #expect((Cursor(text) != nil) == isCursor)
  }

  @Test(arguments: [
    ("dbid:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", true), ("dbid:", false), ("AAAA", false),
    ("dbid:a b", false), ("dbtid:AAAA", false),
  ])
  func `an account's id has its prefix`(text: String, isID: Bool) {
    #expect((AccountID(text) != nil) == isID)
  }
}
