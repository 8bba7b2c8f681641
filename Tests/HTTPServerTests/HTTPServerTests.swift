// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTP
import TestSupport
import Testing

@testable import HTTPServer

struct HTTPServerTests {
  @Test func `a request is answered, and the connection closed`() async throws {
    let site = try await Site()
    let answer = try await site.ask("GET /metrics?a=b HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
    #expect(answer.contains("\r\nContent-Length: 17\r\nConnection: close\r\n"))
    #expect(answer.hasSuffix("\r\n\r\nGET /metrics?a=b\n"))
    await site.stop()
  }

  @Test func `HEAD gets the length and no body`() async throws {
    let site = try await Site()
    let answer = try await site.ask("HEAD / HTTP/1.0\r\n\r\n")
    #expect(answer.contains("\r\nContent-Length: 7\r\n") && answer.hasSuffix("\r\n\r\n"))
    await site.stop()
  }

  @Test(arguments: [
    ("\r\n\r\n", 400), ("GET\r\n\r\n", 400), ("GET  HTTP/1.1\r\n\r\n", 400),
    ("GET / HTTP/1.1 x\r\n\r\n", 400), ("GET / HTTP/2.0\r\n\r\n", 505),
    ("GET / http/1.1\r\n\r\n", 400), ("GET /\u{1B}[31m HTTP/1.1\r\n\r\n", 400),
    ("GET / HTTP/1.1\n\n", 400), ("GET x HTTP/1.1\r\n\r\n", 400), ("G(T / HTTP/1.1\r\n\r\n", 400),
    ("\u{16}\u{3}\u{1}\u{2}\r\n\r\n", 400), ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    ("GET /" + String(repeating: "a", count: 9_000), 431),
    ("GET / HTTP/1.1\r\nX: " + String(repeating: "a", count: 9_000) + "\r\n\r\n", 431),
  ])
  func `what is no request gets a status, and the next one its answer`(
    text: String, status: Int
  ) async throws {
    let site = try await Site()
    #expect(try await site.ask(text).hasPrefix("HTTP/1.1 \(status) "))
    #expect(try await site.ask("GET / HTTP/1.1\r\n\r\n").hasSuffix("GET /\n"))
    await site.stop()
  }

  @Test func `a body that nobody wants does not cost the answer`() async throws {
    let site = try await Site()
    let body = String(repeating: "b", count: 200_000)
    let answer = try await site.ask(
      "POST / HTTP/1.1\r\nContent-Length: \(body.count)\r\n\r\n\(body)")
    #expect(answer.hasSuffix("\r\n\r\nPOST /\n"))
    await site.stop()
  }

  @Test func `a head that comes byte by byte is a head`() async throws {
    let site = try await Site()
    let client = try await site.connect()
    for byte in "GET /slow HTTP/1.1\r\n\r\n" {
      client.send(String(byte))
      await TestLoop.pause(.milliseconds(1))
    }
    #expect(try await client.rest().hasSuffix("GET /slow\n"))
    await site.stop()
  }

  @Test func `a client that never ends its head is dropped`() async throws {
    var limits = HTTPServer.Limits()
    limits.headTime = .milliseconds(50)
    let site = try await Site(limits: limits)
    let client = try await site.connect()
    client.send("GET / HT")
    #expect(try await client.rest() == "")
    await site.stop()
  }

  @Test func `silent clients keep nobody out`() async throws {
    var limits = HTTPServer.Limits()
    limits.headTime = .seconds(600)
    let site = try await Site(limits: limits)
    var silent: [Client] = []
    for _ in 0..<100 { silent.append(try await site.connect()) }
    #expect(try await site.ask("GET / HTTP/1.1\r\n\r\n").hasSuffix("GET /\n"))
    #expect(await site.connectionCount <= limits.connections)
    // The first of them made room.
    #expect(try await silent[0].rest() == "")
    await site.stop()
  }

  @Test func `a large answer waits for a slow reader, up to a limit`() async throws {
    let body = String(repeating: "m", count: 8_000_000)
    var limits = HTTPServer.Limits()
    limits.answerTime = .seconds(2)
    let site = try await Site(limits: limits) { _ in Response(text: body) }
    #expect(try await site.ask("GET / HTTP/1.1\r\n\r\n").utf8.count > 8_000_000)
    // Nobody reads this one.
    let slow = try await site.connect()
    slow.send("GET / HTTP/1.1\r\n\r\n")
    let end = ContinuousClock.now + .seconds(10)
    while await site.connectionCount == 0 { try #require(ContinuousClock.now < end) }
    while await site.connectionCount > 0 {
      try #require(ContinuousClock.now < end)
      await TestLoop.pause(.milliseconds(10))
    }
    #expect(try await slow.rest().utf8.count < 8_000_000)
    await site.stop()
  }

  @Test func `an answer that takes too long is given up`() async throws {
    var limits = HTTPServer.Limits()
    limits.answerTime = .milliseconds(50)
    let cancelled = Event()
    let site = try await Site(limits: limits) { _ in
      try? await Task.sleep(for: .seconds(600))
      cancelled.fire()
      return Response(text: "late")
    }
    #expect(try await site.ask("GET / HTTP/1.1\r\n\r\n") == "")
    await cancelled.wait()
    await site.stop()
  }
}
