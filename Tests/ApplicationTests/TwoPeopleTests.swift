// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import GalleryTestSupport
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

/// Two people at one gallery: what is one's is not there for the other, whatever the service has in memory.
@Suite
struct TwoPeopleTests {
  private static let anas = ["Ana's lake.jpg", "Ana's wave.gif", "Ana's trips/Ana's hills.jpg"]
  private static let bens = ["Ben's storm.jpg", "Ben's wave.gif", "Ben's house/Ben's roof.jpg"]
  private static let kinds = [
    "path", "image256", "image640", "image1024", "image2048", "animation", "details", "original",
    "download",
  ]

  private func service() async throws -> TestService {
    let service = try await TestService.start(
      pictures: Self.anas, picturesOfBen: Self.bens
    ) { $0.variesPages = false }
    let (anas, bens) = (service.photos, service.photosOfBen)
    for path in [anas + "/Ana's wave.gif", bens + "/Ben's wave.gif"] {
      try (Data("GIF89a".utf8) + Data(count: 9000)).write(to: URL(filePath: path))
    }
    return service
  }

  /// Every address that a person's pages name, looked at so that all of it is in memory, with its entity tag.
  private func walk(_ client: TestClient) async throws -> [(path: String, tag: String?)] {
    let root = try await client.json("/")
    let album = try #require(root["albums"]?.array.first)
    let page = try await client.json(try #require(album["path"]?.string))
    let pictures = (root["pictures"]?.array ?? []) + (page["pictures"]?.array ?? [])
    try #require(pictures.count == 3)
    var paths = ["path", "cover"].compactMap { album[$0]?.string }
    paths += pictures.flatMap { picture in Self.kinds.compactMap { picture[$0]?.string } }
    #expect(paths.count == 27)
    var found: [(path: String, tag: String?)] = []
    for path in paths {
      let answer = try await client.send(path)
      // The GIFs are none beyond their first bytes.
      #expect([200, 302, 422].contains(answer.status.code), "\(path)")
      found.append((path, answer.fields[.eTag]))
    }
    let tags = found.compactMap(\.tag)
    #expect(tags.count > 10)
    return found
  }

  @Test func `each sees their own name and pictures, at the same time`() async throws {
    let service = try await service()
    let people = [(Person.ana, "Ana Li", "Ana's"), (.ben, "Ben Oduya", "Ben's")]
    var clients: [TestClient] = []
    for (person, _, _) in people {
      clients.append(service.client(person))
      try await clients.last?.signIn()
    }
    for _ in 0..<2 {
      for (client, (_, name, whose)) in zip(clients, people) {
        let page = try await client.send("/").text
        #expect(page.contains("<bdi class=\"account-name\">\(name)</bdi>"))
        let names = try await client.json("/?sort=name")["pictures"]?.names
        #expect(names == (whose == "Ana's" ? Self.anas : Self.bens).filter { !$0.contains("/") })
      }
    }
    try await service.stop()
  }

  @Test func `what is one's is not there for the other, right after its owner looked at it`()
    async throws
  {
    let service = try await service()
    let clients = [service.client(.ana), service.client(.ben)]
    for client in clients { try await client.signIn() }
    for (owner, other) in [(clients[0], clients[1]), (clients[1], clients[0])] {
      for (path, tag) in try await walk(owner) {
        let nobodys = path.replacing(/\/[A-Za-z0-9_-]{22}/, with: "/AAAAAAAAAAAAAAAAAAAAAA")
          .replacing(/\/01[56]0[0-9a-f]{16}/, with: "/01500000000000000000")
        let none = try await other.send(nobodys)
        try #require(none.status == .notFound, "\(nobodys)")
        var questions: [HTTPFields] = [[:], [.accept: "application/json"], [.ifNoneMatch: "*"]]
        if let tag { questions += [[.ifNoneMatch: tag], [.ifNoneMatch: "W/\(tag)"]] }
        for fields in questions {
          let answer = try await other.send(path, fields: fields)
          #expect(answer.status == .notFound, "\(path) with \(fields)")
          #expect(plain(answer) == plain(none), "\(path) with \(fields)")
          #expect(answer.fields[.eTag] == nil)
        }
        #expect(try await other.send(path, method: .head).status == .notFound)
      }
      // Whoever asked in vain has taken nothing away.
      let calls = service.dropbox.count(of: "files/list_folder")
      #expect(try await owner.json("/")["pictures"]?.array.count == 2)
      #expect(service.dropbox.count(of: "files/list_folder") == calls)
    }
    try await service.stop()
  }

  @Test func `a version or an answer of one says nothing to the other`() async throws {
    let service = try await service()
    let (ana, ben) = (service.client(.ana), service.client(.ben))
    for client in [ana, ben] { try await client.signIn() }
    let anas = try await ana.send("/", fields: [.accept: "application/json"])
    let tag = try #require(anas.fields[.eTag])
    let bens = try await ben.send(
      "/", fields: [.accept: "application/json", .ifNoneMatch: tag])
    #expect(bens.status == .ok)
    #expect(bens.text.contains("Ben's storm.jpg") && !bens.text.contains("Ana's"))
    let version = try #require(try await ana.json("/")["version"]?.string)
    #expect(try await ana.json("/?since=" + version)["added"] == .number(0))
    #expect(try await ben.json("/?since=" + version)["added"] == .null)
    try await service.stop()
  }

  @Test(arguments: [
    ("image256", "files/get_thumbnail_batch"), ("image2048", "files/get_thumbnail_v2"),
    ("details", "files/get_metadata"), ("animation", "files/download"),
    ("path", "files/list_folder"),
  ])
  func `who asks for another's while it is on its way does not join`(
    kind: String, route: String
  ) async throws {
    let service = try await service()
    let (ana, ben) = (service.client(.ana), service.client(.ben))
    for client in [ana, ben] { try await client.signIn() }
    let album = try await ana.json("/")["albums"]?.array.first?["path"]?.string
    let pictures = try await ana.json("/?sort=name")["pictures"]?.array ?? []
    let picture = try #require(pictures.first { $0[kind] != nil })
    let path = try #require(kind == "path" ? album : picture[kind]?.string)
    service.dropbox.reset()
    service.dropbox.inject(.hang, into: route)
    let asked = Task { try await ana.send(path) }
    await service.dropbox.waitForCalls(of: route)
    #expect(try await ben.send(path).status == .notFound)
    #expect(service.dropbox.count(of: route) > 1)
    #expect(service.dropbox.inFlight > 0)
    // Ends the call that hangs; it is made again.
    service.dropbox.reset()
    #expect(try await asked.value.status == .ok)
    try await service.stop()
  }

  @Test func `who signs in after somebody else in the same browser gets nothing of theirs`()
    async throws
  {
    let service = try await service()
    let ana = service.client(.ana)
    try await ana.signIn()
    let known = try await walk(ana)
    // Without a sign-out, as when the other's session ran out.
    let ben = service.client(.ben)
    for name in ["session", "sort"] { ben.setCookie(name, to: ana.cookie(name)) }
    try await ben.signIn()
    #expect(try await ben.send("/").text.contains("Ben Oduya"))
    for (path, tag) in known {
      var fields = HTTPFields()
      fields[.ifNoneMatch] = tag
      #expect(try await ben.send(path, fields: fields).status == .notFound, "\(path)")
    }
    // The session that was replaced is over.
    #expect(try await ana.send("/").status == .found)
    try await service.stop()
  }

  /// What an answer says, without what is new each time.
  private func plain(_ answer: Answer) -> String {
    answer.text.replacing(answer.requestID, with: "")
      + "\(answer.fields[.contentType] ?? "") \(answer.fields[.cacheControl] ?? "")"
  }
}
