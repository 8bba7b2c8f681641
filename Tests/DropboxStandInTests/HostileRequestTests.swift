// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import DropboxStandIn

/// Requests that nobody sends who means well.
@Suite(.serialized) struct HostileRequestTests {
  private func origins(_ standIn: StandIn) -> [String] {
    let origins = standIn.origins
    return [origins.www, origins.api, origins.content, origins.links, origins.control]
  }

  /// The status of the answer; nil when the connection was closed without one.
  private func status(_ bytes: some Sequence<UInt8>, _ origin: String) async throws -> Int? {
    let answer = try await RawConnection.exchange(Array(bytes), with: origin)
    let words = String(decoding: answer, as: UTF8.self).split(separator: " ", maxSplits: 2)
    return words.count > 1 ? Int(words[1]) : nil
  }

  /// Sends bytes to every host, and then a good request to each, which has to be answered.
  private func expect(_ bytes: [UInt8], _ expected: Set<Int?>) async throws {
    let standIn = try await StandIn.start(.synthetic(count: 1))
    let token = standIn.grant().accessToken
    for origin in origins(standIn) {
      #expect(expected.contains(try await status(bytes, origin)), "\(origin)")
    }
    let good =
      "POST /2/users/get_current_account HTTP/1.1\r\nAuthorization: Bearer \(token)\r\n\r\n"
    #expect(try await status(good.utf8, standIn.origins.api) == 200)
    for (origin, target, expected) in [
      (standIn.origins.www, "/", 404), (standIn.origins.links, "/", 404),
      (standIn.origins.content, "/", 404), (standIn.origins.control, "/calls", 200),
    ] {
      #expect(try await status("GET \(target) HTTP/1.1\r\n\r\n".utf8, origin) == expected)
    }
    #expect(standIn.inFlight == 0)
    await standIn.stop()
  }

  @Test(arguments: [
    "", "\r\n", "\r\n\r\n", "\n\n\n", "GET", "GET\r\n\r\n", "GET /\r\n\r\n", " / HTTP/1.1\r\n\r\n",
    "\0\0\0\0\r\n\r\n", "GET / HTTP/1.1", "GET / HTTP/1.1\r\nHost", "\u{16}\u{3}\u{1}\0\u{5}",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
    "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
    "POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
    "POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
    "POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nshort",
  ])
  func `what is no request is closed, and the stand-in goes on`(text: String) async throws {
    try await expect(Array(text.utf8), [nil, 404, 405])
  }

  @Test(arguments: [
    "-1", "", ";", "x", "8000000000000000", "7fffffffffffffff", "ffffffffffffffffffffff",
    "5\r\nabc", "5\r\nabcdefgh\r\n0\r\n\r\n",
  ])
  func `chunks that are none are refused`(chunks: String) async throws {
    let head = "POST /2/files/list_folder HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
    try await expect(Array((head + chunks + "\r\n").utf8), [nil, 400, 404, 405, 500])
  }

  @Test(
    arguments: [
      Array("GET /\u{FF} HTTP/1.1\r\n\r\n".unicodeScalars.map { UInt8($0.value) }),
      Array("GET / HTTP/1.1\r\nX: ".utf8) + [0xFF, 0xFE, 0x0D, 0x0A, 0x0D, 0x0A],
      [0xFF, 0x0A], Array(repeating: 0x80, count: 4000),
    ] as [[UInt8]])
  func `bytes that are not UTF-8 are closed`(bytes: [UInt8]) async throws {
    try await expect(bytes, [nil])
  }

  @Test(arguments: [
    "GET /\0 HTTP/1.1\r\nX\0: \0\r\n\r\n", "GET http://[::1 HTTP/1.1\r\n\r\n",
    "GET //localhost:99999999/%zz%00%ff?%zz=%&&==#? HTTP/1.1\r\n\r\n", "GET * HTTP/1.1\r\n\r\n",
    "GET /2/../2/%2e%2e/files HTTP/1.1\r\n\r\n", "\0 \0 \0\r\n\r\n", "GET / HTTP/9 9 9\r\n\r\n",
    "GET / HTTP/1.1\r\n: x\r\n:\r\nx\r\n x: y\r\nRange: bytes=-,-\r\n\r\n",
    "POST /oauth2/token HTTP/1.1\r\nAuthorization: Basic \0\r\n\r\n",
    "POST /oauth2/token HTTP/1.1\r\nAuthorization: Basic Og==\r\n\r\n",
    "GET / HTTP/1.1\r\nX: \(String(repeating: "x", count: 3000))\r\n\r\n",
    "GET / HTTP/1.1\r\n\(String(repeating: "X: y\r\n", count: 2000))\r\n",
    "GET /\(String(repeating: "/", count: 2000)) HTTP/1.1\r\n\r\n",
    "GET /?\(String(repeating: "a&", count: 1000)) HTTP/1.1\r\n\r\n",
  ])
  func `an odd request is refused`(text: String) async throws {
    try await expect(Array(text.utf8), [400, 404, 405])
  }

  @Test func `a body of more than a megabyte is too large`() async throws {
    let standIn = try await StandIn.start(StandIn.Options())
    let body = [UInt8](repeating: UInt8(ascii: "["), count: 1 << 20)
    for (count, expected) in [(1 << 20, 400), (1 << 20 + 1, 413)] {
      let head = "POST /oauth2/token HTTP/1.1\r\nContent-Length: \(count)\r\n\r\n"
      let bytes = Array(head.utf8) + body.prefix(count) + (count > body.count ? [0x5B] : [])
      #expect(try await status(bytes, standIn.origins.api) == expected)
    }
    await standIn.stop()
  }

  @Test(arguments: [
    #"{"route":"*","fault":{"kind":"429","retry_after":-1}}"#,
    #"{"route":"*","fault":{"kind":"drip","bytes":0}}"#,
    #"{"route":"*","fault":{"kind":"drip","pause":9223372036854775807}}"#,
    #"{"route":"*","fault":{"kind":"status","status":0}}"#,
    #"{"route":"*","fault":{"kind":"huge","bytes":1e300}}"#,
    #"{"route":"*","fault":{"kind":"cut","bytes":-5}}"#, #"{"route":"*","fault":null}"#,
    #"{"route":"*","fault":{"kind":"hang"},"times":0}"#, #"{"route":5}"#, "[]", "",
  ])
  func `the control host takes no numbers without sense`(body: String) async throws {
    let standIn = try await StandIn.start(StandIn.Options())
    let request = "POST /faults HTTP/1.1\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    #expect(try await status(request.utf8, standIn.origins.control) == 400)
    #expect(try await status("GET / HTTP/1.1\r\n\r\n".utf8, standIn.origins.api) == 404)
    await standIn.stop()
  }

  @Test(
    arguments: [
      .drip(bytes: 0, pause: .zero), .drip(bytes: .min, pause: .seconds(Int64.min)),
      .cut(afterBytes: .max), .cut(afterBytes: .min), .huge(bytes: 0), .huge(bytes: -1),
      .tooManyRequests(retryAfter: .min), .status(0), .status(.max), .delay(.seconds(Int64.min)),
    ] as [Fault])
  func `no fault is too odd to be planned`(fault: Fault) async throws {
    let standIn = try await StandIn.start(StandIn.Options())
    standIn.inject(fault, into: "*")
    _ = try await status("GET /x HTTP/1.1\r\n\r\n".utf8, standIn.origins.api)
    #expect(try await status("GET / HTTP/1.1\r\n\r\n".utf8, standIn.origins.api) == 404)
    await standIn.stop()
  }

  @Test func `who waits for ever ends with the stand-in`() async throws {
    let standIn = try await StandIn.start(StandIn.Options())
    standIn.setLatency(.seconds(Int64.max))
    standIn.inject(.delay(.seconds(Int64.max)), into: "*")
    let answer = Task {
      try await status("GET / HTTP/1.1\r\n\r\n".utf8, standIn.origins.api)
    }
    await standIn.waitForCalls(of: "unknown")
    await standIn.stop()
    _ = try await answer.value
    #expect(standIn.inFlight == 0)
  }
}
