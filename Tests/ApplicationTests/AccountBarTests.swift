// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Gallery
import GalleryTestSupport
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

/// The bar with the account name, the link to Dropbox and the sign-out button.
@Suite
struct AccountBarTests {
  private static let name = "<bdi class=\"account-name\">Ana Li</bdi>"
  private static let bar = "class=\"account\""

  @Test func `every page of a signed-in person has the bar`() async throws {
    let service = try await TestService.start(
      appFolder: try #require(AppFolder(name: "My \"Photos\" #1")))
    let client = try await service.signedIn()
    let pages: [(String, HTTPFields, Int)] = [
      ("/", [:], 200), ("/welcome", [:], 200), ("/logout", .crossSite, 200),
      ("/nowhere", [:], 404), ("/oauthredirect", [:], 400),
    ]
    for (path, fields, status) in pages {
      let answer = try await client.send(path, fields: fields)
      #expect(answer.status.code == status)
      #expect(answer.text.contains(Self.name), "on \(path)")
      #expect(
        answer.text.contains(
          "href=\"https://www.dropbox.com/home/Apps/My%20%22Photos%22%20%231\" "
            + "rel=\"noopener noreferrer\""), "on \(path)")
      #expect(answer.text.contains("<form method=\"post\" action=\"/logout\">"), "on \(path)")
    }
    try await service.stop()
  }

  @Test func `the error page of a Dropbox outage has the bar`() async throws {
    let service = try await TestService.start()
    let client = try await service.signedIn()
    service.dropbox.inject(.html, into: "files/list_folder", times: nil)
    let answer = try await client.send("/")
    #expect(answer.status == .badGateway)
    #expect(answer.text.contains(Self.name))
    #expect(answer.text.contains("href=\"https://www.dropbox.com/home/Apps\""))
    try await service.stop()
  }

  @Test func `the link on an album's page leads to this album in Dropbox`() async throws {
    let service = try await TestService.start(
      pictures: ["Trips & more/2 Oslo/a.jpg"], appFolder: try #require(AppFolder(name: "Gallery")))
    let client = try await service.signedIn()
    let trips = try #require(try await client.json("/")["albums"]?.array.first?["path"]?.string)
    let oslo = try #require(try await client.json(trips)["albums"]?.array.first?["path"]?.string)
    let link = "https://www.dropbox.com/home/Apps/Gallery"
    for (path, end) in [
      ("/", ""), (trips, "/Trips%20%26%20more"), (oslo, "/Trips%20%26%20more/2%20Oslo"),
    ] {
      #expect(try await client.send(path).text.contains("href=\"\(link)\(end)\" rel="))
    }
    try await service.stop()
  }

  @Test func `the page of an empty folder has the bar`() async throws {
    let service = try await TestService.start(pictures: [])
    let client = try await service.signedIn()
    #expect(try await client.send("/").text.contains(Self.name))
    try await service.stop()
  }

  @Test func `a page without a session has no bar, and a forged cookie causes no Redis lookup`()
    async throws
  {
    let service = try await TestService.start()
    let client = try await service.signedIn()
    let old = client.cookies
    let calls = try await service.sessionLookups()
    for cookies in ["", "session=forged", "session=" + String(repeating: "A", count: 107)] {
      for path in ["/welcome", "/nowhere", "/%zz"] {
        #expect(!(try await client.send(path, cookies: cookies).text.contains(Self.bar)))
      }
    }
    #expect(try await service.sessionLookups() == calls)
    try await client.send("/logout", method: .post)
    #expect(!(try await client.send("/welcome", cookies: old).text.contains(Self.bar)))
    try await service.stop()
  }

  @Test func `a request reads the session once even if Redis returns an error`() async throws {
    let service = try await TestService.start()
    let client = try await service.signedIn()
    _ = try await service.redis.command("ACL", "SETUSER", "default", "-get")
    for (path, status, looks) in [("/", 503, 1), ("/welcome", 200, 2), ("/nowhere", 404, 3)] {
      #expect(try await client.send(path).status.code == status)
      let statistics = try await service.redis.command("INFO", "commandstats")
      let refused = statistics.firstMatch(of: /cmdstat_get:.*rejected_calls=(\d+)/)?.output.1
      #expect(refused == "\(looks)", "after \(path)")
    }
    try await service.stop()
  }

  @Test func `during a Redis outage pages come without the bar and set no cookie`() async throws {
    let service = try await TestService.start()
    let client = try await service.signedIn()
    service.redis.pause()
    for (path, status) in [("/welcome", 200), ("/nowhere", 404), ("/", 503)] {
      let answer = try await client.send(path)
      #expect(answer.status.code == status)
      #expect(!answer.text.contains(Self.bar))
      #expect(answer.fields[.setCookie] == nil)
    }
    service.redis.resume()
    try await service.redis.kill()
    for (path, status) in [("/welcome", 200), ("/nowhere", 404), ("/", 503)] {
      #expect(try await client.send(path).status.code == status)
    }
    try await service.stop()
  }
}
