// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import HTTPClient
import HTTPTypes
import Testing

@testable import EndToEndSupport

/// Albums and pictures with names that mean something elsewhere, through every web server.
@Suite(.serialized)
struct AnyNameTests {
  private static let names = [
    "100% %25 %2e%2e %00", "#1", "what? a=b&c=d", "a;b+c \\ 'd' \"e\"", "😀 Übung",
    String(repeating: "x", count: 255), String(repeating: "😀", count: 63) + "abc",
  ]

  /// A picture called as its album, as far as its ending leaves room in 255 bytes.
  private static func picture(in name: String) -> String {
    String(name.prefix(name.utf8.count > 251 ? 62 : name.count)) + ".jpg"
  }

  private static let paths = names.map { "\($0)/\(picture(in: $0))" }

  private func installation() async throws -> Installation {
    try await Installation.start(pictures: Self.paths) {
      $0.variesPages = false
    }
  }

  @Test func `what has any name opens, and so does all that belongs to it`() async throws {
    let installation = try await installation()
    let visitor = installation.visitor()
    try await visitor.signIn()
    let albums = try #require(try await visitor.json("/")["albums"])
    #expect(Set(albums.names) == Set(Self.names))
    for name in Self.names {
      let album = try #require(albums.named(name))
      let path = try #require(album["path"]?.string)
      #expect(try await visitor.send("/").text.contains("href=\"\(path)\""))
      #expect(try await visitor.send(path).status == .ok)
      #expect(try await visitor.send(try #require(album["cover"]?.string)).status == .found)
      let page = try await visitor.json(path + "?page=-1&sort=x")
      #expect(page["folder"]?["name"]?.string == name)
      let picture = try #require(page["pictures"]?.named(Self.picture(in: name)))
      for kind in ["path", "image256", "image1024", "details"] {
        #expect(try await visitor.send(try #require(picture[kind]?.string)).status == .ok)
      }
      let file = try await visitor.send(try #require(picture["download"]?.string))
      #expect(file.body.starts(with: [0xFF, 0xD8, 0xFF]))
    }
    try await installation.stop()
  }
}
