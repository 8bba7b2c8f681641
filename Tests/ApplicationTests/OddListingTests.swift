// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import GalleryTestSupport
import HTTP
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

/// Listings as no Dropbox should answer them.
@Suite
struct OddListingTests {
  private static let list = "files/list_folder"
  private static let next = "files/list_folder/continue"

  private func listing(_ entries: String, cursor: String = "c", hasMore: Bool = false) -> Fault {
    .status(
      200, body: #"{"entries":[\#(entries)],"cursor":"\#(cursor)","has_more":\#(hasMore)}"#,
      type: "application/json")
  }

  private func file(_ name: String, _ fields: String = "") -> String {
    #"{".tag":"file","name":"\#(name)","id":"id:\#(name.prefix(1))","#
      + #""client_modified":"2026-01-02T03:04:05Z","server_modified":"2026-01-02T03:04:05Z","#
      + #""rev":"0123456789","size":7\#(fields)}"#
  }

  @Test func `entries that cannot be read do not cost the page`() async throws {
    let service = try await TestService.start(pictures: [])
    let client = service.client()
    try await client.signIn()
    let good = [
      file("a.jpg"), file("b.jpg", #","path_lower":null,"media_info":{}"#),
      #"{".tag":"folder","name":"x.jpg","id":"id:x"}"#,
    ]
    let odd = [
      "null", "{}", "7", "[]", #"{".tag":"folder","name":null,"id":"id:f"}"#,
      #"{".tag":"file","name":"c.jpg"}"#, #"{".tag":"paper","name":"d.jpg","id":"id:d"}"#,
      #"{".tag":null,"name":"e.jpg"}"#, #"{".tag":"folder","name":"f","id":"../etc"}"#,
      file("g.jpg", #","rev":"../../x""#).replacing(#""rev":"0123456789","#, with: ""),
      file("h.jpg").replacing("2026-01-02T03:04:05Z", with: "yesterday"),
      file("i.jpg").replacing(#""size":7"#, with: #""size":-1"#),
      #"{".tag":"file","name":"","id":"id:n"}"#, #"{".tag":"deleted"}"#,
    ]
    service.dropbox.inject(
      listing((good + odd).joined(separator: ",")), into: Self.list, times: nil)
    let page = try await client.json("/?sort=name")
    #expect(page["pictures"]?.names == ["a.jpg", "b.jpg"])
    #expect(page["albums"]?.names == ["x.jpg"])
    #expect(page["isComplete"] == .bool(true))
    #expect(try await client.send("/").status == .ok)
    try await service.stop()
  }

  @Test(arguments: [("c", ""), ("d", ""), ("c", "a.jpg")])
  func `a listing without an end is given up, and what came of it is shown`(
    cursor: String, name: String
  ) async throws {
    let service = try await TestService.start(pictures: [])
    let client = service.client()
    try await client.signIn()
    service.dropbox.inject(
      listing(file("a.jpg"), hasMore: true), into: Self.list, times: nil)
    service.dropbox.inject(
      listing(name.isEmpty ? "" : file(name), cursor: cursor, hasMore: true), into: Self.next,
      times: nil)
    #expect(try await client.json("/")["pictures"]?.names == ["a.jpg"])
    await service.dropbox.waitForCalls(of: Self.next, count: 50)
    for _ in 0..<10 {
      let page = try await client.json("/")
      #expect(page["pictures"]?.names == ["a.jpg"])
      #expect(page["isComplete"] == .bool(false))
    }
    #expect(service.dropbox.count(of: Self.next) == 50)
    #expect(try await client.send("/").text.contains("so far"))
    try await service.stop()
  }

  @Test func `a listing of empty pages without an end is a page in plain words`() async throws {
    let service = try await TestService.start(pictures: [])
    let client = service.client()
    try await client.signIn()
    for route in [Self.list, Self.next] {
      service.dropbox.inject(listing("", hasMore: true), into: route, times: nil)
    }
    let answer = try await client.send("/")
    #expect(answer.status == .badGateway)
    #expect(answer.text.contains("Dropbox"))
    #expect(service.dropbox.count(of: Self.next) < 50)
    #expect(try await client.send("/healthz").status == .ok)
    try await service.stop()
  }
}
