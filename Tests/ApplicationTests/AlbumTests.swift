// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import GalleryTestSupport
import HTTP
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

/// Albums are folders, and may contain folders.
@Suite
struct AlbumTests {
  private static let list = "files/list_folder"
  private static let metadata = "files/get_metadata"

  @Test func `an album lists its albums and its breadcrumbs, for one Dropbox call`() async throws {
    let service = try await TestService.start(
      pictures: ["Lake.jpg", "Trips/10 Rome/a.jpg", "Trips/2 Oslo/b.jpg", "Trips/2 Oslo/c.jpg"])
    let client = try await service.signedIn()
    let root = try await client.json("/")
    #expect(root["pictures"]?.names == ["Lake.jpg"])
    #expect(root["albums"]?.names == ["Trips"])
    let trips = try #require(root["albums"]?.named("Trips"))
    #expect(trips["count"] == .null)
    #expect(trips["isComplete"] == .bool(false))
    let path = try #require(trips["path"]?.string)
    let album = try await client.json(path)
    #expect(album["albums"]?.names == ["2 Oslo", "10 Rome"])
    #expect(album["count"] == .number(0))
    let oslo = try await client.json(
      try #require(album["albums"]?.named("2 Oslo")?["path"]?.string))
    #expect(oslo["pictures"]?.array.count == 2)
    #expect(oslo["folder"]?["name"] == .string("2 Oslo"))
    #expect(
      oslo["folder"]?["trail"]?.array.map { $0["path"]?.string }
        == ["/", path, oslo["folder"]?["path"]?.string])
    // Each album costs one call, after which its count is known.
    #expect(service.dropbox.count(of: Self.list) == 3)
    #expect(service.dropbox.count(of: Self.metadata) == 0)
    let again = try await client.json(path)
    #expect(again["albums"]?.named("2 Oslo")?["count"] == .number(2))
    #expect(again["albums"]?.named("2 Oslo")?["isComplete"] == .bool(true))
    #expect(again["albums"]?.named("10 Rome")?["count"] == .null)
    #expect(again["version"] == album["version"])
    let html = try await client.send(path)
    #expect(html.text.contains("<nav class=\"trail\""))
    #expect(html.text.contains("<bdi>2 Oslo</bdi>"))
    #expect(service.dropbox.count(of: Self.list) == 3)
    try await service.stop()
  }

  @Test func `a cover is the newest photo, and the album's page needs no further call`()
    async throws
  {
    let service = try await TestService.start(
      pictures: ["Trips/old.jpg", "Trips/new.jpg", "Trips/newest.cr2", "Empty/below/x.jpg"]
    ) { $0.variesPages = false }
    for (name, year) in [("old.jpg", 2001), ("new.jpg", 2020), ("newest.cr2", 2025)] {
      let date = try #require(ISO8601DateFormatter().date(from: "\(year)-01-01T00:00:00Z"))
      try FileManager.default.setAttributes(
        [.modificationDate: date], ofItemAtPath: service.photos + "/Trips/" + name)
    }
    let client = try await service.signedIn()
    let albums = try #require(try await client.json("/")["albums"])
    let trips = try #require(albums.named("Trips"))
    let cover = try await client.send(try #require(trips["cover"]?.string))
    #expect(cover.status == .found)
    let album = try await client.json(try #require(trips["path"]?.string))
    let strip = try #require(album["pictures"]?.named("new.jpg")?["image256"]?.string)
    #expect(try cover.location == service.site + strip)
    #expect(try await client.send(strip).status == .ok)
    #expect(album["pictures"]?.named("newest.cr2")?["obstacle"] == .string("raw"))
    let empty = try #require(albums.named("Empty")?["cover"]?.string)
    #expect(try await client.send(empty).status == .notFound)
    #expect(service.dropbox.count(of: Self.list) == 3)
    #expect(try await service.client().send(empty).status == .unauthorized)
    try await service.stop()
  }

  @Test func `the covers of one account are loaded one at a time`() async throws {
    let service = try await TestService.start(
      pictures: (1...6).map { "Album \($0)/a.jpg" }
    ) { $0.variesPages = false }
    let client = try await service.signedIn()
    let covers = try await client.json("/")["albums"]?.array.compactMap { $0["cover"]?.string }
    try #require(covers?.count == 6)
    service.dropbox.reset()
    service.dropbox.inject(.hang, into: Self.list, times: 1)
    try await withThrowingTaskGroup(of: Answer.self) { group in
      // Dropbox does not answer the first call, so the other covers wait.
      for (number, path) in (covers ?? []).enumerated() {
        group.addTask { try await client.send(path) }
        if number == 0 { await service.dropbox.waitForCalls(of: Self.list, count: 1) }
      }
      // The page of an album does not wait for the covers.
      let direct = try await client.json(
        try #require(covers?.last?.replacing(/\/cover$/, with: "")))
      #expect(direct["pictures"]?.array.count == 1)
      #expect(service.dropbox.count(of: Self.list) <= 2)
      service.dropbox.reset()
      for try await answer in group { #expect([.found, .badGateway].contains(answer.status)) }
    }
    try await service.stop()
  }

  @Test(arguments: [
    "100 %25 #1?", "<img src=x onerror=alert(1)>", "\"'&amp;", "😀 Übung", "\u{202E}gpj.x",
    String(repeating: "x", count: 255), "x.jpg", " .hidden ", "{{name}}",
  ])
  func `an album may have any name`(name: String) async throws {
    let service = try await TestService.start(pictures: [name + "/" + name + "/a.jpg"])
    let client = try await service.signedIn()
    var path = "/"
    for _ in 0..<2 {
      let page = try await client.json(path)
      #expect(page["albums"]?.names == [name])
      #expect(page["count"] == .number(0))
      let html = try await client.send(path).text
      #expect(!html.contains("<img src=x"))
      path = try #require(page["albums"]?.named(name)?["path"]?.string)
      #expect(html.contains("href=\"\(path)\""))
      #expect(path.wholeMatch(of: /\/albums\/[A-Za-z0-9_-]+/) != nil)
    }
    let album = try await client.json(path)
    #expect(album["pictures"]?.names == ["a.jpg"])
    #expect(album["folder"]?["trail"]?.array.count == 3)
    try await service.stop()
  }

  @Test func `an empty album says so, and only an empty root folder explains how to begin`()
    async throws
  {
    let service = try await TestService.start(pictures: ["Trips/Empty/x.jpg"])
    try FileManager.default.removeItem(atPath: service.photos + "/Trips/Empty/x.jpg")
    let client = try await service.signedIn()
    let root = try await client.send("/").text
    #expect(root.contains("class=\"albums "))
    #expect(!root.contains("first pictures"))
    let trips = try await client.json("/")["albums"]?.named("Trips")?["path"]?.string
    let empty = try await client.json(try #require(trips))["albums"]?.named("Empty")?["path"]
    let page = try await client.send(try #require(empty?.string))
    #expect(page.status == .ok)
    #expect(page.text.contains("no pictures in this album"))
    #expect(!page.text.contains("first pictures"))
    try FileManager.default.removeItem(atPath: service.photos + "/Trips")
    try await client.send("/logout", method: .post)
    try await client.signIn()
    #expect(try await client.send("/").text.contains("first pictures"))
    try await service.stop()
  }
}
