// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import GalleryTestSupport
import HTTPClient
import HTTPTypes
import Testing

/// Albums and photos whose names have a meaning in URLs, in HTML or in Dropbox's JSON.
@Suite
struct AnyNameTests {
  private static let names = [
    "100% %25 %2e%2e %00", "#1", "what? a=b&c=d", "a;b+c \\ 'd' \"e\"", "😀 Übung",
    String(repeating: "x", count: 255), String(repeating: "😀", count: 63) + "abc",
  ]

  /// The name of the album with `.jpg`, shortened to 255 bytes.
  private static func picture(in name: String) -> String {
    String(name.prefix(name.utf8.count > 251 ? 62 : name.count)) + ".jpg"
  }

  @Test func `albums with any name open, with their covers, photos and downloads`() async throws {
    let service = try await TestService.start(
      pictures: Self.names.map { "\($0)/\(Self.picture(in: $0))" }
    ) { $0.variesPages = false }
    let client = try await service.signedIn()
    let albums = try #require(try await client.json("/")["albums"])
    #expect(Set(albums.names) == Set(Self.names))
    for name in Self.names {
      let album = try #require(albums.named(name))
      let path = try #require(album["path"]?.string)
      #expect(try await client.send("/").text.contains("href=\"\(path)\""))
      #expect(try await client.send(path).status == .ok)
      #expect(try await client.send(try #require(album["cover"]?.string)).status == .found)
      let page = try await client.json(path + "?page=-1&sort=x")
      #expect(page["folder"]?["name"]?.string == name)
      let picture = try #require(page["pictures"]?.named(Self.picture(in: name)))
      for kind in ["path", "image256", "image1024", "details"] {
        #expect(try await client.send(try #require(picture[kind]?.string)).status == .ok)
      }
      let file = try await client.send(try #require(picture["download"]?.string))
      #expect(file.body.starts(with: [0xFF, 0xD8, 0xFF]))
    }
    try await service.stop()
  }
}
