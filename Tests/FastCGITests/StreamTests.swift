// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import HTTP
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@testable import FastCGI

/// Bodies that come in pieces: through the server, to web servers that read and to others.
@Suite(.timeLimit(.minutes(1))) struct StreamTests {
  /// Makes pieces of 64 KiB as they are asked for, and counts them.
  private final class Source: Sendable {
    struct State {
      var asked = 0
      var bytes = 0
      var ending: BodyStream.Ending?
    }

    let state = Mutex(State())
    let ended = Event()
    let length: Int

    init(length: Int) {
      self.length = length
    }

    var asked: Int { state.withLock { $0.asked } }
    var ending: BodyStream.Ending? { state.withLock { $0.ending } }

    /// - Parameters:
    ///   - end: how many bytes there really are.
    ///   - gate: passed before each piece but the first.
    func stream(announcing: Bool = true, end: Int? = nil, gate: Event? = nil) -> BodyStream {
      BodyStream(length: announcing ? length : nil) { () async throws(BodyStream.Broken) in
        let count = self.state.withLock { state in
          state.asked += 1
          let count = min(65_536, (end ?? self.length) - state.bytes)
          state.bytes += count
          return count
        }
        if let gate, self.asked > 1 {
          await withTaskCancellationHandler {
            await gate.wait()
          } onCancel: {
            gate.fire()
          }
        }
        if Task.isCancelled { throw BodyStream.Broken(reason: "cancelled") }
        return count == 0 ? nil : [UInt8](repeating: UInt8(self.asked & 255), count: count)
      } whenEnded: { ending, _ in
        self.state.withLock { $0.ending = ending }
        self.ended.fire()
      }
    }
  }

  private func site(_ source: Source, limits: Limits = Limits(), gate: Event? = nil) throws -> Site
  {
    try Site(limits: limits) { request in
      switch request.target {
      case "/stream": Response(status: .ok, stream: source.stream(gate: gate))
      case "/unknown": Response(status: .ok, stream: source.stream(announcing: false))
      case "/short": Response(status: .ok, stream: source.stream(end: source.length / 2))
      case "/unchanged": Response(status: .notModified, stream: source.stream())
      default: await Site.echo(request)
      }
    }
  }

  @Test(arguments: ["/stream", "/unknown"], [0, 1, 65_536, 65_537, 3_000_000])
  func `a stream arrives whole, and the connection is kept`(
    target: String, length: Int
  ) async throws {
    let source = Source(length: length)
    let site = try site(source)
    let peer = try await Peer.connect(to: site.path)
    try await peer.send(Record.request(target, keep: true))
    let answer = try await peer.answer()
    #expect(answer.body.count == length)
    #expect(answer.body.last ?? 0 == UInt8(length == 0 ? 0 : (length + 65_535) / 65_536))
    #expect(answer.protocolStatus == 0)
    #expect(
      answer.text.contains("Content-Length: \(length)\r\n") == (target == "/stream"))
    await source.ended.wait()
    #expect(source.ending == .complete)
    try await peer.send(Record.request("/next", keep: true))
    #expect(try await peer.answer().text.hasSuffix("GET /next "))
    #expect(site.log.isEmpty)
  }

  @Test func `64 MiB for a reader who does not read are asked for as far as buffers go`()
    async throws
  {
    let source = Source(length: 64 << 20)
    let site = try site(source)
    let peer = try await Peer.connect(to: site.path)
    try await peer.send(Record.request("/stream"))
    // The last of these is answered after the stream has filled what there is to fill.
    for _ in 0..<50 {
      #expect(try await Peer.ask(site.path, Record.request("/")).status == "200 OK")
    }
    let held = source.asked
    #expect(held <= 16)
    let answer = try await peer.answer()
    #expect(answer.body.count == 64 << 20)
    await source.ended.wait()
    #expect(source.asked == 1024 + 1)
    #expect(source.ending == .complete)
  }

  @Test func `a hundred readers who do not read hold nobody up`() async throws {
    let source = Source(length: .max)
    let site = try site(source)
    var deaf: [Peer] = []
    for _ in 0..<100 {
      let peer = try await Peer.connect(to: site.path)
      try await peer.send(Record.request("/stream"))
      deaf.append(peer)
    }
    for _ in 0..<20 {
      #expect(try await Peer.ask(site.path, Record.request("/")).status == "200 OK")
    }
    #expect(source.asked <= 100 * 16)
    withExtendedLifetime(deaf) {}
  }

  @Test func `a reader who stops reading is cut off, and the source is told`() async throws {
    var limits = Limits()
    limits.writeTime = .milliseconds(100)
    let source = Source(length: 64 << 20)
    let site = try site(source, limits: limits)
    let peer = try await Peer.connect(to: site.path)
    try await peer.send(Record.request("/stream"))
    try await peer.waitForEnd()
    await source.ended.wait()
    #expect(source.ending == .abandoned)
    #expect(site.log == [.responseLost])
  }

  @Test func `a reader who goes away while a piece is made ends the stream`() async throws {
    let source = Source(length: 64 << 20)
    let site = try site(source, gate: Event())
    var peer: Peer? = try await Peer.connect(to: site.path)
    try await peer?.send(Record.request("/stream", keep: true))
    while source.asked < 2 { await TestLoop.pause(.milliseconds(1)) }
    peer = nil
    await source.ended.wait()
    #expect(source.ending == .abandoned)
    #expect(source.asked == 2)
  }

  @Test func `a reader who goes away between pieces ends the stream`() async throws {
    let source = Source(length: .max)
    let site = try site(source)
    let peer = try await Peer.connect(to: site.path)
    try await peer.send(Record.request("/stream"))
    while source.asked < 2 { await TestLoop.pause(.milliseconds(1)) }
    peer.shutDown()
    await source.ended.wait()
    #expect(source.ending == .abandoned)
  }

  @Test func `a stream that breaks ends the connection, not the request`() async throws {
    let source = Source(length: 1_000_000)
    let site = try site(source)
    let peer = try await Peer.connect(to: site.path)
    try await peer.send(Record.request("/short", keep: true))
    let answer = try await peer.answer()
    #expect(answer.text.contains("Content-Length: 1000000\r\n"))
    #expect(answer.body.count == 500_000)
    #expect(answer.protocolStatus == nil)
    #expect(answer.management == [[UInt8](repeating: 0, count: 8)])
    await source.ended.wait()
    #expect(source.ending == .broken(.init(reason: "500000 bytes of 1000000")))
    #expect(site.log == [.bodyBroken(reason: "500000 bytes of 1000000")])
  }

  /// So that a break comes right behind it, for those who notice one only then.
  @Test func `the last piece that came is held back until it is known how it goes on`()
    async throws
  {
    let source = Source(length: 100_000)
    let gate = Event()
    let site = try site(source, gate: gate)
    let peer = try await Peer.connect(to: site.path)
    try await peer.send(Record.request("/stream"))
    while source.asked < 2 { await TestLoop.pause(.milliseconds(1)) }
    var bytes = [UInt8](repeating: 0, count: 200_000)
    let flags = CInt(MSG_PEEK) | CInt(MSG_DONTWAIT)
    #expect(unsafe recv(peer.descriptor, &bytes, bytes.count, flags) < 1000)
    gate.fire()
    #expect(try await peer.answer().body.count == 100_000)
  }

  @Test func `a piece that does not come in time breaks the stream`() async throws {
    var limits = Limits()
    limits.handlingTime = .milliseconds(100)
    let source = Source(length: 1_000_000)
    let site = try site(source, limits: limits, gate: Event())
    let answer = try await Peer.ask(site.path, Record.request("/stream"))
    #expect(answer.body.count == 65_536)
    #expect(answer.protocolStatus == nil)
    #expect(site.log == [.handlerTooSlow, .bodyBroken(reason: "cancelled")])
  }

  @Test(arguments: [("/stream", "HEAD"), ("/unchanged", "GET")])
  func `HEAD and 304 ask for no piece`(target: String, method: String) async throws {
    let source = Source(length: 1_000_000)
    let site = try site(source)
    let answer = try await Peer.ask(site.path, Record.request(target, method: method))
    #expect(answer.body.isEmpty)
    #expect(answer.protocolStatus == 0)
    #expect(answer.text.contains("Content-Length: 1000000\r\n") == (method == "HEAD"))
    await source.ended.wait()
    #expect(source.asked == 0)
    #expect(source.ending == .abandoned)
  }

  @Test func `a stop waits for a stream, and its deadline ends it`() async throws {
    let gate = Event()
    let source = Source(length: 1_000_000)
    let site = try site(source, gate: gate)
    let peer = try await Peer.connect(to: site.path)
    try await peer.send(Record.request("/stream", keep: true))
    while source.asked < 2 { await TestLoop.pause(.milliseconds(1)) }
    site.server.stop(deadline: .seconds(30))
    gate.fire()
    #expect(try await peer.answer().body.count == 1_000_000)
    #expect(try await peer.isEnded())
    await site.end()
    #expect(site.log.isEmpty)

    let deaf = Source(length: .max)
    let other = try self.site(deaf)
    let reader = try await Peer.connect(to: other.path)
    try await reader.send(Record.request("/stream"))
    while deaf.asked < 2 { await TestLoop.pause(.milliseconds(1)) }
    other.server.stop(deadline: .milliseconds(100))
    await other.end()
    await deaf.ended.wait()
    #expect(other.log == [.cutOff(requests: 1)])
  }
}
