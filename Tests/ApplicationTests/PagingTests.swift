// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import GalleryTestSupport
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

/// More pictures than one page holds.
@Suite
struct PagingTests {
  @Test func `every picture stands on one page, and the pages are linked`() async throws {
    let service = try await TestService.start(pictures: [], syntheticPictures: 130)
    let client = service.client()
    try await client.signIn()
    var names: [String] = []
    var path: String? = "/?sort=name"
    var pages = 0
    let before = [2: "/?sort=name", 3: "/?sort=name&amp;page=2"]
    while let here = path, pages < 9 {
      pages += 1
      let page = try await client.send(here).text
      names += page.matches(of: /alt="([^"]+)"/).map { String($0.output.1) }.filter { $0 != "" }
      #expect(page.contains("Page \(pages) of 3"))
      let next = page.firstMatch(of: /<link rel="next" href="([^"]+)">/)
      #expect(next?.output.1 == page.firstMatch(of: /<a href="([^"]+)" rel="next">/)?.output.1)
      let previous = page.firstMatch(of: /<link rel="prev" href="([^"]+)">/)?.output.1
      #expect(previous == page.firstMatch(of: /<a href="([^"]+)" rel="prev">/)?.output.1)
      #expect(previous.map { String($0) } == before[pages])
      path = next.map { String($0.output.1).replacing("&amp;", with: "&") }
    }
    #expect(pages == 3)
    #expect(
      names
        == (1...130).map {
          "Picture \(String(repeating: "0", count: 6 - String($0).count))\($0).jpg"
        })
    for target in [
      "/?page=-1", "/?page=99999999", "/?sort=x", "/?sort=a&sort=b", "/?page=1&page=2",
    ] {
      #expect(try await client.send(target).status == .ok)
    }
    #expect(try await client.send("/?page=99999999").text.contains("Page 3 of 3"))
    try await service.stop()
  }

  @Test func `views after the first ask Dropbox nothing, until the person signs in anew`()
    async throws
  {
    let service = try await TestService.start(pictures: [], syntheticPictures: 200)
    let client = service.client()
    for round in 1...2 {
      try await client.signIn()
      for page in 1...3 { #expect(try await client.send("/?page=\(page)").status == .ok) }
      #expect(service.dropbox.count(of: "files/list_folder") == round)
      #expect(try await client.send("/logout", method: .post).status == .seeOther)
    }
    try await service.stop()
  }

  @Test func `a large folder is shown while it is still read, and then as a whole`() async throws {
    let service = try await TestService.start(pictures: [], syntheticPictures: 3000)
    let client = service.client()
    try await client.signIn()
    #expect(try await client.send("/").text.contains(/>[\d,]+ pictures so far</))
    let end = ContinuousClock.now + .seconds(20)
    while true {
      let answer = try await client.send("/", fields: [.accept: "application/json"])
      let page = try JSONDecoder().decode(JSONValue.self, from: Data(answer.body))
      if page["isComplete"] == .bool(true) {
        #expect(page["count"] == .number(3000))
        break
      }
      try #require(ContinuousClock.now < end)
      await TestLoop.pause(.milliseconds(20))
    }
    #expect(try await client.send("/").text.contains(">3,000 pictures<"))
    #expect(service.dropbox.count(of: "files/list_folder") == 1)
    try await service.stop()
  }

  @Test func `the order is remembered`() async throws {
    let service = try await TestService.start(pictures: ["b2.jpg", "B10.jpg", "a.jpg"])
    let client = service.client()
    try await client.signIn()
    #expect(try await client.send("/").fields[.setCookie] == nil)
    #expect(try await names(client, "/?sort=name-down") == ["B10.jpg", "b2.jpg", "a.jpg"])
    #expect(client.cookie("sort") == "name-down")
    #expect(try await names(client, "/") == ["B10.jpg", "b2.jpg", "a.jpg"])
    #expect(try await names(client, "/?sort=name") == ["a.jpg", "b2.jpg", "B10.jpg"])
    client.setCookie("sort", to: "%00")
    #expect(try await client.send("/").status == .ok)
    try await service.stop()
  }

  @Test func `a program gets the same pictures as JSON`() async throws {
    let service = try await TestService.start(pictures: [], syntheticPictures: 61)
    let client = service.client()
    try await client.signIn()
    let fields: HTTPFields = [.accept: "application/json"]
    let answer = try await client.send("/?sort=oldest", fields: fields)
    #expect(answer.fields[.contentType] == "application/json")
    #expect(answer.varies.contains("Accept"))
    let page = try JSONDecoder().decode(JSONValue.self, from: Data(answer.body))
    #expect(page["count"] == .number(61))
    #expect(page["isComplete"] == .bool(true))
    #expect(page["pictures"]?.array.count == 60)
    let strip = try #require(page["pictures"]?.array.first?["image256"]?.string)
    #expect(try await client.send(strip).status == .ok)
    let next = try await client.send(try #require(page["next"]?.string), fields: fields)
    let last = try JSONDecoder().decode(JSONValue.self, from: Data(next.body))
    #expect(last["pictures"]?.array.count == 1)
    #expect(last["next"] == .null)
    let html = try await client.send("/")
    #expect(html.fields[.contentType] == "text/html; charset=utf-8")
    #expect(html.varies.contains("Accept"))
    try await service.stop()
  }

  private func names(_ client: TestClient, _ target: String) async throws -> [String] {
    try await client.send(target).text.matches(of: /alt="([^"]+)"/).map { String($0.output.1) }
  }
}
