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

/// Links to albums and photos, which stay valid when files are moved or renamed.
@Suite
struct LastingLinkTests {
  private static let list = "files/list_folder"
  private static let metadata = "files/get_metadata"

  /// The paths of an album two folders deep and of the picture `Lake.jpg` in it.
  private func links(
    _ service: TestService
  ) async throws -> (album: String, picture: String) {
    let client = try await service.signedIn()
    var page = try await client.json("/")
    while let path = page["albums"]?.array.first?["path"]?.string {
      page = try await client.json(path)
    }
    let end = ContinuousClock.now + .seconds(20)
    repeat {
      page = try await client.json(
        try #require(page["folder"]?["path"]?.string) + "?sort=name-down")
      try #require(ContinuousClock.now < end)
    } while page["isComplete"] != .bool(true)
    let links = (
      album: try #require(page["folder"]?["path"]?.string),
      picture: try #require(page["pictures"]?.named("Lake.jpg")?["path"]?.string)
    )
    // Signing out removes the cached listings of the account.
    try await client.send("/logout", method: .post)
    service.dropbox.reset()
    return links
  }

  @Test func `a link opened while signed out is shown after sign-in`() async throws {
    let service = try await TestService.start(
      pictures: ["Trips/Oslo/Lake.jpg", "Trips/Oslo/Hills.jpg"])
    let links = try await links(service)
    for path in [links.album, links.picture] {
      let client = service.client()
      let answer = try await client.send(path)
      #expect(answer.status == .found)
      #expect(try answer.location == service.site + "/login" + path)
      let begun = try await client.send(try answer.location)
      let back = try await client.send(try client.decide(try begun.location))
      #expect(try back.location == service.site + path)
      #expect(try await client.send(path).status == .ok)
      let page = try await client.json(path)
      #expect(page["folder"]?["trail"]?.array.map { $0["name"] } == [.null, "Trips", "Oslo"])
      #expect(page["pictures"]?.array.count == 2)
    }
    let asJSON = try await service.client().send(
      links.album, fields: [.accept: "application/json"])
    #expect(asJSON.status == .unauthorized)
    try await service.stop()
  }

  @Test func `links opened while signed out write nothing to Redis and set no cookie`()
    async throws
  {
    let service = try await TestService.start()
    let client = service.client()
    for number in 0..<300 {
      let kind = ["albums", "pictures", "originals", "downloads"][number % 4]
      #expect(try await client.send("/\(kind)/A\(number)").status == .found)
    }
    #expect(try await service.redis.command("DBSIZE") == "0")
    #expect(client.cookies == "")
    try await service.stop()
  }

  @Test
  func `opening an album by link costs one listing and one metadata call for each parent folder`()
    async throws
  {
    let service = try await TestService.start(pictures: ["Trips/Oslo/Lake.jpg"])
    let links = try await links(service)
    let client = try await service.signedIn()
    for _ in 0..<2 {
      let page = try await client.json(links.album)
      #expect(page["folder"]?["trail"]?.array.map { $0["name"] } == [.null, "Trips", "Oslo"])
      #expect(service.dropbox.count(of: Self.list) == 1)
      #expect(service.dropbox.count(of: Self.metadata) == 2)
    }
    try await service.stop()
  }

  @Test func `a photo is shown on its page of the list, also after it was renamed and moved`()
    async throws
  {
    let service = try await TestService.start(
      pictures: ["Trips/Oslo/Lake.jpg"]
    ) { $0.virtualPaths = (1...150).map { "/Trips/Oslo/\($0).jpg" } }
    let links = try await links(service)
    let client = try await service.signedIn()
    for (order, number) in [("name", 3), ("name-down", 1)] {
      let page = try await client.json(links.picture + "?sort=" + order)
      #expect(page["page"] == .number(Double(number)))
      let name = try #require(page["pictures"]?.named("Lake.jpg"))
      #expect(page["chosen"] == name["id"])
      #expect(page["folder"]?["path"]?.string == links.album)
      #expect(
        (page["previous"] ?? .null)
          == (number > 1 ? .string("\(links.album)?sort=name&page=2") : .null))
    }
    #expect(service.dropbox.count(of: Self.list) == 1)
    let html = try await client.send(links.picture)
    #expect(html.text.contains("data-chosen=\"id:\(links.picture.dropFirst(10))\""))
    #expect(html.text.contains(/<noscript>\s*<figure class="chosen">/))
    try await client.send("/logout", method: .post)
    try FileManager.default.moveItem(
      atPath: service.photos + "/Trips/Oslo/Lake.jpg",
      toPath: service.photos + "/Sea.jpg")
    try await client.signIn()
    let moved = try await client.json("/")
    #expect(moved["pictures"]?.named("Sea.jpg")?["path"]?.string == links.picture)
    let page = try await client.json(links.picture)
    #expect(page["folder"]?["path"] == .string("/"))
    #expect(page["chosen"] == page["pictures"]?.named("Sea.jpg")?["id"])
    try await service.stop()
  }

  @Test func `a photo of a large folder is shown before the listing is complete`() async throws {
    let service = try await TestService.start(
      pictures: ["Trips/Oslo/Lake.jpg"]
    ) {
      $0.virtualPaths = (1...2500).map { "/Trips/Oslo/\($0).jpg" }
      $0.variesPages = false
    }
    let links = try await links(service)
    let client = try await service.signedIn()
    // The listing stops after its first page, which does not contain this photo.
    service.dropbox.inject(
      .unavailable, into: "files/list_folder/continue", times: nil)
    let page = try await client.json(links.picture + "?sort=name")
    #expect(page["pictures"]?.named("Lake.jpg")?["id"] == page["chosen"])
    #expect(page["isComplete"] == .bool(false))
    #expect(page["count"] == .number(501))
    #expect(service.dropbox.count(of: Self.list) == 1)
    try await service.stop()
  }

  @Test(arguments: [
    "/albums/AAAAAAAAAAAAAAAAAAAAAA", "/pictures/AAAAAAAAAAAAAAAAAAAAAA", "/albums/x",
    "/albums/AAAAAAAAAAAAAAAAAAAAAA/cover", "/pictures/" + String(repeating: "a", count: 64),
  ])
  func `an id that does not exist in the account is not found, with a link to the root folder`(
    path: String
  ) async throws {
    let service = try await TestService.start(pictures: ["Lake.jpg"])
    let client = try await service.signedIn()
    let answer = try await client.send(path)
    #expect(answer.status == .notFound)
    #expect(answer.text.contains("href=\"/\""))
    #expect(try await client.json("/")["pictures"]?.names == ["Lake.jpg"])
    try await service.stop()
  }

  @Test func `the id of an album is not valid as a photo, nor the reverse`() async throws {
    let service = try await TestService.start(
      pictures: ["Trips/Oslo/Lake.jpg", "notes.txt"])
    let links = try await links(service)
    let client = try await service.signedIn()
    for path in [
      links.album.replacing("albums", with: "pictures"),
      links.picture.replacing("pictures", with: "albums"),
    ] {
      #expect(try await client.send(path).status == .notFound)
    }
    try await service.stop()
  }

  @Test func `a photo deleted after the listing is not found, and its page still works`()
    async throws
  {
    let service = try await TestService.start(pictures: ["Lake.jpg", "Hills.jpg"])
    let client = try await service.signedIn()
    let page = try await client.json("/")
    let lake = try #require(page["pictures"]?.named("Lake.jpg"))
    try FileManager.default.removeItem(atPath: service.photos + "/Lake.jpg")
    for key in ["image256", "image1024", "details", "original"] {
      let answer = try await client.send(try #require(lake[key]?.string))
      #expect(answer.status == .notFound, "\(key)")
    }
    // The listing stays cached for 30 s, so the link still leads to the page with its tile.
    #expect(try await client.json(try #require(lake["path"]?.string))["count"] == .number(2))
    let hills = try #require(page["pictures"]?.named("Hills.jpg")?["image256"]?.string)
    #expect(try await client.send(hills).status == .ok)
    try await service.stop()
  }

  @Test(arguments: ["page=-1", "page=99999999", "sort=x", "since=x", "since=1-1", "page=&sort="])
  func `a page with an invalid query uses the defaults`(query: String) async throws {
    let service = try await TestService.start(pictures: ["Trips/Oslo/Lake.jpg"])
    let links = try await links(service)
    let client = try await service.signedIn()
    for path in [links.album, links.picture] {
      let page = try await client.json("\(path)?\(query)")
      #expect(page["pictures"]?.names == ["Lake.jpg"])
      #expect(page["page"] == .number(1))
      #expect(page["added"] == .null)
      let head = try await client.send("\(path)?\(query)", method: .head)
      #expect(head.status == .ok)
      #expect(head.body.isEmpty)
    }
    try await service.stop()
  }

  @Test func `a conditional request for a listing is answered with 304 until the listing changes`()
    async throws
  {
    let service = try await TestService.start(pictures: ["Trips/a.jpg", "b.jpg"])
    let client = try await service.signedIn()
    let first = try await client.send("/", fields: [.accept: "application/json"])
    #expect(first.fields[.cacheControl] == "private, no-cache")
    let tag = try #require(first.fields[.eTag])
    let fields: HTTPFields = [.accept: "application/json", .ifNoneMatch: tag]
    let same = try await client.send("/", fields: fields)
    #expect(same.status == .notModified)
    #expect(same.varies.contains("Accept-Language"))
    // Reading an album adds its count to its parent's page.
    let album = try await client.json("/")["albums"]?.named("Trips")?["path"]?.string
    _ = try await client.json(try #require(album))
    #expect(try await client.send("/", fields: fields).status == .ok)
    try await service.stop()
  }

  @Test func `a deleted photo or album is not found, and the remaining photos are shown`()
    async throws
  {
    let service = try await TestService.start(
      pictures: ["Trips/Oslo/Lake.jpg", "Trips/Oslo/Hills.jpg"])
    let links = try await links(service)
    let client = service.client()
    try FileManager.default.removeItem(atPath: service.photos + "/Trips/Oslo/Lake.jpg")
    try await client.signIn()
    #expect(try await client.send(links.picture).status == .notFound)
    #expect(try await client.json(links.album)["pictures"]?.names == ["Hills.jpg"])
    try await client.send("/logout", method: .post)
    try FileManager.default.removeItem(atPath: service.photos + "/Trips")
    try await client.signIn()
    for path in [links.album, links.album + "/cover", links.picture] {
      #expect(try await client.send(path).status == .notFound)
    }
    try await service.stop()
  }
}
