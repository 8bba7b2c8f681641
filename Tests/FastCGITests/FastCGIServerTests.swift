// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import HTTP
import HTTPTypes
import TestSupport
import Testing

@testable import FastCGI

@Suite(.timeLimit(.minutes(1))) struct FastCGIServerTests {
  @Test func `a request is answered, and the connection closed`() async throws {
    let site = try Site()
    let peer = try await Peer.connect(to: site.path)
    try await peer.send(Record.request("/a?b"))
    let answer = try await peer.answer()
    #expect(answer.status == "200 OK")
    #expect(answer.text.hasSuffix("\r\n\r\nGET /a?b "))
    #expect(answer.protocolStatus == 0)
    #expect(try await peer.isEnded())
  }

  @Test func `a kept connection serves one request after the other`() async throws {
    let site = try Site()
    let peer = try await Peer.connect(to: site.path)
    for number in 1...50 {
      let body = Array("body \(number)".utf8)
      try await peer.send(Record.request("/\(number)", method: "POST", body: body, keep: true))
      let answer = try await peer.answer()
      #expect(answer.text.hasSuffix("POST /\(number) body \(number)"))
    }
    try await peer.send(Record.request("/last"))
    #expect(try await peer.answer().text.hasSuffix("GET /last "))
    #expect(try await peer.isEnded())
  }

  @Test func `requests sent at once on a kept connection are all answered`() async throws {
    let site = try Site()
    let peer = try await Peer.connect(to: site.path)
    try await peer.send((1...20).flatMap { Record.request("/\($0)", keep: true) })
    for number in 1...20 {
      #expect(try await peer.answer().text.hasSuffix("GET /\(number) "))
    }
  }

  @Test func `a request that comes byte by byte is answered`() async throws {
    let site = try Site()
    let peer = try await Peer.connect(to: site.path)
    for byte in Record.request("/slow", method: "POST", body: [65, 66]) {
      try await peer.send([byte])
    }
    #expect(try await peer.answer().text.hasSuffix("POST /slow AB"))
  }

  @Test(arguments: [0, 1, 8183, 8184, 65_536, 65_537, 3_000_000])
  func `a body arrives whole and goes back whole`(count: Int) async throws {
    var limits = Limits()
    limits.bodyBytes = 4_000_000
    let site = try Site(limits: limits) { Response(status: .ok, body: $0.body) }
    let body = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let peer = try await Peer.connect(to: site.path)
    try await peer.send(Record.request("/", method: "POST", body: body, keep: true))
    #expect(try await peer.answer().body == body)
    try await peer.send(Record.request("/", method: "POST", body: [1]))
    #expect(try await peer.answer().body == [1])
  }

  @Test func `a handler that waits is answered later, beside others`() async throws {
    let gate = Event()
    let site = try Site { request in
      if request.target == "/wait" { await gate.wait() }
      return await Site.echo(request)
    }
    let waiting = try await Peer.connect(to: site.path)
    try await waiting.send(Record.request("/wait"))
    for _ in 1...20 {
      #expect(try await Peer.ask(site.path, Record.request("/")).status == "200 OK")
    }
    gate.fire()
    #expect(try await waiting.answer().text.hasSuffix("GET /wait "))
  }

  @Test func `a client that went away cancels its handler`() async throws {
    let begun = Event()
    let cancelled = Event()
    let site = try Site { request in
      await withTaskCancellationHandler {
        begun.fire()
        await cancelled.wait()
      } onCancel: {
        cancelled.fire()
      }
      return Response(text: "late")
    }
    var peer: Peer? = try await Peer.connect(to: site.path)
    try await peer?.send(Record.request("/", keep: true))
    await begun.wait()
    peer = nil
    await cancelled.wait()
  }

  @Test func `a response that must not be written becomes a bare 500`() async throws {
    let site = try Site { _ in Response(status: HTTPResponse.Status(code: 100)) }
    let answer = try await Peer.ask(site.path, Record.request("/"))
    #expect(answer.status == "500 Internal Server Error")
    #expect(site.log == [.invalidResponse(reason: "status(100)")])
  }

  @Test func `HEAD gets a length and no body`() async throws {
    let site = try Site { _ in Response(text: "four") }
    let answer = try await Peer.ask(site.path, Record.request("/", method: "HEAD"))
    #expect(answer.text.contains("Content-Length: 4\r\n"))
    #expect(answer.body.isEmpty)
  }

  @Test func `kept connections and others beside each other are all served`() async throws {
    let site = try Site { request in
      await Task.yield()
      return await Site.echo(request)
    }
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<32 {
        group.addTask { () async throws -> Int in
          let peer = try await Peer.connect(to: site.path)
          for _ in 0..<30 {
            try await peer.send(Record.request("/kept", keep: true))
            #expect(try await peer.answer().status == "200 OK")
          }
          // It stays open until all are done, idle.
          withExtendedLifetime(peer) {}
          return 30
        }
      }
      for _ in 0..<16 {
        group.addTask { () async throws -> Int in
          for _ in 0..<30 {
            #expect(try await Peer.ask(site.path, Record.request("/plain")).status == "200 OK")
          }
          return 30
        }
      }
      var answered = 0
      for try await count in group { answered += count }
      #expect(answered == 48 * 30)
    }
  }

  @Test func `beyond the limit requests wait, and are answered`() async throws {
    var limits = Limits()
    limits.inFlight = 2
    let gate = Event()
    let site = try Site(limits: limits) { request in
      if request.target == "/wait" { await gate.wait() }
      return await Site.echo(request)
    }
    let kept = try await Peer.connect(to: site.path)
    try await kept.send(Record.request("/kept", keep: true))
    #expect(try await kept.answer().status == "200 OK")
    var waiting: [Peer] = []
    for _ in 0..<2 {
      let peer = try await Peer.connect(to: site.path)
      try await peer.send(Record.request("/wait"))
      waiting.append(peer)
    }
    let later = try await Peer.connect(to: site.path)
    try await later.send(Record.request("/later"))
    try await kept.send(Record.request("/kept", keep: true))
    gate.fire()
    for peer in waiting { #expect(try await peer.answer().text.hasSuffix("GET /wait ")) }
    #expect(try await later.answer().text.hasSuffix("GET /later "))
    #expect(try await kept.answer().text.hasSuffix("GET /kept "))
  }

  @Test func `a server that is full again and again goes on accepting`() async throws {
    var limits = Limits()
    limits.inFlight = 2
    let site = try Site(limits: limits)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<32 {
        group.addTask {
          for _ in 0..<300 {
            let answer = try await Peer.ask(site.path, Record.request("/plain"))
            try #require(answer.status == "200 OK")
          }
        }
      }
      try await group.waitForAll()
    }
  }
}
