// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Gallery

struct AppFolderTests {
  @Test(arguments: [
    ("Gallery", "", "/Gallery"), ("My Photos", "", "/My%20Photos"),
    ("100% #1?", "/A & B/\u{FC}", "/100%25%20%231%3F/A%20%26%20B/%C3%BC"),
    ("\"><script>", "/\"'", "/%22%3E%3Cscript%3E/%22%27"),
  ])
  func `the link goes to the folder, or to one in it`(name: String, album: String, path: String)
    throws
  {
    let folder = try #require(AppFolder(name: name))
    #expect(folder.link(to: album) == "https://www.dropbox.com/home/Apps" + path)
    #expect(folder.path == "Apps/" + name)
  }

  @Test func `without a name the link goes to where the folder is`() {
    #expect(AppFolder().link(to: "/Trips") == "https://www.dropbox.com/home/Apps")
    #expect(AppFolder().path == nil)
  }

  @Test(arguments: [
    "", ".", "..", "a/b", "/", "a\\b", "a\nb", "\0", "\u{7F}", "\u{85}",
    String(repeating: "\u{E4}", count: 128),
  ])
  func `what cannot be the name of one folder is refused`(name: String) {
    #expect(AppFolder(name: name) == nil)
  }

  @Test func `a name of 255 bytes is one`() {
    #expect(AppFolder(name: String(repeating: "a", count: 255)) != nil)
  }
}
