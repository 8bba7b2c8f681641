// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import HTTP
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

/// Folders in folders.
@Suite(.serialized)
struct AlbumTests {
  private static let list = "files/list_folder"
  private static let metadata = "files/get_metadata"

  @Test func `albums lie in albums, and each knows the way back`() async throws {
    let installation = try await Installation.start(
      pictures: ["Lake.jpg", "Trips/10 Rome/a.jpg", "Trips/2 Oslo/b.jpg", "Trips/2 Oslo/c.jpg"])
    let visitor = installation.visitor()
    try await visitor.signIn()
    let root = try await visitor.json("/")
    #expect(root["pictures"]?.names == ["Lake.jpg"])
    #expect(root["albums"]?.names == ["Trips"])
    let trips = try #require(root["albums"]?.named("Trips"))
    #expect(trips["count"] == .null)
    #expect(trips["isComplete"] == .bool(false))
    let path = try #require(trips["path"]?.string)
    let album = try await visitor.json(path)
    #expect(album["albums"]?.names == ["2 Oslo", "10 Rome"])
    #expect(album["count"] == .number(0))
    let oslo = try await visitor.json(
      try #require(album["albums"]?.named("2 Oslo")?["path"]?.string))
    #expect(oslo["pictures"]?.array.count == 2)
    #expect(oslo["folder"]?["name"] == .string("2 Oslo"))
    #expect(
      oslo["folder"]?["trail"]?.array.map { $0["path"]?.string }
        == ["/", path, oslo["folder"]?["path"]?.string])
    // Each album cost one call, and says now how many pictures it has.
    #expect(installation.dropbox.count(of: Self.list) == 3)
    #expect(installation.dropbox.count(of: Self.metadata) == 0)
    let again = try await visitor.json(path)
    #expect(again["albums"]?.named("2 Oslo")?["count"] == .number(2))
    #expect(again["albums"]?.named("2 Oslo")?["isComplete"] == .bool(true))
    #expect(again["albums"]?.named("10 Rome")?["count"] == .null)
    #expect(again["version"] == album["version"])
    let html = try await visitor.send(path)
    #expect(html.text.contains("<nav class=\"trail\""))
    #expect(html.text.contains("<bdi>2 Oslo</bdi>"))
    #expect(installation.dropbox.count(of: Self.list) == 3)
    try await installation.stop()
  }

  @Test func `a cover is the newest picture, and costs the album's first view its call`()
    async throws
  {
    let installation = try await Installation.start(
      pictures: ["Trips/old.jpg", "Trips/new.jpg", "Trips/newest.cr2", "Empty/below/x.jpg"]
    ) { $0.variesPages = false }
    for (name, year) in [("old.jpg", 2001), ("new.jpg", 2020), ("newest.cr2", 2025)] {
      let date = try #require(ISO8601DateFormatter().date(from: "\(year)-01-01T00:00:00Z"))
      try FileManager.default.setAttributes(
        [.modificationDate: date], ofItemAtPath: installation.photos + "/Trips/" + name)
    }
    let visitor = installation.visitor()
    try await visitor.signIn()
    let albums = try #require(try await visitor.json("/")["albums"])
    let trips = try #require(albums.named("Trips"))
    let cover = try await visitor.send(try #require(trips["cover"]?.string))
    #expect(cover.status == .found)
    let album = try await visitor.json(try #require(trips["path"]?.string))
    let strip = try #require(album["pictures"]?.named("new.jpg")?["image256"]?.string)
    #expect(try cover.location == installation.site + strip)
    #expect(try await visitor.send(strip).status == .ok)
    #expect(album["pictures"]?.named("newest.cr2")?["obstacle"] == .string("raw"))
    let empty = try #require(albums.named("Empty")?["cover"]?.string)
    #expect(try await visitor.send(empty).status == .notFound)
    #expect(installation.dropbox.count(of: Self.list) == 3)
    #expect(try await installation.visitor().send(empty).status == .unauthorized)
    try await installation.stop()
  }

  @Test func `covers are asked for one after the other`() async throws {
    let installation = try await Installation.start(
      pictures: (1...6).map { "Album \($0)/a.jpg" }
    ) { $0.variesPages = false }
    let visitor = installation.visitor()
    try await visitor.signIn()
    let covers = try await visitor.json("/")["albums"]?.array.compactMap { $0["cover"]?.string }
    try #require(covers?.count == 6)
    installation.dropbox.reset()
    installation.dropbox.inject(.hang, into: Self.list, times: 1)
    try await withThrowingTaskGroup(of: Answer.self) { group in
      // The first one is stuck, and the others come behind it.
      for (number, path) in (covers ?? []).enumerated() {
        group.addTask { try await visitor.send(path) }
        if number == 0 { await installation.dropbox.waitForCalls(of: Self.list, count: 1) }
      }
      // Somebody who opens an album meanwhile does not stand in that line. On a connection of its own: Apache begins with
      // few requests at once over HTTP/2, and these are taken.
      let http = try Installation.client(installation.web.certificate)
      let other = Visitor(site: installation.site, http: http, dropbox: installation.dropbox)
      other.setCookie("session", to: visitor.cookie("session"))
      let direct = try await other.json(
        try #require(covers?.last?.replacing(/\/cover$/, with: "")))
      #expect(direct["pictures"]?.array.count == 1)
      #expect(installation.dropbox.count(of: Self.list) <= 2)
      await http.close()
      installation.dropbox.reset()
      for try await answer in group { #expect([.found, .badGateway].contains(answer.status)) }
    }
    try await installation.stop()
  }

  @Test(arguments: [
    "100 %25 #1?", "<img src=x onerror=alert(1)>", "\"'&amp;", "😀 Übung", "\u{202E}gpj.x",
    String(repeating: "x", count: 255), "x.jpg", " .hidden ", "{{name}}",
  ])
  func `an album may have any name`(name: String) async throws {
    let installation = try await Installation.start(pictures: [name + "/" + name + "/a.jpg"])
    let visitor = installation.visitor()
    try await visitor.signIn()
    var path = "/"
    for _ in 0..<2 {
      let page = try await visitor.json(path)
      #expect(page["albums"]?.names == [name])
      #expect(page["count"] == .number(0))
      let html = try await visitor.send(path).text
      #expect(!html.contains("<img src=x"))
      path = try #require(page["albums"]?.named(name)?["path"]?.string)
      #expect(html.contains("href=\"\(path)\""))
      #expect(path.wholeMatch(of: /\/albums\/[A-Za-z0-9_-]+/) != nil)
    }
    let album = try await visitor.json(path)
    #expect(album["pictures"]?.names == ["a.jpg"])
    #expect(album["folder"]?["trail"]?.array.count == 3)
    try await installation.stop()
  }

  @Test func `a folder without pictures says so, and the root explains itself only when bare`()
    async throws
  {
    let installation = try await Installation.start(pictures: ["Trips/Empty/x.jpg"])
    try FileManager.default.removeItem(atPath: installation.photos + "/Trips/Empty/x.jpg")
    let visitor = installation.visitor()
    try await visitor.signIn()
    let root = try await visitor.send("/").text
    #expect(root.contains("class=\"albums "))
    #expect(!root.contains("first pictures"))
    let trips = try await visitor.json("/")["albums"]?.named("Trips")?["path"]?.string
    let empty = try await visitor.json(try #require(trips))["albums"]?.named("Empty")?["path"]
    let page = try await visitor.send(try #require(empty?.string))
    #expect(page.status == .ok)
    #expect(page.text.contains("no pictures in this album"))
    #expect(!page.text.contains("first pictures"))
    try FileManager.default.removeItem(atPath: installation.photos + "/Trips")
    try await visitor.send("/logout", method: .post)
    try await visitor.signIn()
    #expect(try await visitor.send("/").text.contains("first pictures"))
    try await installation.stop()
  }
}
