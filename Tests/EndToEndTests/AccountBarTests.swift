// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

/// Who is signed in, where the pictures come from and the way out, on each page.
@Suite(.serialized)
struct AccountBarTests {
  private static let name = "<bdi class=\"account-name\">Ana Li</bdi>"
  private static let bar = "class=\"account\""

  @Test func `each page of somebody who is signed in has the bar`() async throws {
    let installation = try await Installation.start(
      settings: ["DBX_APP_FOLDER": "My \"Photos\" #1"])
    let visitor = installation.visitor()
    try await visitor.signIn()
    let pages: [(String, HTTPFields, Int)] = [
      ("/", [:], 200), ("/welcome", [:], 200), ("/logout", .crossSite, 200),
      ("/nowhere", [:], 404), ("/oauthredirect", [:], 400),
    ]
    for (path, fields, status) in pages {
      let answer = try await visitor.send(path, fields: fields)
      #expect(answer.status.code == status)
      #expect(answer.text.contains(Self.name), "on \(path)")
      #expect(
        answer.text.contains(
          "href=\"https://www.dropbox.com/home/Apps/My%20%22Photos%22%20%231\" "
            + "rel=\"noopener noreferrer\""), "on \(path)")
      #expect(answer.text.contains("<form method=\"post\" action=\"/logout\">"), "on \(path)")
    }
    try await installation.stop()
  }

  @Test func `the page of an outage of Dropbox has the bar`() async throws {
    let installation = try await Installation.start()
    let visitor = installation.visitor()
    try await visitor.signIn()
    installation.dropbox.inject(.html, into: "files/list_folder", times: nil)
    let answer = try await visitor.send("/")
    #expect(answer.status == .badGateway)
    #expect(answer.text.contains(Self.name))
    #expect(answer.text.contains("href=\"https://www.dropbox.com/home/Apps\""))
    try await installation.stop()
  }

  @Test func `on the page of an album the link goes to the album`() async throws {
    let installation = try await Installation.start(
      pictures: ["Trips & more/2 Oslo/a.jpg"], settings: ["DBX_APP_FOLDER": "Gallery"])
    let visitor = installation.visitor()
    try await visitor.signIn()
    let trips = try #require(try await visitor.json("/")["albums"]?.array.first?["path"]?.string)
    let oslo = try #require(try await visitor.json(trips)["albums"]?.array.first?["path"]?.string)
    let link = "https://www.dropbox.com/home/Apps/Gallery"
    for (path, end) in [
      ("/", ""), (trips, "/Trips%20%26%20more"), (oslo, "/Trips%20%26%20more/2%20Oslo"),
    ] {
      #expect(try await visitor.send(path).text.contains("href=\"\(link)\(end)\" rel="))
    }
    try await installation.stop()
  }

  @Test func `an empty folder has the bar too`() async throws {
    let installation = try await Installation.start(pictures: [])
    let visitor = installation.visitor()
    try await visitor.signIn()
    #expect(try await visitor.send("/").text.contains(Self.name))
    try await installation.stop()
  }

  @Test func `nobody is signed in without a session, and strangers cost no look into Redis`()
    async throws
  {
    let installation = try await Installation.start()
    let visitor = installation.visitor()
    try await visitor.signIn()
    let old = visitor.cookies
    let calls = try await installation.lookUps()
    for cookies in ["", "session=forged", "session=" + String(repeating: "A", count: 107)] {
      for path in ["/welcome", "/nowhere", "/%zz"] {
        #expect(!(try await visitor.send(path, cookies: cookies).text.contains(Self.bar)))
      }
    }
    #expect(try await installation.lookUps() == calls)
    try await visitor.send("/logout", method: .post)
    #expect(!(try await visitor.send("/welcome", cookies: old).text.contains(Self.bar)))
    try await installation.stop()
  }

  @Test func `after an error about Redis nobody asks it again`() async throws {
    let installation = try await Installation.start()
    let visitor = installation.visitor()
    try await visitor.signIn()
    _ = try await installation.redis.command("ACL", "SETUSER", "default", "-get")
    for (path, status, looks) in [("/", 503, 1), ("/welcome", 200, 2), ("/nowhere", 404, 3)] {
      #expect(try await visitor.send(path).status.code == status)
      let statistics = try await installation.redis.command("INFO", "commandstats")
      let refused = statistics.firstMatch(of: /cmdstat_get:.*rejected_calls=(\d+)/)?.output.1
      #expect(refused == "\(looks)", "after \(path)")
    }
    try await installation.stop()
  }

  @Test func `an outage of Redis costs the bar, and no page waits for its end`() async throws {
    let installation = try await Installation.start()
    let visitor = installation.visitor()
    try await visitor.signIn()
    installation.redis.pause()
    for (path, status) in [("/welcome", 200), ("/nowhere", 404), ("/", 503)] {
      let answer = try await visitor.send(path)
      #expect(answer.status.code == status)
      #expect(!answer.text.contains(Self.bar))
      #expect(answer.fields[.setCookie] == nil)
    }
    installation.redis.resume()
    try await installation.redis.kill()
    for (path, status) in [("/welcome", 200), ("/nowhere", 404), ("/", 503)] {
      #expect(try await visitor.send(path).status.code == status)
    }
    try await installation.stop()
  }
}
