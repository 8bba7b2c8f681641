// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTP
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@testable import FastCGI

/// What libfcgi alone would fall for, and what keeps others from being served.
@Suite(.timeLimit(.minutes(1))) struct HostileClientTests {
  private func isServing(_ site: Site) async throws -> Bool {
    try await Peer.ask(site.path, Record.request("/")).status == "200 OK"
  }

  // MARK: Bodies that are requests (1.4a)

  /// A request forged inside a body; it would be served if the connection were read on from there.
  private var forged: [UInt8] {
    Record.request("/forged", more: [("REMOTE_USER", "root")])
  }

  @Test func `a request inside a body is a body`() async throws {
    let targets = Mutex<[String]>([])
    let site = try Site { request in
      targets.withLock { $0.append(request.target) }
      return await Site.echo(request)
    }
    let peer = try await Peer.connect(to: site.path)
    let body = [UInt8](repeating: 0, count: 8192 - 200) + forged + forged
    try await peer.send(Record.request("/real", method: "POST", body: body, keep: true))
    #expect(try await peer.answer().status == "200 OK")
    try await peer.send(Record.request("/next", keep: true))
    #expect(try await peer.answer().text.hasSuffix("GET /next "))
    #expect(targets.withLock { $0 } == ["/real", "/next"])
  }

  @Test func `a body beyond the limit is answered, and never read as a request`() async throws {
    var limits = Limits()
    limits.bodyBytes = 1000
    limits.drainedBytes = 1000
    let targets = Mutex<[String]>([])
    let site = try Site(limits: limits) { request in
      targets.withLock { $0.append(request.target) }
      return await Site.echo(request)
    }
    let body = (0..<3000).flatMap { _ in forged }
    let answer = try await Peer.ask(
      site.path, Record.request("/real", method: "POST", body: body, keep: true))
    #expect(answer.status == "413 Content Too Large")
    #expect(answer.protocolStatus == 0)
    #expect(targets.withLock { $0 } == ["/real"])
  }

  @Test func `a body a little too long is drained, and the connection kept`() async throws {
    var limits = Limits()
    limits.bodyBytes = 10
    let site = try Site(limits: limits)
    let peer = try await Peer.connect(to: site.path)
    let body = [UInt8](repeating: 65, count: 60_000)
    try await peer.send(Record.request("/", method: "POST", body: body, keep: true))
    #expect(try await peer.answer().status == "413 Content Too Large")
    try await peer.send(Record.request("/next", keep: true))
    #expect(try await peer.answer().text.hasSuffix("GET /next "))
  }

  @Test func `a length that is not the body's is a defect`() async throws {
    let site = try Site()
    let bytes = Record.head("/", length: 5) + Record.stream(5, [65])
    #expect(try await Peer.ask(site.path, bytes).status == "400 Bad Request")
  }

  // MARK: Parameters (1.4b, d)

  @Test func `parameters that are cut off are no request`() async throws {
    let targets = Mutex<[String]>([])
    let site = try Site { request in
      targets.withLock { $0.append(request.target) }
      return await Site.echo(request)
    }
    let pairs = Record.pairs([("REQUEST_METHOD", "GET"), ("REQUEST_URI", "/cut")])
    for count in [8, 16, 24, 24 + pairs.count] {
      let peer = try await Peer.connect(to: site.path)
      try await peer.send(Array((Record.begin() + Record.record(4, pairs)).prefix(count)))
      peer.shutDown()
    }
    #expect(try await isServing(site))
    #expect(targets.withLock { $0 } == ["/"])
  }

  @Test(
    arguments: [
      // Four known names overflow 64 bytes in libfcgi, and end the process.
      Record.record(
        9, id: 0,
        Record.pairs(Array(repeating: ("FCGI_MPXS_CONNS", ""), count: 4))),
      // CVE-2025-23016: a pair that asks for more memory than there is.
      Record.begin()
        + Record.record(4, [0xff, 0xff, 0xff, 0xfe, 0xff, 0xff, 0xff, 0xfe, 65, 65, 65]),
      Record.begin() + Record.record(4, [0xff, 0xff, 0xff, 0xff, 0, 65, 65]),
      Record.begin(role: 3), Record.record(1), [UInt8](repeating: 0xff, count: 100_000),
      Record.head("/", length: 5) + Record.record(9, id: 0, Record.pairs([("FCGI_MAX_REQS", "")])),
    ])
  func `malicious records end their connection at most`(bytes: [UInt8]) async throws {
    let site = try Site()
    let peer = try await Peer.connect(to: site.path)
    // The server may close before the last byte is sent.
    try? await peer.send(bytes)
    peer.shutDown()
    #expect(try await isServing(site))
  }

  @Test func `a question for values is answered at once, and the request after it`() async throws {
    let site = try Site()
    let peer = try await Peer.connect(to: site.path)
    let question = Record.record(9, id: 0, Record.pairs([("FCGI_MPXS_CONNS", "")]))
    try await peer.send(question + Record.request("/after"))
    let answer = try await peer.answer()
    #expect(
      answer.management == [Record.record(10, id: 0, Record.pairs([("FCGI_MPXS_CONNS", "0")]))])
    #expect(answer.text.hasSuffix("GET /after "))
  }

  @Test func `a second request beside the first is turned away`() async throws {
    let site = try Site()
    let bytes = Record.head("/first", length: 1) + Record.begin(id: 2) + Record.stream(5, [65])
    let answer = try await Peer.ask(site.path, bytes)
    #expect(answer.turnedAway == [2: 1])
    #expect(answer.text.hasSuffix("POST /first A"))
  }

  @Test func `a variable sent twice is a defect`() async throws {
    let site = try Site()
    let bytes = Record.request("/", more: [("REQUEST_URI", "/admin")])
    #expect(try await Peer.ask(site.path, bytes).status == "400 Bad Request")
  }

  // MARK: Time

  @Test(arguments: [[], Record.begin(), Record.head("/", length: 10)] as [[UInt8]])
  func `whoever stays silent is closed, and holds nobody up`(bytes: [UInt8]) async throws {
    var limits = Limits()
    limits.parameterTime = .milliseconds(100)
    limits.bodyTime = .milliseconds(100)
    let site = try Site(limits: limits)
    var silent: [Peer] = []
    for _ in 0..<50 {
      let peer = try await Peer.connect(to: site.path)
      if !bytes.isEmpty { try await peer.send(bytes) }
      silent.append(peer)
    }
    #expect(try await isServing(site))
    for peer in silent { #expect(try await peer.isEnded()) }
    #expect(site.log.filter { $0 == .requestTooSlow }.count == 50)
  }

  @Test func `an idle kept connection is closed in the end, without a complaint`() async throws {
    var limits = Limits()
    limits.idleTime = .milliseconds(100)
    let site = try Site(limits: limits)
    let peer = try await Peer.connect(to: site.path)
    try await peer.send(Record.request("/", keep: true))
    #expect(try await peer.answer().status == "200 OK")
    #expect(try await peer.isEnded())
    #expect(site.log.isEmpty)
  }

  @Test func `whoever does not read is cut off, and holds nobody up`() async throws {
    var limits = Limits()
    limits.writeTime = .seconds(1)
    let site = try Site(limits: limits) { request in
      let count = request.target == "/large" ? 4_000_000 : 10
      return Response(status: .ok, body: [UInt8](repeating: 1, count: count))
    }
    var deaf: [Peer] = []
    for _ in 0..<10 {
      let peer = try await Peer.connect(to: site.path)
      try await peer.send(Record.request("/large", keep: true))
      deaf.append(peer)
    }
    for _ in 0..<10 { #expect(try await isServing(site)) }
    for peer in deaf { try await peer.waitForEnd() }
    #expect(site.log.contains(.responseLost))
  }

  @Test func `a handler that takes too long is cancelled`() async throws {
    var limits = Limits()
    limits.handlingTime = .milliseconds(100)
    let site = try Site(limits: limits) { _ in
      let cancelled = Event()
      await withTaskCancellationHandler {
        await cancelled.wait()
      } onCancel: {
        cancelled.fire()
      }
      return Response(status: .gatewayTimeout)
    }
    let answer = try await Peer.ask(site.path, Record.request("/"))
    #expect(answer.status == "504 Gateway Timeout")
    #expect(site.log == [.handlerTooSlow])
  }
}
