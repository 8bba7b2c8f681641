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

/// Addresses of albums and pictures that somebody kept.
@Suite(.serialized)
struct LastingLinkTests {
  private static let list = "files/list_folder"
  private static let metadata = "files/get_metadata"

  /// The paths of an album two folders deep and of the picture `Lake.jpg` in it.
  private func links(
    _ installation: Installation
  ) async throws -> (album: String, picture: String) {
    let visitor = installation.visitor()
    try await visitor.signIn()
    var page = try await visitor.json("/")
    while let path = page["albums"]?.array.first?["path"]?.string {
      page = try await visitor.json(path)
    }
    let end = ContinuousClock.now + .seconds(20)
    repeat {
      page = try await visitor.json(
        try #require(page["folder"]?["path"]?.string) + "?sort=name-down")
      try #require(ContinuousClock.now < end)
    } while page["isComplete"] != .bool(true)
    let links = (
      album: try #require(page["folder"]?["path"]?.string),
      picture: try #require(page["pictures"]?.named("Lake.jpg")?["path"]?.string)
    )
    // What is known of this person's folders goes with their session.
    try await visitor.send("/logout", method: .post)
    installation.dropbox.reset()
    return links
  }

  @Test func `a link opened while signed out is shown after signing in`() async throws {
    let installation = try await Installation.start(
      pictures: ["Trips/Oslo/Lake.jpg", "Trips/Oslo/Hills.jpg"])
    let links = try await links(installation)
    for path in [links.album, links.picture] {
      let visitor = installation.visitor()
      let answer = try await visitor.send(path)
      #expect(answer.status == .found)
      #expect(try answer.location == installation.site + "/login" + path)
      let begun = try await visitor.send(try answer.location)
      let back = try await visitor.send(try visitor.decide(try begun.location))
      #expect(try back.location == installation.site + path)
      #expect(try await visitor.send(path).status == .ok)
      let page = try await visitor.json(path)
      #expect(page["folder"]?["trail"]?.array.map { $0["name"] } == [.null, "Trips", "Oslo"])
      #expect(page["pictures"]?.array.count == 2)
    }
    let program = try await installation.visitor().send(
      links.album, fields: [.accept: "application/json"])
    #expect(program.status == .unauthorized)
    try await installation.stop()
  }

  /// More than any limit lets through at once, and faster.
  @Test func `links opened signed out write nothing, and paging is as fast as one pages`()
    async throws
  {
    let installation = try await Installation.start()
    let stranger = installation.visitor()
    for number in 0..<300 {
      let kind = ["albums", "pictures", "originals", "downloads"][number % 4]
      #expect(try await stranger.send("/\(kind)/A\(number)").status == .found)
    }
    #expect(try await installation.redis.command("DBSIZE") == "0")
    #expect(stranger.cookies == "")
    let visitor = installation.visitor()
    try await visitor.signIn()
    let path = try #require(
      try await visitor.json("/")["pictures"]?.array.first?["path"]?.string)
    for _ in 0..<300 { #expect(try await visitor.send(path).status == .ok) }
    try await installation.stop()
  }

  @Test func `an album opened directly costs its listing, and a look at each folder on the way`()
    async throws
  {
    let installation = try await Installation.start(pictures: ["Trips/Oslo/Lake.jpg"])
    let links = try await links(installation)
    let visitor = installation.visitor()
    try await visitor.signIn()
    for _ in 0..<2 {
      let page = try await visitor.json(links.album)
      #expect(page["folder"]?["trail"]?.array.map { $0["name"] } == [.null, "Trips", "Oslo"])
      #expect(installation.dropbox.count(of: Self.list) == 1)
      #expect(installation.dropbox.count(of: Self.metadata) == 2)
    }
    try await installation.stop()
  }

  @Test func `a picture is shown on its page of the list, whatever happened to its name`()
    async throws
  {
    let installation = try await Installation.start(
      pictures: ["Trips/Oslo/Lake.jpg"]
    ) { $0.virtualPaths = (1...150).map { "/Trips/Oslo/\($0).jpg" } }
    let links = try await links(installation)
    let visitor = installation.visitor()
    try await visitor.signIn()
    for (order, number) in [("name", 3), ("name-down", 1)] {
      let page = try await visitor.json(links.picture + "?sort=" + order)
      #expect(page["page"] == .number(Double(number)))
      let name = try #require(page["pictures"]?.named("Lake.jpg"))
      #expect(page["chosen"] == name["id"])
      #expect(page["folder"]?["path"]?.string == links.album)
      #expect(
        (page["previous"] ?? .null)
          == (number > 1 ? .string("\(links.album)?sort=name&page=2") : .null))
    }
    #expect(installation.dropbox.count(of: Self.list) == 1)
    let html = try await visitor.send(links.picture)
    #expect(html.text.contains("data-chosen=\"id:\(links.picture.dropFirst(10))\""))
    #expect(html.text.contains(/<noscript>\s*<figure class="chosen">/))
    try await visitor.send("/logout", method: .post)
    try FileManager.default.moveItem(
      atPath: installation.photos + "/Trips/Oslo/Lake.jpg",
      toPath: installation.photos + "/Sea.jpg")
    try await visitor.signIn()
    let moved = try await visitor.json("/")
    #expect(moved["pictures"]?.named("Sea.jpg")?["path"]?.string == links.picture)
    let page = try await visitor.json(links.picture)
    #expect(page["folder"]?["path"] == .string("/"))
    #expect(page["chosen"] == page["pictures"]?.named("Sea.jpg")?["id"])
    try await installation.stop()
  }

  @Test func `a picture of a large folder is shown before the listing comes to it`() async throws {
    let installation = try await Installation.start(
      pictures: ["Trips/Oslo/Lake.jpg"]
    ) {
      $0.virtualPaths = (1...2500).map { "/Trips/Oslo/\($0).jpg" }
      $0.variesPages = false
    }
    let links = try await links(installation)
    let visitor = installation.visitor()
    try await visitor.signIn()
    // The listing stops after its first page, which this picture is not on.
    installation.dropbox.inject(.unavailable, into: "files/list_folder/continue", times: nil)
    let page = try await visitor.json(links.picture + "?sort=name")
    #expect(page["pictures"]?.named("Lake.jpg")?["id"] == page["chosen"])
    #expect(page["isComplete"] == .bool(false))
    #expect(page["count"] == .number(501))
    #expect(installation.dropbox.count(of: Self.list) == 1)
    try await installation.stop()
  }

  @Test(arguments: [
    "/albums/AAAAAAAAAAAAAAAAAAAAAA", "/pictures/AAAAAAAAAAAAAAAAAAAAAA", "/albums/x",
    "/albums/AAAAAAAAAAAAAAAAAAAAAA/cover", "/pictures/" + String(repeating: "a", count: 64),
  ])
  func `an id of nothing, or of another account, is not found, with a way to the root`(
    path: String
  ) async throws {
    let installation = try await Installation.start(pictures: ["Lake.jpg"])
    let visitor = installation.visitor()
    try await visitor.signIn()
    let answer = try await visitor.send(path)
    #expect(answer.status == .notFound)
    #expect(answer.text.contains("href=\"/\""))
    #expect(try await visitor.json("/")["pictures"]?.names == ["Lake.jpg"])
    try await installation.stop()
  }

  @Test func `ids in each other's place are not found`() async throws {
    let installation = try await Installation.start(
      pictures: ["Trips/Oslo/Lake.jpg", "notes.txt"])
    let links = try await links(installation)
    let visitor = installation.visitor()
    try await visitor.signIn()
    for path in [
      links.album.replacing("albums", with: "pictures"),
      links.picture.replacing("pictures", with: "albums"),
    ] {
      #expect(try await visitor.send(path).status == .notFound)
    }
    try await installation.stop()
  }

  @Test func `a picture deleted between list and view is not found, and its page stays whole`()
    async throws
  {
    let installation = try await Installation.start(pictures: ["Lake.jpg", "Hills.jpg"])
    let visitor = installation.visitor()
    try await visitor.signIn()
    let page = try await visitor.json("/")
    let lake = try #require(page["pictures"]?.named("Lake.jpg"))
    try FileManager.default.removeItem(atPath: installation.photos + "/Lake.jpg")
    for key in ["image256", "image1024", "details", "original"] {
      let answer = try await visitor.send(try #require(lake[key]?.string))
      #expect(answer.status == .notFound, "\(key)")
    }
    // Known for half a minute still, so its link leads to the page that has its tile.
    #expect(try await visitor.json(try #require(lake["path"]?.string))["count"] == .number(2))
    let hills = try #require(page["pictures"]?.named("Hills.jpg")?["image256"]?.string)
    #expect(try await visitor.send(hills).status == .ok)
    try await installation.stop()
  }

  @Test(arguments: ["page=-1", "page=99999999", "sort=x", "since=x", "since=1-1", "page=&sort="])
  func `a query that makes no sense is a page all the same`(query: String) async throws {
    let installation = try await Installation.start(pictures: ["Trips/Oslo/Lake.jpg"])
    let links = try await links(installation)
    let visitor = installation.visitor()
    try await visitor.signIn()
    for path in [links.album, links.picture] {
      let page = try await visitor.json("\(path)?\(query)")
      #expect(page["pictures"]?.names == ["Lake.jpg"])
      #expect(page["page"] == .number(1))
      #expect(page["added"] == .null)
      let head = try await visitor.send("\(path)?\(query)", method: .head)
      #expect(head.status == .ok)
      #expect(head.body.isEmpty)
    }
    try await installation.stop()
  }

  @Test func `who asks again with the tag of an answer hears whether anything changed`()
    async throws
  {
    let installation = try await Installation.start(pictures: ["Trips/a.jpg", "b.jpg"])
    let visitor = installation.visitor()
    try await visitor.signIn()
    let first = try await visitor.send("/", fields: [.accept: "application/json"])
    #expect(first.fields[.cacheControl] == "private, no-cache")
    let tag = try #require(first.fields[.eTag])
    let fields: HTTPFields = [.accept: "application/json", .ifNoneMatch: tag]
    let same = try await visitor.send("/", fields: fields)
    #expect(same.status == .notModified)
    #expect(same.varies.contains("Accept-Language"))
    // An album that is read has a count, which stands on its parent's page.
    let album = try await visitor.json("/")["albums"]?.named("Trips")?["path"]?.string
    _ = try await visitor.json(try #require(album))
    #expect(try await visitor.send("/", fields: fields).status == .ok)
    try await installation.stop()
  }

  @Test func `what is gone is not found, and the rest stays whole`() async throws {
    let installation = try await Installation.start(
      pictures: ["Trips/Oslo/Lake.jpg", "Trips/Oslo/Hills.jpg"])
    let links = try await links(installation)
    let visitor = installation.visitor()
    try FileManager.default.removeItem(atPath: installation.photos + "/Trips/Oslo/Lake.jpg")
    try await visitor.signIn()
    #expect(try await visitor.send(links.picture).status == .notFound)
    #expect(try await visitor.json(links.album)["pictures"]?.names == ["Hills.jpg"])
    try await visitor.send("/logout", method: .post)
    try FileManager.default.removeItem(atPath: installation.photos + "/Trips")
    try await visitor.signIn()
    for path in [links.album, links.album + "/cover", links.picture] {
      #expect(try await visitor.send(path).status == .notFound)
    }
    try await installation.stop()
  }
}
