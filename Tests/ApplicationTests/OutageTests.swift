// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import EventLoop
import GalleryTestSupport
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

/// Redis or Dropbox does not do what it should: a page says so, and nobody is signed out by it.
@Suite
struct OutageTests {
  @Test func `a Redis that comes back is used again within two seconds, without a restart`()
    async throws
  {
    let service = try await TestService.start()
    let client = service.client()
    try await client.signIn()
    try await service.redis.kill()
    for path in ["/", "/login"] {
      let answer = try await client.send(path)
      #expect(answer.status == .serviceUnavailable)
      #expect(answer.fields[.retryAfter] != nil)
      #expect(answer.fields[.setCookie] == nil)
    }
    #expect(try await client.send("/readyz").status == .serviceUnavailable)
    #expect(try await client.send("/welcome").status == .ok)
    try await service.redis.start()
    let start = ContinuousClock.now
    while try await client.send("/readyz").status != .ok {
      try #require(ContinuousClock.now - start < .seconds(10))
      await TestLoop.pause(.milliseconds(10))
    }
    #expect(ContinuousClock.now - start < .seconds(2))
    try await service.stop()
  }

  @Test(arguments: [
    (Fault.internalServerError, 503), (.unavailable, 503), (.html, 502),
    (.cut(afterBytes: 20), 503),
    (.huge(bytes: 500_000_000), 502), (.missingScope("files.metadata.read"), 403),
    (.status(418, body: "{", type: "application/json", fields: [:]), 502),
  ])
  func `a fault of Dropbox is a page that says so`(fault: Fault, status: Int) async throws {
    let service = try await TestService.start()
    let client = service.client()
    try await client.signIn()
    service.dropbox.inject(fault, into: "files/list_folder", times: nil)
    let answer = try await client.send("/")
    #expect(answer.status.code == status)
    #expect(answer.text.contains("Dropbox"))
    #expect(answer.fields[.setCookie] == nil)
    #expect((answer.fields[.retryAfter] != nil) == (status == 503))
    service.dropbox.reset()
    #expect(try await client.send("/").status == .ok)
    try await service.stop()
  }

  @Test(arguments: [
    Fault.tooManyRequests(retryAfter: 60), .tooManyRequestsText(retryAfter: 60),
  ])
  func `a throttle is a page that says so, and Dropbox is not called before its end`(
    fault: Fault
  ) async throws {
    let service = try await TestService.start()
    let client = service.client()
    try await client.signIn()
    service.dropbox.inject(fault, into: "files/list_folder")
    for _ in 0..<2 {
      let answer = try await client.send("/")
      #expect(answer.status == .serviceUnavailable)
      #expect(answer.text.contains("Dropbox"))
      #expect(answer.fields[.setCookie] == nil)
      let seconds = try #require(answer.fields[.retryAfter].flatMap { Int($0) })
      #expect((1...60).contains(seconds))
    }
    #expect(service.dropbox.count(of: "files/list_folder") == 1)
    try await service.stop()
  }

  @Test func `a Dropbox that does not answer is a page after ten seconds, and others do not wait`()
    async throws
  {
    let service = try await TestService.start()
    let client = service.client()
    try await client.signIn()
    service.dropbox.inject(.hang, into: "files/list_folder")
    let start = ContinuousClock.now
    async let stuck = (client.send("/"), ContinuousClock.now)
    await service.dropbox.waitForCalls(of: "files/list_folder", count: 1)
    #expect(try await service.client().send("/welcome").status == .ok)
    let othersAnswered = ContinuousClock.now
    let (answer, answered) = try await stuck
    #expect(othersAnswered < answered)
    #expect([502, 503, 504].contains(answer.status.code))
    #expect(answer.text.contains("Dropbox"))
    #expect(answered - start < .seconds(25))
    try await service.stop()
  }

  @Test func `a token that ran out is refreshed once for all who ask at once`() async throws {
    let service = try await TestService.start()
    let client = service.client()
    try await client.signIn()
    let exchanges = service.dropbox.count(of: "oauth2/token")
    service.dropbox.expireAccessTokens()
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<20 { group.addTask { try await client.send("/").status.code } }
      for try await status in group { #expect(status == 200) }
    }
    #expect(service.dropbox.count(of: "oauth2/token") == exchanges + 1)
    try await service.stop()
  }

  @Test func `a permission taken back at Dropbox ends the session with an explanation`()
    async throws
  {
    let service = try await TestService.start()
    let client = service.client()
    try await client.signIn()
    service.dropbox.revokeGrants()
    let answer = try await client.send("/")
    let welcome = try await client.send(try answer.location)
    #expect(welcome.text.contains("class=\"notice\""))
    #expect(client.cookie("session") == nil)
    try await service.stop()
  }
}
